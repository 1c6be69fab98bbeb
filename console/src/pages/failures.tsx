import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

import type { VendingDetail, VendingSummary } from '../api/client';
import { useDetailsOf, useVendings } from '../api/queries';
import { Answered } from '../components/answered';
import { BulkReplay } from '../components/bulk-replay';
import { Page } from '../components/page';
import { PageLink, TenantLink } from '../components/tenant-link';
import { Since } from '../components/time';
import { type Cause, causesOf, mayHavePassed } from '../logic/causes';

export default function Failures(): ReactNode {
  const query = useVendings({ status: 'FAILED', limit: 100 });
  return (
    <Page title="Failures" description="One cause, one remedy: remove it, then replay all that it has stopped.">
      <Answered query={query} what="the failed vendings">
        {({ vendings, cursor }) => <Causes vendings={vendings} hasMore={cursor !== null} />}
      </Answered>
    </Page>
  );
}

function Causes({
  vendings,
  hasMore,
}: {
  readonly vendings: readonly VendingSummary[];
  readonly hasMore: boolean;
}): ReactNode {
  const read = useDetailsOf(vendings.map(({ tenantUuid }) => tenantUuid));
  const causes = causesOf(read.filter(({ status }) => status === 'FAILED'));
  if (vendings.length === 0) return <Box padding="m">No vending has failed.</Box>;
  return (
    <SpaceBetween size="l">
      {read.length < vendings.length && (
        <StatusIndicator type="loading">
          Reading causes: {read.length} of {vendings.length}
        </StatusIndicator>
      )}
      {hasMore && (
        <Alert type="info">
          These are the newest {vendings.length}. <PageLink to="/vendings?status=FAILED">All failed vendings</PageLink>
        </Alert>
      )}
      {read.length === vendings.length && <AtOnce causes={causes} />}
      {causes.map((cause) => (
        <CauseCard key={JSON.stringify([cause.name, cause.state, cause.message])} cause={cause} />
      ))}
    </SpaceBetween>
  );
}

/** Whether anything can be done before a cause is removed. */
function AtOnce({ causes }: { readonly causes: readonly Cause<VendingDetail>[] }): ReactNode {
  const some = causes.filter(mayHavePassed).flatMap(({ vendings }) => vendings);
  if (some.length === 0) {
    return <Alert type="info">A replay alone helps none of them: each needs its remedy first.</Alert>;
  }
  return (
    <Alert
      type="info"
      action={<BulkReplay filter={{ status: 'FAILED' }} only={some} label={`Replay these ${some.length}`} />}
    >
      A replay alone may help {some.length} of {causes.reduce((sum, { vendings }) => sum + vendings.length, 0)}: what
      has stopped them may have passed. The others need their remedy first.
    </Alert>
  );
}

function CauseCard({ cause }: { readonly cause: Cause<VendingDetail> }): ReactNode {
  const { name, state, message, remedy, vendings } = cause;
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${vendings.length})`}
          description={
            <>
              {state !== null && `In the state ${state}. `}
              {mayHavePassed(cause) ? 'It may have passed: a replay alone may help.' : 'It needs its remedy first.'}
            </>
          }
          actions={<BulkReplay filter={{ error: name }} only={vendings} label={`Replay all ${vendings.length}`} />}
        >
          {name}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <div className="breakable">{message}</div>
        {remedy !== null && (
          <div className="breakable">
            <Box variant="strong">What to do: </Box>
            {remedy}
          </div>
        )}
        <SpaceBetween size="xxs">
          {vendings.map((vending) => (
            <div key={vending.tenantUuid}>
              <TenantLink {...vending} />{' '}
              <Box variant="span" color="text-body-secondary">
                <Since instant={vending.statusChangedAt} />
              </Box>
            </div>
          ))}
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
