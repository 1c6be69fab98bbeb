import { useQuery, type UseQueryResult } from '@tanstack/react-query';

import { at, every, nullWhereMissing } from './asking';
import { api, dataOf, installation, type Installation, type Schemas } from './client';
import { isUnderWay } from '../logic/statuses';

/* What is told about all tenants together, and about the installation. */

export const useSummary = (): UseQueryResult<Schemas['Summary']> =>
  useQuery({
    queryKey: ['summary'],
    queryFn: () => dataOf(api.GET('/summary')),
    refetchInterval: ({ state }) => every(runsSomething(state.data)),
    refetchIntervalInBackground: true,
  });

const runsSomething = (summary: Schemas['Summary'] | undefined): boolean =>
  summary?.statuses.some(({ status, count }) => count > 0 && isUnderWay(status)) ?? false;

export const useLanes = (): UseQueryResult<Schemas['LaneList']> =>
  useQuery({
    queryKey: ['lanes'],
    queryFn: () => dataOf(api.GET('/lanes', { params: { query: { limit: 100 } } })),
    refetchInterval: ({ state }) => every(state.data?.lanes.some(({ slots }) => slots.length > 0) ?? false),
  });

export const useWaiters = (lane: string, cursor: string | null): UseQueryResult<Schemas['WaiterList']> =>
  useQuery({
    queryKey: ['waiters', lane, cursor],
    queryFn: () => dataOf(api.GET('/lanes/{lane}/waiters', { params: { path: { lane }, query: at(cursor) } })),
    refetchInterval: ({ state }) => every((state.data?.waiters.length ?? 0) > 0),
  });

export const useDeadLetters = (cursor: string | null): UseQueryResult<Schemas['DeadLetterList']> =>
  useQuery({
    queryKey: ['dead-letters', cursor],
    queryFn: () => dataOf(api.GET('/dead-letters', { params: { query: at(cursor) } })),
    // Each look takes the letters for a moment, so that others do not see them.
    refetchInterval: () => every(false),
  });

/** Of the night that began on a day; `pass` null: of the newest one. Null: there is none. */
export const useDriftReport = (pass: string | null, cursor?: string): UseQueryResult<Schemas['DriftReport'] | null> =>
  useQuery({
    queryKey: ['drift-report', pass, cursor],
    queryFn: () => nullWhereMissing(driftReport(pass, cursor)),
    refetchInterval: ({ state }) => every(state.data?.status === 'RUNNING'),
  });

async function driftReport(wanted: string | null, cursor: string | undefined): Promise<Schemas['DriftReport'] | null> {
  const pass = wanted ?? (await dataOf(api.GET('/summary'))).reconciliation?.pass;
  if (pass === undefined) return null;
  return dataOf(api.GET('/drift-reports/{pass}', { params: { path: { pass }, query: at(cursor) } }));
}

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
  throw tableInsteadOfJson();
}

/** Null: nothing was collected for that tenant and month. */
export const useTenantUsage = (tenantUuid: string, month: string): UseQueryResult<Schemas['TenantUsage'] | null> =>
  useQuery({
    queryKey: ['usage', month, tenantUuid],
    queryFn: () => nullWhereMissing(tenantUsage(tenantUuid, month)),
    staleTime: 300_000,
  });

async function tenantUsage(tenantUuid: string, month: string): Promise<Schemas['TenantUsage']> {
  const path = { tenantUuid, month };
  const data = await dataOf(api.GET('/tenants/{tenantUuid}/usage-reports/{month}', { params: { path } }));
  if (typeof data === 'object') return data;
  throw tableInsteadOfJson();
}

const tableInsteadOfJson = (): Error => new TypeError('The API answered with a table where JSON was asked for.');

export const useLandingZones = (): UseQueryResult<Schemas['LandingZoneList']> =>
  useQuery({ queryKey: ['landing-zones'], queryFn: () => dataOf(api.GET('/landing-zones')), staleTime: 30_000 });

export const useConfiguration = (): UseQueryResult<Schemas['Configuration']> =>
  useQuery({ queryKey: ['configuration'], queryFn: () => dataOf(api.GET('/configuration')), staleTime: 60_000 });

/** By its id, or the `latest` one; null: there is none. */
export const usePreflight = (id: string): UseQueryResult<Schemas['Preflight'] | null> =>
  useQuery({
    queryKey: ['preflight', id],
    queryFn: () => nullWhereMissing(dataOf(api.GET('/preflight/{id}', { params: { path: { id } } }))),
    refetchInterval: ({ state }) => every(state.data?.status === 'RUNNING'),
  });

export const useInstallation = (): UseQueryResult<Installation> =>
  useQuery({ queryKey: ['installation'], queryFn: installation, staleTime: Infinity });
