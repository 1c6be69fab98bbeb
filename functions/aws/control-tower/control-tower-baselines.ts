import * as z from 'zod/mini';
import type { AppliedBaseline, Baselined, BaselineOperation, FleetBaselines } from '../../ports/control-tower';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isConflict, isRefusedUnit, wordsOf } from '../base/aws-error';
import { type ControlTowerCall, controlTowerClient } from './control-tower-client';
import { ControlTowerLists } from './control-tower-lists';

/** The baseline that accounts have from their unit, and that a rollout updates. */
const OF_ACCOUNTS = 'AWSControlTowerBaseline';

/** The baselines of the fleet, in the home region of Control Tower. */
export function controlTowerBaselines(session: AwsSession, homeRegion: string): FleetBaselines {
  const call = controlTowerClient(session, homeRegion);
  const lists = new ControlTowerLists(call, session.settings);
  const listed = (...asked: Parameters<ControlTowerLists['enabledBaselines']>): Promise<readonly Baselined[]> =>
    calling('list the baselines of Control Tower', async () =>
      (await lists.enabledBaselines(...asked))
        .filter(({ name }) => name === OF_ACCOUNTS)
        .map(({ arn, targetIdentifier, baselineVersion = null, parentIdentifier, status, isDrifted, operationId }) => ({
          baseline: arn,
          targetArn: targetIdentifier,
          version: baselineVersion,
          parent: parentIdentifier,
          status,
          isDrifted,
          operationId,
        })),
    );
  return {
    landingZoneUpdatedAt: () => calling('look at updates of the landing zone', () => landingZoneUpdatedAt(call)),
    units: async () => (await listed(null, false)).filter(({ targetArn }) => targetArn.includes(':ou/')),
    accounts: async (parent) =>
      (await listed(parent === null ? null : { parentIdentifiers: [parent] })).filter(({ targetArn }) =>
        targetArn.includes(':account/'),
      ),
    of: async (targetArn) => (await listed({ targetIdentifiers: [targetArn] }))[0],
    apply: (baseline, version) => calling(`put ${baseline} on its accounts`, () => apply(call, baseline, version)),
    operation: (id) => calling(`look at the operation ${id} of Control Tower`, () => baselineOperation(call, id)),
  };
}

const UpdatesSchema = z.object({
  landingZoneOperations: z.array(
    z.object({
      operationIdentifier: z.optional(z.string()),
      operationType: z.optional(z.string()),
      status: z.optional(z.string()),
    }),
  ),
  nextToken: z.optional(z.string()),
});

const UpdateSchema = z.object({ operationDetails: z.object({ endTime: z.optional(z.string()) }) });

/**
 * Both an update and a reset of it may have changed its regions.
 *
 * @evidence documented controltower/APIReference/API_ListLandingZoneOperations: the most recent operation first
 */
async function landingZoneUpdatedAt(call: ControlTowerCall, nextToken?: string): Promise<Date | null> {
  const page = UpdatesSchema.parse(
    await call('ListLandingZoneOperations', nextToken === undefined ? {} : { nextToken }),
  );
  const last = page.landingZoneOperations.find(
    ({ operationType, status }) => status === 'SUCCEEDED' && operationType !== 'DELETE',
  );
  if (last === undefined && page.nextToken !== undefined) return landingZoneUpdatedAt(call, page.nextToken);
  if (last?.operationIdentifier === undefined) return null;
  const answer = await call('GetLandingZoneOperation', { operationIdentifier: last.operationIdentifier });
  const { endTime } = UpdateSchema.parse(answer).operationDetails;
  return endTime === undefined ? null : new Date(endTime);
}

const StartedSchema = z.object({ operationIdentifier: z.string() });

async function apply(call: ControlTowerCall, baseline: string, version: string | null): Promise<AppliedBaseline> {
  const enabledBaselineIdentifier = baseline;
  try {
    const answer =
      version === null
        ? await call('ResetEnabledBaseline', { enabledBaselineIdentifier })
        : await call('UpdateEnabledBaseline', { enabledBaselineIdentifier, baselineVersion: version });
    return { operationId: StartedSchema.parse(answer).operationIdentifier };
  } catch (error) {
    if (isConflict(error)) return 'busy';
    if (isRefusedUnit(error)) return { refused: wordsOf(error) };
    throw error;
  }
}

const OperationSchema = z.object({
  baselineOperation: z.object({ status: z.optional(z.string()), startTime: z.string() }),
});

async function baselineOperation(call: ControlTowerCall, id: string): Promise<BaselineOperation | undefined> {
  try {
    const answer = await call('GetBaselineOperation', { operationIdentifier: id });
    const { status, startTime } = OperationSchema.parse(answer).baselineOperation;
    return { isOver: status !== 'IN_PROGRESS', startedAt: new Date(startTime) };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
