import { BUILD_POLLS, contentOf, QUEUE_MINUTES, recordOf } from '../../domain/customizations/customization-work';
import { nextPoll } from '../../domain/base/poll-interval';
import type { PlannedCustomization } from '../../domain/plan/plan';
import type { CustomizationRecord } from '../../domain/records/account-records';
import { accountOf, secondsBetween, type Step, type StepContext, type StepReport } from '../../domain/run/step-context';
import type { Build, Builds } from '../../ports/builds';
import type { TenantRepository } from '../../ports/repositories';
import { changeOf, failed, logOf, recordBuild, settled } from '../customization-build';
import { outcomesOf } from '../outcome';

export interface CheckCustomizationsPorts {
  readonly repository: TenantRepository;
  readonly builds: Pick<Builds, 'find'>;
}

const { done, requeueAfter } = outcomesOf('CheckCustomizations');

/**
 * Has the build ended that CustomizeAccount has started? Once it has, the workflow goes back there, for the next one.
 * What it has exported, and the link to its log, stand in the timeline. A second run finds what the first has written
 * down.
 *
 * @throws CustomizationError when the build has failed, was stopped or is not there any more, with the link to its log
 */
export function checkCustomizations(ports: CheckCustomizationsPorts): Step {
  return async (context) => {
    const running = (context.plan.customizations ?? []).flatMap((planned) => {
      const record = recordOf(context, planned);
      return record?.phase === 'running' ? [{ planned, record }] : [];
    });
    const [first] = running;
    if (first === undefined) return done('No build is under way.');
    const { planned, record } = first;
    const build = await ports.builds.find(record.buildId ?? '');
    return build?.status === 'running'
      ? goOn(ports, context, planned, settled(record, build))
      : end(ports, context, planned, record, build);
  };
}

/** CodeBuild ends builds by itself; this is for one that it has forgotten. A replay does not wait for that one. */
const RESERVE_MINUTES = 30;

async function goOn(
  ports: CheckCustomizationsPorts,
  context: StepContext,
  planned: PlannedCustomization,
  record: CustomizationRecord,
): Promise<StepReport> {
  const seconds = secondsBetween(record.askedAt, context.now);
  if (seconds > 60 * (planned.timeLimitMinutes + QUEUE_MINUTES + RESERVE_MINUTES)) {
    await recordBuild(ports.repository, context, { ...record, phase: 'failed' });
    throw failed(planned, record, `it has not ended ${Math.round(seconds / 60)} minutes after it was asked for`);
  }
  return requeueAfter(nextPoll(seconds, BUILD_POLLS), `The customization ${planned.name} goes on.${logOf(record)}`);
}

async function end(
  { repository }: CheckCustomizationsPorts,
  context: StepContext,
  planned: PlannedCustomization,
  record: CustomizationRecord,
  build: Build | undefined,
): Promise<StepReport> {
  const after = build === undefined ? { ...record, phase: 'failed' as const } : settled(record, build);
  await recordBuild(repository, context, after);
  if (after.contentHash !== contentOf(planned, accountOf(context))) {
    return done(`The build of the customization ${planned.name} before this one is over.`);
  }
  if (build?.status !== 'succeeded') {
    throw failed(
      planned,
      after,
      build === undefined ? 'CodeBuild has it no more' : (build.reason ?? 'no reason given'),
    );
  }
  return done({
    remark: `The customization ${planned.name} has ended well.${logOf(after)}`,
    changes: [changeOf(planned, after)],
  });
}
