import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

import type { Schemas, VendingStatus, VendingSummary } from '../api/client';
import { useDriftReport, useLandingZones, useMonthUsage, useVending, useVendings } from '../api/queries';
import { Answered } from '../components/answered';
import { useTitle } from '../components/document-title';
import { StatusBadge } from '../components/status-badge';
import { PageLink, TenantLink } from '../components/tenant-link';
import { Since } from '../components/time';
import { moneyText } from '../logic/money';
import { STATUSES } from '../logic/statuses';
import { dayBefore, monthOf } from '../logic/times';

/** Cards show a few; the list of vendings has the rest. */
const SHOWN = 5;

export function Overview(): ReactNode {
  useTitle('Overview');
  return (
    <ContentLayout header={<Header variant="h1">Overview</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Vendings</Header>}>
          <ColumnLayout columns={4} variant="text-grid">
            {(['FAILED', 'RUNNING', 'QUEUED', 'AWAITING_APPROVAL'] as const).map((status) => (
              <Count key={status} status={status} />
            ))}
          </ColumnLayout>
        </Container>
        <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
          <Listed status="FAILED" title="Failed" empty="No vending has failed." withCause />
          <Listed status="RUNNING" title="Running" empty="Nothing runs." />
        </Grid>
        <Grid
          gridDefinition={[
            { colspan: { default: 12, s: 4 } },
            { colspan: { default: 12, s: 4 } },
            { colspan: { default: 12, s: 4 } },
          ]}
        >
          <LastNight />
          <Cost />
          <LandingZones />
        </Grid>
      </SpaceBetween>
    </ContentLayout>
  );
}

function Count({ status }: { readonly status: VendingStatus }): ReactNode {
  const query = useVendings({ status, limit: 100 });
  return (
    <div>
      <Box variant="awsui-key-label">{STATUSES[status].text}</Box>
      <Answered query={query} what="the count">
        {({ vendings, cursor }) => (
          <PageLink to={`/vendings?status=${status}`} isLarge label={`${STATUSES[status].text}: ${vendings.length}`}>
            {vendings.length}
            {cursor !== null && '+'}
          </PageLink>
        )}
      </Answered>
    </div>
  );
}

interface ListedProps {
  readonly status: VendingStatus;
  readonly title: string;
  readonly empty: string;
  readonly withCause?: boolean;
}

function Listed({ status, title, empty, withCause = false }: ListedProps): ReactNode {
  const query = useVendings({ status, limit: 100 });
  return (
    <Container
      fitHeight
      header={<Header variant="h2">{title}</Header>}
      footer={<PageLink to={status === 'FAILED' ? '/failures' : `/vendings?status=${status}`}>See all</PageLink>}
    >
      <Answered query={query} what="the vendings">
        {({ vendings }) =>
          vendings.length === 0 ? (
            <Box color="text-body-secondary">{empty}</Box>
          ) : (
            <SpaceBetween size="m">
              {vendings.slice(0, SHOWN).map((vending) => (
                <Line key={vending.tenantUuid} vending={vending} withCause={withCause} />
              ))}
            </SpaceBetween>
          )
        }
      </Answered>
    </Container>
  );
}

function Line({ vending, withCause }: { readonly vending: VendingSummary; readonly withCause: boolean }): ReactNode {
  return (
    <div>
      <TenantLink {...vending} /> <StatusBadge {...vending} />{' '}
      <Box variant="span" color="text-body-secondary">
        <Since instant={vending.statusChangedAt} />
      </Box>
      {withCause && <CauseLine tenantUuid={vending.tenantUuid} />}
    </div>
  );
}

function CauseLine({ tenantUuid }: { readonly tenantUuid: string }): ReactNode {
  const { data } = useVending(tenantUuid);
  const error = data?.lastError;
  if (error === undefined || error === null) return null;
  return (
    <div className="breakable">
      {error.message}
      {error.remedy !== null && <Box color="text-body-secondary">{error.remedy}</Box>}
    </div>
  );
}

/** The newest report of the last two days. */
function LastNight(): ReactNode {
  const today = useDriftReport(dayBefore(new Date(), 0));
  const yesterday = useDriftReport(dayBefore(new Date(), 1));
  const query = today.data === null ? yesterday : today;
  return (
    <Container fitHeight header={<Header variant="h2">Last reconciliation</Header>}>
      <Answered query={query} what="the report">
        {(report) =>
          report === null ? (
            <Box color="text-body-secondary">None has run since yesterday.</Box>
          ) : (
            <DriftFigures report={report} />
          )
        }
      </Answered>
    </Container>
  );
}

const DriftFigures = ({ report }: { readonly report: Schemas['DriftReport'] }): ReactNode => (
  <KeyValuePairs
    columns={2}
    items={[
      { label: 'Tenants', value: report.reconciled },
      { label: 'Changed by hand', value: report.changed ?? 'still running' },
      { label: 'Failed', value: report.failed ?? 'still running' },
      { label: 'Report', value: <PageLink to={`/drift?pass=${report.pass}`}>{report.pass}</PageLink> },
    ]}
  />
);

function Cost(): ReactNode {
  const month = monthOf(new Date());
  const query = useMonthUsage(month);
  return (
    <Container fitHeight header={<Header variant="h2">Cost of {month}</Header>}>
      <Answered query={query} what="the usage">
        {(usage) =>
          usage === null ? (
            <Box color="text-body-secondary">No costs of this month were collected yet.</Box>
          ) : (
            <PageLink to={`/usage?month=${month}`}>{moneyText(usage.invoiceTotal, usage.currency)}</PageLink>
          )
        }
      </Answered>
    </Container>
  );
}

function LandingZones(): ReactNode {
  const query = useLandingZones();
  return (
    <Container fitHeight header={<Header variant="h2">Landing zones</Header>}>
      <Answered query={query} what="the landing zones">
        {({ landingZones }) => (
          <SpaceBetween size="xs">
            {landingZones.map(({ name, mode }) => (
              <div key={name}>
                <StatusIndicator type={mode === 'act' ? 'success' : 'info'}>
                  {name}: {mode === 'act' ? 'acts' : 'shadow mode'}
                </StatusIndicator>
              </div>
            ))}
          </SpaceBetween>
        )}
      </Answered>
    </Container>
  );
}
