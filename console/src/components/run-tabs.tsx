import Alert from '@cloudscape-design/components/alert';
import Spinner from '@cloudscape-design/components/spinner';
import Tabs from '@cloudscape-design/components/tabs';
import { lazy, type ReactNode, Suspense } from 'react';

import { progressOf } from '../../../operator/vendings/progress';
import type { Schemas, VendingDetail } from '../api/client';
import { useRun } from '../api/queries';
import { isUnderWay } from '../logic/statuses';
import { Answered } from './answered';
import { ChangesTable } from './changes-table';
import { PageLink } from './tenant-link';
import { useNow } from './time';
import { useUrlState } from './url-state';

const WorkflowGraph = lazy(() => import('./workflow-graph'));
const Timeline = lazy(() => import('./timeline'));
const RunsTable = lazy(() => import('./runs-table'));
const EventsTable = lazy(() => import('./events-table'));
const DesiredStates = lazy(() => import('./desired-states'));
const TenantCost = lazy(() => import('./tenant-cost'));

/** What is drawn of a run: the newest one, or an earlier one. */
interface ShownRun extends Pick<VendingDetail, 'workflow' | 'status' | 'timeline' | 'lane' | 'stoppedAt'> {
  /** When its status came to be. */
  readonly since: string;
}

const newestRun = (vending: VendingDetail): ShownRun => ({ ...vending, since: vending.statusChangedAt });

const earlierRun = ({ workflow, status, timeline, startedAt, finishedAt }: Schemas['Run']): ShownRun => ({
  workflow,
  status,
  timeline,
  lane: null,
  stoppedAt: null,
  since: finishedAt ?? startedAt,
});

/** The newest run of a tenant, or the one that the address names, and what belongs to the tenant as a whole. */
export function RunTabs({ vending }: { readonly vending: VendingDetail }): ReactNode {
  const [parameters] = useUrlState();
  const run = parameters.get('run');
  const newest = `${vending.replicationSequence ?? ''}-${vending.run ?? ''}`;
  if (run === null || run === newest) return <AllTabs vending={vending} run={newestRun(vending)} />;
  return <Earlier vending={vending} run={run} />;
}

function Earlier({ vending, run }: { readonly vending: VendingDetail; readonly run: string }): ReactNode {
  const query = useRun(vending.tenantUuid, run);
  return (
    <>
      <Alert type="info">
        Run {run} is shown. <PageLink to={`/vendings/${vending.tenantUuid}`}>Back to the newest one</PageLink>
      </Alert>
      <Answered query={query} what={`the run ${run}`}>
        {(earlier) => <AllTabs vending={vending} run={earlierRun(earlier)} />}
      </Answered>
    </>
  );
}

interface Props {
  readonly vending: VendingDetail;
  readonly run: ShownRun;
}

function AllTabs({ vending, run }: Props): ReactNode {
  const [parameters, change] = useUrlState();
  const now = useNow(isUnderWay(run.status) ? 1_000 : 60_000);
  const rows = progressOf(run);
  const until = isUnderWay(run.status) ? new Date(run.stoppedAt ?? now) : new Date(run.since);
  const { tenantUuid } = vending;
  const tabs = [
    ['workflow', 'Workflow', <WorkflowGraph key="w" workflow={run.workflow} rows={rows} until={until} />],
    ['timeline', 'Timeline', <Timeline key="t" rows={rows} until={until} />],
    ['changes', 'Changes in AWS', <ChangesTable key="c" timeline={run.timeline} />],
    ['runs', 'Runs', <RunsTable key="r" tenantUuid={tenantUuid} />],
    ['desired', 'Desired states', <DesiredStates key="d" tenantUuid={tenantUuid} />],
    ['events', 'Events', <EventsTable key="e" tenantUuid={tenantUuid} isUnderWay={isUnderWay(vending.status)} />],
    ['cost', 'Cost', <TenantCost key="o" tenantUuid={tenantUuid} />],
  ] as const;
  return (
    <Tabs
      ariaLabel="The run"
      activeTabId={parameters.get('tab') ?? 'workflow'}
      onChange={({ detail }) => {
        // A place in the list of one tab is none in that of another.
        change({ tab: detail.activeTabId, cursor: null });
      }}
      tabs={tabs.map(([id, label, content]) => ({
        id,
        label,
        content: <Suspense fallback={<Spinner size="large" />}>{content}</Suspense>,
      }))}
    />
  );
}
