import {
  askedRecord,
  BUILD_POLLS,
  contentOf,
  FULL_SECONDS,
  isApplied,
  QUEUE_MINUTES,
  recordOf,
  variablesOf,
} from '../../domain/customizations/customization-work';
import { nextPoll } from '../../domain/base/poll-interval';
import type { PlannedCustomization } from '../../domain/plan/plan';
import type { CustomizationRecord } from '../../domain/records/account-records';
import { accountOf, type Step, type StepContext, type StepReport } from '../../domain/run/step-context';
import type { Build, BuildRequest, Builds } from '../../ports/builds';
import type { TenantRepository } from '../../ports/repositories';
import { changeOf, recordBuild, settled } from '../customization-build';
import { outcomesOf } from '../outcome';

export interface CustomizeAccountPorts {
  readonly repository: TenantRepository;
  readonly builds: Builds;
}

const { done, requeueAfter } = outcomesOf('CustomizeAccount');

/**
 * Starts the first customization of the plan that the account does not have as it is wanted; CheckCustomizations waits
 * for its build and comes back here until nothing is left. What is asked is written down first with its token, so a
 * build that was started and whose answer was lost is found again: none is started twice. One that has ended well with
 * the same content is not run again. A build that runs still, of other content, is stopped before the next one begins.
 *
 * @throws RejectedError when there is no such project, or CodeBuild does not take what it is asked
 */
export function customizeAccount({ repository, builds }: CustomizeAccountPorts): Step {
  return async (begun) => {
    const account = accountOf(begun);
    const planned = (begun.plan.customizations ?? []).find(
      (one) => !isApplied(recordOf(begun, one), contentOf(one, account)),
    );
    if (planned === undefined) return done('Every customization is as it is wanted.');
    const known = await lookAgain(builds, recordOf(begun, planned));
    const isSame = known?.contentHash === contentOf(planned, account);
    if (known?.phase === 'running') {
      if (!isSame) await builds.stop(known.buildId ?? '');
      return wait(repository, begun, planned, known);
    }
    const asked = isSame && known.phase === 'asked' ? known : askedRecord(begun, planned, account, known);
    const context = await recordBuild(repository, begun, asked);
    const build = await builds.start(requestOf(context, planned, asked));
    return build === 'full'
      ? requeueAfter(FULL_SECONDS, `CodeBuild has no room for the customization ${planned.name} yet.`)
      : wait(repository, context, planned, settled(asked, build), build);
  };
}

/** What was asked for may have been started, although nobody has heard the answer. */
async function lookAgain(
  builds: Builds,
  record: CustomizationRecord | undefined,
): Promise<CustomizationRecord | undefined> {
  if (record?.phase !== 'asked') return record;
  const build = await builds.findByToken(record.project, record.token, new Date(record.askedAt));
  return build === undefined ? record : { ...record, phase: 'running', buildId: build.id, logLink: build.logLink };
}

async function wait(
  repository: TenantRepository,
  context: StepContext,
  planned: PlannedCustomization,
  record: CustomizationRecord,
  build?: Build,
): Promise<StepReport> {
  await recordBuild(repository, context, record);
  const remark = `The customization ${planned.name} runs as build ${record.buildId ?? ''}.`;
  return requeueAfter(nextPoll(0, BUILD_POLLS), {
    remark,
    ...(build?.status === 'succeeded' ? { changes: [changeOf(planned, record)] } : {}),
  });
}

const requestOf = (context: StepContext, planned: PlannedCustomization, record: CustomizationRecord): BuildRequest => ({
  project: planned.project,
  token: record.token,
  image: planned.image,
  source: planned.source,
  buildspec: planned.buildspec,
  variables: variablesOf(context, planned, accountOf(context), record),
  timeLimitMinutes: planned.timeLimitMinutes,
  queueLimitMinutes: QUEUE_MINUTES,
});
