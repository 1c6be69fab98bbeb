import { useQuery, type UseQueryResult } from '@tanstack/react-query';

import { isRolloutUnderWay, type RolloutAction } from '../logic/rollouts';
import { at, every } from './asking';
import { api, dataOf, type Schemas } from './client';

/* How a changed configuration reaches the accounts that are there already. */

type Rollout = Schemas['Rollout'];

export const useRollouts = (cursor: string | null): UseQueryResult<Schemas['RolloutList']> =>
  useQuery({
    queryKey: ['rollouts', cursor],
    queryFn: () => dataOf(api.GET('/rollouts', { params: { query: at(cursor) } })),
    refetchInterval: ({ state }) => every(state.data?.rollouts.some(isRolloutUnderWay) ?? false),
  });

export const useRollout = (id: string): UseQueryResult<Rollout> =>
  useQuery({
    queryKey: ['rollout', id],
    queryFn: () => dataOf(api.GET('/rollouts/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => every(state.data !== undefined && isRolloutUnderWay(state.data)),
  });

export type TenantState = Schemas['RolloutTenants']['tenants'][number]['state'];

/** A page has fewer tenants than it could where a state is asked for: the API leaves out the others. */
export const useRolloutTenants = (
  { id, state, cursor }: { readonly id: string; readonly state: TenantState | null; readonly cursor: string | null },
  isUnderWay: boolean,
): UseQueryResult<Schemas['RolloutTenants']> =>
  useQuery({
    queryKey: ['rollout-tenants', id, state, cursor],
    queryFn: () => {
      const query = { limit: 100, ...(state === null ? {} : { state }), ...at(cursor) };
      return dataOf(api.GET('/rollouts/{id}/tenants', { params: { path: { id }, query } }));
    },
    refetchInterval: () => every(isUnderWay),
  });

/** @returns the id of the rollout, which is planned in the background */
export const planRollout = async (body: Schemas['RolloutRequest']): Promise<string> =>
  (await dataOf(api.POST('/rollouts', { body }))).id;

export const startRollout = (id: string, body: Schemas['RolloutStart']): Promise<Rollout> =>
  dataOf(api.POST('/rollouts/{id}/start', { params: { path: { id } }, body }));

export function actOnRollout(id: string, action: RolloutAction): Promise<Rollout> {
  const params = { params: { path: { id } } };
  switch (action) {
    case 'pause':
      return dataOf(api.POST('/rollouts/{id}/pause', params));
    case 'resume':
      return dataOf(api.POST('/rollouts/{id}/resume', params));
    case 'retry':
      return dataOf(api.POST('/rollouts/{id}/retry', params));
    case 'abort':
      return dataOf(api.POST('/rollouts/{id}/abort', params));
  }
}
