import { useQueries, useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';

import type { VendingsFilter } from '../logic/vendings-filter';
import { isUnderWay } from '../logic/statuses';
import { at, every } from './asking';
import { api, dataOf, type Schemas, type VendingDetail } from './client';

/* One vending, and many. */

export interface VendingsPage extends VendingsFilter {
  readonly limit?: number;
  readonly cursor?: string;
}

export const vendingsOf = (query: VendingsPage): Promise<Schemas['VendingList']> =>
  dataOf(api.GET('/vendings', { params: { query } }));

export const useVendings = (page: VendingsPage): UseQueryResult<Schemas['VendingList']> =>
  useQuery({
    queryKey: ['vendings', page],
    queryFn: () => vendingsOf(page),
    refetchInterval: ({ state }) => every(state.data?.vendings.some(({ status }) => isUnderWay(status)) ?? false),
    refetchIntervalInBackground: true,
  });

const vendingOf = (tenantUuid: string): Promise<VendingDetail> =>
  dataOf(api.GET('/vendings/{tenantUuid}', { params: { path: { tenantUuid } } }));

const vendingQuery = (tenantUuid: string): UseQueryOptions<VendingDetail, Error, VendingDetail, readonly string[]> => ({
  queryKey: ['vending', tenantUuid],
  queryFn: () => vendingOf(tenantUuid),
  refetchInterval: ({ state }) => every(state.data !== undefined && isUnderWay(state.data.status)),
  refetchIntervalInBackground: true,
});

export const useVending = (tenantUuid: string): UseQueryResult<VendingDetail> => useQuery(vendingQuery(tenantUuid));

/** Why a vending of a list has failed. It is read once for each time that it fails. */
export const useFailure = ({
  tenantUuid,
  error,
  statusChangedAt,
}: Pick<Schemas['VendingSummary'], 'tenantUuid' | 'error' | 'statusChangedAt'>): UseQueryResult<VendingDetail> =>
  useQuery({
    queryKey: ['failure', tenantUuid, statusChangedAt],
    queryFn: () => vendingOf(tenantUuid),
    enabled: error !== null,
    staleTime: Infinity,
  });

/** The landing zone of a tenant, which the list knows; null: it does not. */
export const useLandingZoneOf = ({
  tenantUuid,
  workspaceIdentifier: workspace,
  projectIdentifier: project,
}: Pick<VendingDetail, 'tenantUuid' | 'workspaceIdentifier' | 'projectIdentifier'>): UseQueryResult<string | null> =>
  useQuery({
    queryKey: ['landing-zone', tenantUuid],
    queryFn: async () => {
      const { vendings } = await vendingsOf({ workspace, project, limit: 100 });
      return vendings.find((row) => row.tenantUuid === tenantUuid && row.landingZone !== null)?.landingZone ?? null;
    },
    staleTime: Infinity,
  });

/**
 * The details of several tenants, as far as they are read. Asked again as often as nothing runs: the list that they are
 * of says what is new.
 */
export function useDetailsOf(tenantUuids: readonly string[]): readonly VendingDetail[] {
  const details = useQueries({
    queries: [...new Set(tenantUuids)].map((tenantUuid) => ({
      ...vendingQuery(tenantUuid),
      refetchInterval: () => every(false),
      staleTime: 20_000,
    })),
  });
  return details.flatMap(({ data }) => (data === undefined ? [] : [data]));
}

export const useRuns = (tenantUuid: string, cursor: string | null): UseQueryResult<Schemas['RunList']> =>
  useQuery({
    queryKey: ['runs', tenantUuid, cursor],
    queryFn: () =>
      dataOf(api.GET('/vendings/{tenantUuid}/runs', { params: { path: { tenantUuid }, query: at(cursor) } })),
    refetchInterval: ({ state }) => every(state.data?.runs.some(({ finishedAt }) => finishedAt === null) ?? false),
  });

export const useEvents = (
  tenantUuid: string,
  cursor: string | null,
  isUnderWay: boolean,
): UseQueryResult<Schemas['TenantEventList']> =>
  useQuery({
    queryKey: ['events', tenantUuid, cursor],
    queryFn: () =>
      dataOf(api.GET('/vendings/{tenantUuid}/events', { params: { path: { tenantUuid }, query: at(cursor) } })),
    refetchInterval: () => every(isUnderWay),
  });

export const useRun = (tenantUuid: string, run: string): UseQueryResult<Schemas['Run']> =>
  useQuery({
    queryKey: ['run', tenantUuid, run],
    queryFn: () => dataOf(api.GET('/vendings/{tenantUuid}/runs/{run}', { params: { path: { tenantUuid, run } } })),
    refetchInterval: ({ state }) => every(state.data?.finishedAt === null),
  });

export const useDesiredStates = (
  tenantUuid: string,
  cursor: string | null,
): UseQueryResult<Schemas['DesiredStateList']> =>
  useQuery({
    queryKey: ['desired-states', tenantUuid, cursor],
    queryFn: () =>
      dataOf(api.GET('/vendings/{tenantUuid}/desired-states', { params: { path: { tenantUuid }, query: at(cursor) } })),
    refetchInterval: () => every(false),
  });

export const useDesiredState = (tenantUuid: string, sequence: number): UseQueryResult<Schemas['DesiredStateDetail']> =>
  useQuery({
    queryKey: ['desired-state', tenantUuid, sequence],
    queryFn: () =>
      dataOf(
        api.GET('/vendings/{tenantUuid}/desired-states/{sequence}', { params: { path: { tenantUuid, sequence } } }),
      ),
  });

/** The newest desired state of a tenant; of none, nothing is read. */
export const useDesiredStateOf = (tenantUuid: string | null): UseQueryResult =>
  useQuery({
    queryKey: ['desired-state-of', tenantUuid],
    queryFn: async () => {
      const path = { tenantUuid: tenantUuid ?? '' };
      const params = { path, query: { include: 'desiredState' as const } };
      const { desiredState } = await dataOf(api.GET('/vendings/{tenantUuid}', { params }));
      if (desiredState === null || desiredState === undefined)
        throw new Error('Its desired state is not kept any more.');
      return desiredState;
    },
    enabled: tenantUuid !== null,
    staleTime: Infinity,
  });
