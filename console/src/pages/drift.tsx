import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useDriftReport } from '../api/fleet-queries';
import { Answered } from '../components/answered';
import { useClientPages } from '../components/client-pages';
import { NextPage } from '../components/next-page';
import { Page } from '../components/page';
import { TenantLink } from '../components/tenant-link';
import { useUrlState } from '../components/url-state';
import { utcText } from '../logic/times';

type Report = Schemas['DriftReport'];

export default function Drift(): ReactNode {
  const [parameters, change] = useUrlState();
  const pass = parameters.get('pass');
  const query = useDriftReport(pass, parameters.get('cursor') ?? undefined);
  return (
    <Page title="Drift" description="What the nightly reconciliation has found changed by hand, and put right.">
      <SpaceBetween size="l">
        <FormField label="Night that began on (UTC)">
          <DatePicker
            value={pass ?? query.data?.pass ?? ''}
            placeholder="YYYY-MM-DD"
            i18nStrings={{ openCalendarAriaLabel: calendarLabel }}
            onChange={({ detail }) => {
              change({ pass: detail.value });
            }}
          />
        </FormField>
        <Answered query={query} what="the report">
          {(report) => (report === null ? <Box padding="m">{noNight(pass)}</Box> : <Night report={report} />)}
        </Answered>
      </SpaceBetween>
    </Page>
  );
}

const noNight = (pass: string | null): string =>
  pass === null ? 'No reconciliation began in the last 30 days.' : `No reconciliation began on ${pass}.`;

const calendarLabel = (chosen: string | null): string =>
  chosen === null ? 'Choose a day' : `Choose a day; now ${chosen}`;

function Night({ report }: { readonly report: Report }): ReactNode {
  const { status, startedAt, endedAt, reconciled, notBegun, unchanged, changed, failed, unfinished, lost } = report;
  const open = 'still running';
  return (
    <SpaceBetween size="l">
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            {
              label: 'Reconciliation',
              value: (
                <StatusIndicator type={status === 'ENDED' ? 'success' : 'in-progress'}>
                  {status === 'ENDED' ? 'Ended' : 'Running'}
                </StatusIndicator>
              ),
            },
            { label: 'Begun', value: utcText(startedAt) },
            { label: 'Ended', value: endedAt === null ? open : utcText(endedAt) },
            { label: 'Tenants compared', value: reconciled + unchanged },
            { label: 'Put right', value: changed ?? open },
            { label: 'Failed', value: failed ?? open },
            { label: 'Not finished', value: unfinished ?? open },
            { label: 'Not begun', value: notBegun },
          ]}
        />
      </Container>
      {lost !== null && lost > 0 && <Lost report={report} />}
      <Drifts report={report} />
    </SpaceBetween>
  );
}

function Lost({ report: { lost, lostAccounts } }: { readonly report: Report }): ReactNode {
  const { items, pagination } = useClientPages(lostAccounts);
  return (
    <SpaceBetween size="s">
      <Alert type="warning" header={`${lost ?? 0} accounts are lost`}>
        They have left the organization or were closed. The reconciliation skips them until their run is replayed.
      </Alert>
      <Table
        items={items}
        trackBy="tenantUuid"
        columnDefinitions={LOST_COLUMNS}
        ariaLabels={{ tableLabel: 'Lost accounts' }}
        header={<Header variant="h2">Lost accounts</Header>}
        pagination={pagination}
      />
    </SpaceBetween>
  );
}

const LOST_COLUMNS: readonly TableProps.ColumnDefinition<Schemas['LostAccount']>[] = [
  { id: 'tenant', header: 'Tenant', cell: (tenant) => <TenantLink {...tenant} />, isRowHeader: true, minWidth: 200 },
  { id: 'account', header: 'Account', cell: ({ accountId }) => accountId, minWidth: 140 },
  { id: 'since', header: 'Since', cell: ({ since }) => utcText(since), minWidth: 180 },
];

function Drifts({ report: { drifts, cursor } }: { readonly report: Report }): ReactNode {
  return (
    <Table
      wrapLines
      items={drifts}
      trackBy={({ tenantUuid, run }) => `${tenantUuid} ${run}`}
      columnDefinitions={DRIFT_COLUMNS}
      ariaLabels={{ tableLabel: 'Runs that changed something, or failed' }}
      header={<Header variant="h2">What was put right</Header>}
      pagination={<NextPage next={cursor} />}
      empty={<Box>Nothing had changed.</Box>}
    />
  );
}

const DRIFT_COLUMNS: readonly TableProps.ColumnDefinition<Schemas['Drift']>[] = [
  { id: 'tenant', header: 'Tenant', cell: (tenant) => <TenantLink {...tenant} />, isRowHeader: true, minWidth: 200 },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ outcome }) => (
      <StatusIndicator type={outcome === 'VENDED' ? 'success' : outcome === 'FAILED' ? 'error' : 'stopped'}>
        {outcome === 'VENDED' ? 'Put right' : outcome === 'FAILED' ? 'Failed' : 'Superseded'}
      </StatusIndicator>
    ),
    minWidth: 130,
  },
  {
    id: 'changes',
    header: 'Changes',
    cell: ({ changes, changesLeftOut, error }) => (
      <>
        {changes.map(({ what, from, to, state }, index) => (
          <div key={`${state} ${what} ${index}`} className="breakable">
            {what}: {from ?? '–'} → {to ?? '–'}
          </div>
        ))}
        {changesLeftOut > 0 && <div>And {changesLeftOut} more.</div>}
        {error !== null && <div className="breakable">{error.message}</div>}
      </>
    ),
    minWidth: 320,
  },
  {
    id: 'before',
    header: 'Last run before',
    cell: ({ before }) => (before === 'VENDED' ? 'Vended' : 'Failed'),
    minWidth: 100,
  },
];
