import * as z from 'zod';

import type { VendingDetail } from '../../../functions/api/responses';
import { TENANT_TAG_KEY } from '../../../functions/domain/plan/plan';
import type { OutcomeEvent } from '../../../functions/ports/outcome-publisher';
import { RECALL_FUNCTION } from '../../organization/example-organization';
import { isOfDeployment } from '../../organization/call-log';
import { type AccountReading, readOrganization } from '../../organization/independent-reader';
import { hasSimulator } from '../../organization/authorization/policy-simulator';
import type { Organization } from '../../organization/organization';
import type { Stage } from '../../runtime/stage/stage';
import { meterOn, type MeteringReport } from './metering';
import type { OrderStatus } from './vend';

/** What `npm run demo -- --json` prints; its fields are a contract (docs/demo.md). */
export interface DemoReport {
  readonly vendings: readonly VendingReport[];
  readonly metering: MeteringReport;
  readonly authorization: AuthorizationReport;
  /** What somebody found afterwards who knows nothing of the application. */
  readonly organization: { readonly accounts: readonly AccountReading[] };
}

interface VendingReport {
  readonly tenantUuid: string | null;
  readonly status: string;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly email: string | null;
  readonly alias: string | null;
  readonly ouId: string | null;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly trigger: 'event' | 'api';
  readonly seconds: number;
  readonly timeline: readonly {
    readonly state: string;
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly attempts: number;
  }[];
}

interface AuthorizationReport {
  /** Whether every call is judged by the policies that are deployed. */
  readonly enforced: boolean;
  readonly calls: number;
  readonly denied: number;
  /** Refused only because something had not propagated yet. */
  readonly notYet: number;
  readonly unusedActions: readonly { readonly role: string; readonly action: string }[];
}

const MANAGEMENT_ACCOUNT = '222222222222';
const AUTOMATION_ACCOUNT = '333333333333';

/** Gathers the report: the application's own word on each order, beside what is really there. */
export async function reportOn(stage: Stage, statuses: readonly OrderStatus[]): Promise<DemoReport> {
  const metering = await whileTimePasses(stage, meterOn(stage, statuses));
  const outcomes = await stage.outcomes();
  // Counted before the independent reader makes its own calls.
  const authorization = authorizationOf(stage.organization);
  const vendings = await whileTimePasses(
    stage,
    Promise.all(statuses.map((status) => vendingReport(stage, status, outcomes))),
  );
  const accounts = await whileTimePasses(
    stage,
    readOrganization({
      ...stage.access,
      region: stage.region,
      managementAccountId: MANAGEMENT_ACCOUNT,
      automationAccountId: AUTOMATION_ACCOUNT,
      recallFunction: RECALL_FUNCTION,
    }),
  );
  return { vendings, metering, authorization, organization: { accounts } };
}

async function vendingReport(
  stage: Stage,
  { order, tenantUuid, status, detail, startedAt, endedAt }: OrderStatus,
  outcomes: readonly OutcomeEvent[],
): Promise<VendingReport> {
  return {
    tenantUuid,
    status,
    ...accountReport(detail),
    ...announcedReport(outcomes, tenantUuid),
    tags: await plannedTags(stage, order.desiredState, tenantUuid),
    trigger: order.trigger,
    seconds: ((endedAt ?? stage.now()).getTime() - startedAt.getTime()) / 1000,
    timeline: timelineReport(detail),
  };
}

function accountReport(detail: VendingDetail | null): Pick<VendingReport, 'accountId' | 'accountName' | 'email'> {
  const account = detail?.account;
  return { accountId: account?.id ?? null, accountName: account?.name ?? null, email: account?.email ?? null };
}

function announcedReport(
  outcomes: readonly OutcomeEvent[],
  tenantUuid: string | null,
): Pick<VendingReport, 'alias' | 'ouId'> {
  const announced = outcomes.find(({ type, detail }) => type === 'Account Vended' && detail.tenantUuid === tenantUuid);
  return announced?.type === 'Account Vended'
    ? { alias: announced.detail.alias, ouId: announced.detail.organizationalUnitId }
    : { alias: null, ouId: null };
}

function timelineReport(detail: VendingDetail | null): VendingReport['timeline'] {
  const timeline = detail?.timeline ?? [];
  return timeline.map(({ state, startedAt, finishedAt, attempts }) => ({ state, startedAt, finishedAt, attempts }));
}

const PlannedSchema = z.object({ tags: z.record(z.string(), z.string()) });

/** A dry run ends after half a minute, which is little on a busy machine. */
const TRIES = 5;

/** The tags of the plan, and the one that ties an account to its tenant. */
async function plannedTags(
  stage: Stage,
  desiredState: unknown,
  tenantUuid: string | null,
): Promise<Readonly<Record<string, string>> | null> {
  const call = { method: 'POST', path: '/vendings', query: { dryRun: 'true' }, body: desiredState } as const;
  let answer = await stage.callApi(call);
  for (let tried = 1; answer.status >= 500 && tried < TRIES; tried += 1) {
    await stage.pause();
    answer = await stage.callApi(call);
  }
  const plan = PlannedSchema.safeParse(answer.body);
  return plan.success && tenantUuid !== null ? { ...plan.data.tags, [TENANT_TAG_KEY]: tenantUuid } : null;
}

function authorizationOf({ calls: all, state, unusedActions }: Organization): AuthorizationReport {
  const calls = all.filter((call) => !isOfDeployment(call));
  const denied = calls.filter(({ outcome }) => outcome === 'AccessDenied' || outcome === 'AccessDeniedException');
  const notYet = denied.filter((call) => call.notYet).length;
  return {
    enforced: state.judgesEveryCall && hasSimulator(),
    calls: calls.length,
    denied: denied.length - notYet,
    notYet,
    unusedActions,
  };
}

/**
 * Calls to AWS are rate-limited, those of dry runs and of the reader, too: on a stage with virtual time the clock must
 * advance for them.
 */
async function whileTimePasses<Result>(stage: Stage, work: Promise<Result>): Promise<Result> {
  const state = { isDone: false };
  const finished = work.finally(() => {
    state.isDone = true;
  });
  // Prevents an unhandled rejection while the clock advances; the error is thrown below.
  finished.catch(() => undefined);
  while (!state.isDone) await stage.pause();
  return finished;
}
