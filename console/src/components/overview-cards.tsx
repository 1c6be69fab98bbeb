import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import {
  useDeadLetters,
  useDriftReport,
  useLandingZones,
  useLanes,
  useMonthUsage,
  useSummary,
} from '../api/fleet-queries';
import { PREFLIGHTS } from '../logic/checks';
import { moneyText } from '../logic/money';
import { monthOf } from '../logic/times';
import { Answered } from './answered';
import { PageLink } from './tenant-link';
import { Since } from './time';

const Card = ({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode => (
  <Container fitHeight header={<Header variant="h2">{title}</Header>}>
    {children}
  </Container>
);

const Quiet = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <Box color="text-body-secondary">{children}</Box>
);

/** The lanes in which somebody works or waits. */
export function Waiting(): ReactNode {
  const query = useLanes();
  return (
    <Card title="Waiting for AWS">
      <Answered query={query} what="the lanes">
        {({ lanes }) => <BusyLanes lanes={lanes.filter(({ waiting, slots }) => waiting + slots.length > 0)} />}
      </Answered>
    </Card>
  );
}

function BusyLanes({ lanes }: { readonly lanes: Schemas['LaneList']['lanes'] }): ReactNode {
  if (lanes.length === 0) return <Quiet>No run uses a lane or waits for one.</Quiet>;
  return (
    <SpaceBetween size="xs">
      {lanes.map(({ name, waiting, slots, capacity, unlimited }) => (
        <div key={name}>
          <PageLink to={`/lanes?lane=${encodeURIComponent(name)}`}>{name}</PageLink>{' '}
          <Box variant="span" color="text-body-secondary">
            {slots.length}
            {unlimited ? '' : ` of ${capacity}`} in use, {waiting} waiting
          </Box>
        </div>
      ))}
    </SpaceBetween>
  );
}

/** Messages that nobody could process: each is a desired state, or work, that did not happen. */
export function LostMessages(): ReactNode {
  const query = useDeadLetters(null);
  return (
    <Card title="Dead letters">
      <Answered query={query} what="the dead letters">
        {({ deadLetters, cursor }) =>
          deadLetters.length === 0 ? (
            <Quiet>There are none.</Quiet>
          ) : (
            <StatusIndicator type="warning">
              <PageLink to="/dead-letters">
                {deadLetters.length}
                {cursor === null ? '' : '+'} could not be processed
              </PageLink>
            </StatusIndicator>
          )
        }
      </Answered>
    </Card>
  );
}

export function LastNight(): ReactNode {
  const query = useDriftReport(null);
  return (
    <Card title="Last reconciliation">
      <Answered query={query} what="the report">
        {(report) => (report === null ? <Quiet>None in the last 30 days.</Quiet> : <DriftFigures report={report} />)}
      </Answered>
    </Card>
  );
}

const DriftFigures = ({ report }: { readonly report: Schemas['DriftReport'] }): ReactNode => (
  <KeyValuePairs
    columns={2}
    items={[
      { label: 'Tenants compared', value: report.reconciled + report.unchanged },
      { label: 'Put right', value: report.changed ?? 'still running' },
      { label: 'Failed', value: report.failed ?? 'still running' },
      { label: 'Report', value: <PageLink to={`/drift?pass=${report.pass}`}>{report.pass}</PageLink> },
    ]}
  />
);

export function LastPreflight(): ReactNode {
  const query = useSummary();
  return (
    <Card title="Last preflight">
      <Answered query={query} what="the preflight">
        {({ preflight }) =>
          preflight === null ? (
            <Quiet>
              None in the last 30 days. <PageLink to="/preflight">Check now</PageLink>
            </Quiet>
          ) : (
            <SpaceBetween size="xs">
              <StatusIndicator type={PREFLIGHTS[preflight.status].type}>
                {PREFLIGHTS[preflight.status].text}
              </StatusIndicator>
              <div>
                <PageLink to={`/preflight?id=${preflight.id}`}>See the checks</PageLink>{' '}
                {preflight.finishedAt !== null && <Since instant={preflight.finishedAt} />}
              </div>
            </SpaceBetween>
          )
        }
      </Answered>
    </Card>
  );
}

export function Cost(): ReactNode {
  const month = monthOf(new Date());
  const query = useMonthUsage(month);
  return (
    <Card title={`Cost of ${month}`}>
      <Answered query={query} what="the usage">
        {(usage) =>
          usage === null ? (
            <Quiet>No costs of this month were collected yet.</Quiet>
          ) : (
            <PageLink to={`/usage?month=${month}`}>{moneyText(usage.invoiceTotal, usage.currency)}</PageLink>
          )
        }
      </Answered>
    </Card>
  );
}

/** More are in the settings. */
const ZONES = 8;

export function LandingZones(): ReactNode {
  const query = useLandingZones();
  return (
    <Card title="Landing zones">
      <Answered query={query} what="the landing zones">
        {({ landingZones }) => (
          <SpaceBetween size="xs">
            {landingZones.slice(0, ZONES).map(({ name, mode }) => (
              <StatusIndicator key={name} type={mode === 'act' ? 'success' : 'info'}>
                {name}: {mode === 'act' ? 'active' : 'shadow mode'}
              </StatusIndicator>
            ))}
            {landingZones.length > ZONES && <PageLink to="/settings">All {landingZones.length}</PageLink>}
          </SpaceBetween>
        )}
      </Answered>
    </Card>
  );
}
