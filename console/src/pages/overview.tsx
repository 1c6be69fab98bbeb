import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import type { Schemas, VendingStatus, VendingSummary } from '../api/client';
import { useSummary } from '../api/fleet-queries';
import { useVending, useVendings } from '../api/queries';
import { Answered } from '../components/answered';
import { useTitle } from '../components/document-title';
import { Cost, LandingZones, LastNight, LastPreflight, LostMessages, Waiting } from '../components/overview-cards';
import { StatusBadge } from '../components/status-badge';
import { PageLink, TenantLink } from '../components/tenant-link';
import { Since } from '../components/time';
import { failureTitle } from '../logic/failure-title';
import { STATUSES } from '../logic/statuses';

/** Cards show a few; the list of vendings has the rest. */
const SHOWN = 5;

const THIRD = { colspan: { default: 12, s: 6, l: 4 } } as const;
const HALF = { colspan: { default: 12, s: 6 } } as const;

export function Overview(): ReactNode {
  useTitle('Overview');
  return (
    <ContentLayout header={<Header variant="h1">Overview</Header>}>
      <SpaceBetween size="l">
        <Counts />
        <Grid gridDefinition={[HALF, HALF]}>
          <Listed status="FAILED" title="Failed" empty="No vending has failed." withCause />
          <Listed status="RUNNING" title="Running" empty="Nothing runs." />
        </Grid>
        <Grid gridDefinition={[THIRD, THIRD, THIRD, THIRD, THIRD, THIRD]}>
          <Waiting />
          <LostMessages />
          <LastNight />
          <LastPreflight />
          <Cost />
          <LandingZones />
        </Grid>
      </SpaceBetween>
    </ContentLayout>
  );
}

/** What somebody may have to do something about; the others are told in a line. */
const COUNTED = ['FAILED', 'RUNNING', 'QUEUED', 'AWAITING_APPROVAL'] as const;

function Counts(): ReactNode {
  const query = useSummary();
  return (
    <Container header={<Header variant="h2">Vendings</Header>}>
      <Answered query={query} what="the counts">
        {(summary) => (
          <SpaceBetween size="s">
            <ColumnLayout columns={4} minColumnWidth={120} variant="text-grid">
              {COUNTED.map((status) => (
                <Count key={status} status={status} summary={summary} />
              ))}
            </ColumnLayout>
            <Others summary={summary} />
          </SpaceBetween>
        )}
      </Answered>
    </Container>
  );
}

interface CountProps {
  readonly status: VendingStatus;
  readonly summary: Schemas['Summary'];
}

function Count({ status, summary }: CountProps): ReactNode {
  const text = countText(summary.statuses.find((one) => one.status === status));
  return (
    <div>
      <Box variant="awsui-key-label">{STATUSES[status].text}</Box>
      <PageLink to={`/vendings?status=${status}`} isLarge label={`${STATUSES[status].text}: ${text}`}>
        {text}
      </PageLink>
    </div>
  );
}

const countText = (counted: { readonly count: number; readonly more: boolean } | undefined): string =>
  `${counted?.count ?? 0}${counted?.more === true ? '+' : ''}`;

function Others({ summary: { statuses } }: { readonly summary: Schemas['Summary'] }): ReactNode {
  const others = statuses.filter(({ status, count }) => count > 0 && !COUNTED.some((one) => one === status));
  return (
    <SpaceBetween direction="horizontal" size="m">
      {others.map((counted) => (
        <PageLink key={counted.status} to={`/vendings?status=${counted.status}`}>
          {STATUSES[counted.status].text}: {countText(counted)}
        </PageLink>
      ))}
    </SpaceBetween>
  );
}

interface ListedProps {
  readonly status: VendingStatus;
  readonly title: string;
  readonly empty: string;
  readonly withCause?: boolean;
}

function Listed({ status, title, empty, withCause = false }: ListedProps): ReactNode {
  const query = useVendings({ status, limit: SHOWN });
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
              {vendings.map((vending) => (
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
      <Box variant="strong">{failureTitle(error)}</Box>
      <div>{error.message}</div>
      {error.remedy !== null && <Box color="text-body-secondary">{error.remedy}</Box>}
    </div>
  );
}
