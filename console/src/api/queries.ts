import { useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';

import { isUnderWay } from '../logic/statuses';
import { pollInterval } from '../logic/poll-interval';
import {
  api,
  ApiProblem,
  dataOf,
  installation,
  type Installation,
  type Schemas,
  type VendingDetail,
  type VendingStatus,
} from './client';

export interface VendingsFilter {
  readonly status?: VendingStatus;
  readonly limit?: number;
  readonly cursor?: string;
}

const every = (underWay: boolean): number => pollInterval({ isHidden: document.hidden, isUnderWay: underWay });

export const vendingsOf = (query: VendingsFilter): Promise<Schemas['VendingList']> =>
  dataOf(api.GET('/vendings', { params: { query } }));

export const useVendings = (filter: VendingsFilter): UseQueryResult<Schemas['VendingList']> =>
  useQuery({
    queryKey: ['vendings', filter],
    queryFn: () => vendingsOf(filter),
    refetchInterval: ({ state }) => every(state.data?.vendings.some(({ status }) => isUnderWay(status)) ?? false),
    refetchIntervalInBackground: true,
  });

const vendingOf = (tenantUuid: string): Promise<Schemas['VendingDetail']> =>
  dataOf(api.GET('/vendings/{tenantUuid}', { params: { path: { tenantUuid } } }));

export const vendingQuery = (
  tenantUuid: string,
): UseQueryOptions<VendingDetail, Error, VendingDetail, readonly string[]> => ({
  queryKey: ['vending', tenantUuid],
  queryFn: () => vendingOf(tenantUuid),
  refetchInterval: ({ state }) => every(state.data !== undefined && isUnderWay(state.data.status)),
  refetchIntervalInBackground: true,
});

export const useVending = (tenantUuid: string): UseQueryResult<VendingDetail> => useQuery(vendingQuery(tenantUuid));

/** Null: there is none of that day. */
export const useDriftReport = (pass: string, cursor?: string): UseQueryResult<Schemas['DriftReport'] | null> =>
  useQuery({
    queryKey: ['drift-report', pass, cursor],
    queryFn: () =>
      nullWhereMissing(
        dataOf(
          api.GET('/drift-reports/{pass}', {
            params: { path: { pass }, query: cursor === undefined ? {} : { cursor } },
          }),
        ),
      ),
    refetchInterval: ({ state }) => every(state.data?.status === 'RUNNING'),
  });

/** Null: nothing was collected for that month. */
export const useMonthUsage = (month: string): UseQueryResult<Schemas['MonthUsage'] | null> =>
  useQuery({
    queryKey: ['usage', month],
    queryFn: () => nullWhereMissing(monthUsage(month)),
    staleTime: 300_000,
  });

async function monthUsage(month: string): Promise<Schemas['MonthUsage']> {
  const data = await dataOf(api.GET('/usage-reports/{month}', { params: { path: { month } } }));
  if (typeof data === 'object') return data;
  throw new TypeError('The API answered with a table where JSON was asked for.');
}

export const useLandingZones = (): UseQueryResult<Schemas['LandingZoneList']> =>
  useQuery({ queryKey: ['landing-zones'], queryFn: () => dataOf(api.GET('/landing-zones')) });

export const usePreflight = (id: string | null): UseQueryResult<Schemas['Preflight'] | null> =>
  useQuery({
    queryKey: ['preflight', id],
    queryFn: () =>
      id === null ? null : nullWhereMissing(dataOf(api.GET('/preflight/{id}', { params: { path: { id } } }))),
    refetchInterval: ({ state }) => (state.data?.status === 'RUNNING' ? every(true) : false),
  });

export const useInstallation = (): UseQueryResult<Installation> =>
  useQuery({ queryKey: ['installation'], queryFn: installation, staleTime: Infinity });

async function nullWhereMissing<Data>(data: Promise<Data>): Promise<Data | null> {
  try {
    return await data;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}
