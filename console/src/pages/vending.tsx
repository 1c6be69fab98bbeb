import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';

import type { VendingDetail, VendingStatus } from '../api/client';
import { useVending } from '../api/queries';
import { Breadcrumbs } from '../components/breadcrumbs';
import { Answered, Faults } from '../components/answered';
import { useTitle } from '../components/document-title';
import { DecideButtons, OrderAnother, ReplayButton, StopButton } from '../components/run-buttons';
import { RunTabs } from '../components/run-tabs';
import { StatusBadge } from '../components/status-badge';
import { PageLink } from '../components/tenant-link';
import { useNow } from '../components/time';
import { VendingFacts } from '../components/vending-facts';
import { failureTitle } from '../logic/failure-title';
import { nowText } from '../logic/now-text';
import { tenantName } from '../logic/tenant-name';
import { timeText } from '../logic/times';

export default function Vending(): ReactNode {
  const { tenantUuid = '' } = useParams();
  const query = useVending(tenantUuid);
  useTitle(query.data === undefined ? 'Vending' : tenantName(query.data));
  return (
    <>
      {query.data === undefined && <Header variant="h1">Vending</Header>}
      <Answered query={query} what={`the vending of tenant ${tenantUuid}`}>
        {(vending) => <VendingPage vending={vending} />}
      </Answered>
    </>
  );
}

function VendingPage({ vending }: { readonly vending: VendingDetail }): ReactNode {
  return (
    <ContentLayout
      breadcrumbs={
        <Breadcrumbs
          items={[
            { text: 'Vendings', href: '#/vendings' },
            { text: tenantName(vending), href: `#/vendings/${vending.tenantUuid}` },
          ]}
        />
      }
      header={
        <Header
          variant="h1"
          description={<Standing vending={vending} />}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <DecideButtons vending={vending} />
              <StopButton vending={vending} />
              <ReplayButton vending={vending} />
              <OrderAnother vending={vending} />
            </SpaceBetween>
          }
        >
          {tenantName(vending)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Notices vending={vending} />
        <VendingFacts vending={vending} />
        <RunTabs vending={vending} />
      </SpaceBetween>
    </ContentLayout>
  );
}

/** The status, and what is going on. */
function Standing({ vending }: { readonly vending: VendingDetail }): ReactNode {
  const text = nowText(vending, useNow(1_000));
  return (
    <>
      <StatusBadge {...vending} /> {text !== null && <span className="breakable">Now: {text}</span>}
    </>
  );
}

function Notices({ vending }: { readonly vending: VendingDetail }): ReactNode {
  const { rejection, deletion, stoppedAt, settlesAt, waitingSequence } = vending;
  return (
    <SpaceBetween size="s">
      {stoppedAt !== null && (
        <Alert type="info" header="This run was stopped">
          It counts as failed by {settlesAt === null ? 'then' : timeText(settlesAt)} UTC, and can be replayed then.
        </Alert>
      )}
      <LastError vending={vending} />
      {rejection !== null && (
        <Alert type="warning" header={`Desired state ${rejection.replicationSequence} was rejected`}>
          <Faults faults={rejection.faults} />
          <div>
            <Box variant="strong">What to do: </Box>
            Correct what is listed where the desired state comes from, and send it again with a higher
            replicationSequence. Nothing of this one was carried out.{' '}
            <PageLink to="/order">Order it corrected</PageLink>
          </div>
        </Alert>
      )}
      {deletion !== null && (
        <Alert type="info" header="This tenant is being deleted">
          {deletion.remark}
        </Alert>
      )}
      {waitingSequence !== null && (
        <Alert type="info">Desired state {waitingSequence} waits for this run to end, and runs then.</Alert>
      )}
    </SpaceBetween>
  );
}

/** The error of a run that has gone on since is over. */
const OVER: readonly VendingStatus[] = ['VENDED', 'CLOSED', 'SHADOWED'];

function LastError({ vending: { lastError, status } }: { readonly vending: VendingDetail }): ReactNode {
  if (lastError === null || OVER.includes(status)) return null;
  return (
    <Alert type={status === 'FAILED' ? 'error' : 'warning'} header={failureTitle(lastError)}>
      <SpaceBetween size="xs">
        <div className="breakable">{lastError.message}</div>
        {lastError.remedy !== null && (
          <div className="breakable">
            <Box variant="strong">What to do: </Box>
            {lastError.remedy}
          </div>
        )}
        <Box variant="small">Class of the error: {lastError.name}</Box>
      </SpaceBetween>
    </Alert>
  );
}
