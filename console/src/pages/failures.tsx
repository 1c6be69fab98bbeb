import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { type ReactNode, useState } from 'react';

import type { VendingDetail, VendingSummary } from '../api/client';
import { useDetailsOf, useVendings } from '../api/queries';
import type { ReplayWish } from '../api/replays';
import { Answered } from '../components/answered';
import { Page } from '../components/page';
import { ReplayQuestion } from '../components/replay-question';
import { PageLink, TenantLink } from '../components/tenant-link';
import { Since } from '../components/time';
import { type Cause, causesOf, mayHavePassed } from '../logic/causes';

type OnReplay = (wish: ReplayWish) => void;

export default function Failures(): ReactNode {
  const query = useVendings({ status: 'FAILED', limit: 100 });
  // It stays open when what it has replayed has failed no longer, and its cause is gone from the page.
  const [wish, ask] = useState<ReplayWish | null>(null);
  return (
    <Page title="Failures" description="One cause, one remedy: remove it, then replay all that it has stopped.">
      <Answered query={query} what="the failed vendings">
        {({ vendings, cursor }) => <Causes vendings={vendings} hasMore={cursor !== null} onReplay={ask} />}
      </Answered>
      {wish !== null && (
        <ReplayQuestion
          wish={wish}
          onEnd={() => {
            ask(null);
          }}
        />
      )}
    </Page>
  );
}

function Causes({
  vendings,
  hasMore,
  onReplay,
}: {
  readonly vendings: readonly VendingSummary[];
  readonly hasMore: boolean;
  readonly onReplay: OnReplay;
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
      {read.length === vendings.length && <AtOnce causes={causes} onReplay={onReplay} />}
      {causes.map((cause) => (
        <CauseCard key={JSON.stringify([cause.title, cause.state, cause.message])} cause={cause} onReplay={onReplay} />
      ))}
    </SpaceBetween>
  );
}

/** Whether anything can be done before a cause is removed. */
function AtOnce({
  causes,
  onReplay,
}: {
  readonly causes: readonly Cause<VendingDetail>[];
  readonly onReplay: OnReplay;
}): ReactNode {
  const some = causes.filter(mayHavePassed).flatMap(({ vendings }) => vendings);
  if (some.length === 0) {
    return <Alert type="info">A replay alone helps none of them: each needs its remedy first.</Alert>;
  }
  return (
    <Alert
      type="info"
      action={
        <Button
          onClick={() => {
            onReplay({ filter: { status: 'FAILED' }, only: some });
          }}
        >
          Replay these {some.length}
        </Button>
      }
    >
      A replay alone may help {some.length} of {causes.reduce((sum, { vendings }) => sum + vendings.length, 0)}: what
      has stopped them may have passed. The others need their remedy first.
    </Alert>
  );
}

function CauseCard({
  cause,
  onReplay,
}: {
  readonly cause: Cause<VendingDetail>;
  readonly onReplay: OnReplay;
}): ReactNode {
  const { title, name, state, message, remedy, vendings } = cause;
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
          actions={
            <Button
              onClick={() => {
                onReplay({ filter: { error: name }, only: vendings });
              }}
            >
              Replay all {vendings.length}
            </Button>
          }
        >
          {title}
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
                {vending.account !== null && `account ${vending.account.id}, `}
                <Since instant={vending.statusChangedAt} />
              </Box>
            </div>
          ))}
        </SpaceBetween>
        <Box variant="small">Class of the error: {name}</Box>
      </SpaceBetween>
    </Container>
  );
}
