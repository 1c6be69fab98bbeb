import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { type TenantState, useRolloutTenants } from '../api/rollouts';
import { isRolloutUnderWay } from '../logic/rollouts';
import { Answered } from './answered';
import { NextPage } from './next-page';
import { PageLink, TenantLink } from './tenant-link';
import { useUrlState } from './url-state';

type Tenant = Schemas['RolloutTenants']['tenants'][number];

/** Every state of a tenant in a rollout, as a badge. */
const STATES = {
  WAITING: { type: 'pending', text: 'Waiting' },
  UNCHANGED: { type: 'info', text: 'No change' },
  REFUSED: { type: 'error', text: 'Cannot be planned' },
  RUNNING: { type: 'in-progress', text: 'Running' },
  DONE: { type: 'success', text: 'Done' },
  FAILED: { type: 'error', text: 'Failed' },
  OVERTAKEN: { type: 'stopped', text: 'Overtaken' },
} as const satisfies Readonly<Record<TenantState, unknown>>;

const ALL = { value: '', label: 'All states' };
const OPTIONS = [ALL, ...Object.entries(STATES).map(([value, { text }]) => ({ value, label: text }))];

const stateNamed = (name: string | null): TenantState | null => (name !== null && isState(name) ? name : null);

const isState = (name: string): name is TenantState => name in STATES;

/** What is planned for each tenant, and what has become of it. */
export function RolloutTenants({ rollout }: { readonly rollout: Schemas['Rollout'] }): ReactNode {
  const [parameters, change] = useUrlState();
  const state = stateNamed(parameters.get('state'));
  const wanted = { id: rollout.id, state, cursor: parameters.get('cursor') };
  const query = useRolloutTenants(wanted, isRolloutUnderWay(rollout));
  return (
    <Answered query={query} what="the tenants of the rollout">
      {({ tenants, cursor }) => (
        <Table
          wrapLines
          items={tenants}
          trackBy="tenantUuid"
          columnDefinitions={COLUMNS}
          ariaLabels={{ tableLabel: 'Tenants of the rollout' }}
          header={<Header variant="h2">Tenants</Header>}
          filter={
            <Select
              inlineLabelText="State"
              ariaLabel="State"
              options={OPTIONS}
              selectedOption={OPTIONS.find(({ value }) => value === state) ?? ALL}
              onChange={({ detail }) => {
                change({ state: stateNamed(detail.selectedOption.value ?? null) });
              }}
            />
          }
          pagination={<NextPage next={cursor} />}
          empty={<Box>{nothing(state, cursor)}</Box>}
        />
      )}
    </Answered>
  );
}

function nothing(state: TenantState | null, cursor: string | null): string {
  if (cursor !== null) return 'None on this page; the next one may have some.';
  return state === null ? 'No tenant is in this rollout.' : 'No tenant is in this state.';
}

const COLUMNS: readonly TableProps.ColumnDefinition<Tenant>[] = [
  { id: 'tenant', header: 'Tenant', cell: (tenant) => <TenantLink {...tenant} />, isRowHeader: true, minWidth: 200 },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StatusIndicator type={STATES[state].type}>{STATES[state].text}</StatusIndicator>,
    minWidth: 150,
  },
  { id: 'wave', header: 'Wave', cell: ({ wave }) => (wave === 0 ? 'canary' : wave), minWidth: 80 },
  { id: 'changes', header: 'What changes', cell: (tenant) => <Changes tenant={tenant} />, minWidth: 300 },
  { id: 'zone', header: 'Landing zone', cell: ({ landingZone }) => landingZone ?? '–', minWidth: 130 },
  { id: 'account', header: 'Account', cell: ({ accountId }) => accountId ?? '–', minWidth: 140 },
  {
    id: 'run',
    header: 'Run',
    cell: ({ tenantUuid, run }) => (run === null ? '–' : <RunLink tenantUuid={tenantUuid} {...run} />),
    minWidth: 80,
  },
];

function Changes({ tenant }: { readonly tenant: Tenant }): ReactNode {
  const { changes, changesLeftOut, refusal, reason, unexpected } = tenant;
  if (refusal !== null) return <span className="breakable">{`${refusal.message} ${refusal.remedy ?? ''}`}</span>;
  return (
    <>
      {changes === null && <div>It came after the plan.</div>}
      {changes?.map(({ what, from, to, state }, index) => (
        <div key={`${state} ${what} ${index}`} className="breakable">
          {what}: {from ?? '–'} → {to ?? '–'}
        </div>
      ))}
      {changesLeftOut > 0 && <div>And {changesLeftOut} more.</div>}
      {unexpected && <StatusIndicator type="warning">It has changed something else than was planned.</StatusIndicator>}
      {reason !== null && <div className="breakable">{reason}</div>}
    </>
  );
}

function RunLink({
  tenantUuid,
  replicationSequence,
  run,
}: NonNullable<Tenant['run']> & Pick<Tenant, 'tenantUuid'>): ReactNode {
  const name = `${replicationSequence}-${run}`;
  return <PageLink to={`/vendings/${tenantUuid}?run=${name}`}>{name}</PageLink>;
}
