import * as z from 'zod/mini';

import { TransientError } from '../domain/base/errors';
import { isAtRest, type RolloutRecord } from '../domain/rollout/rollout';
import { eventsOfPart, hasMoved, isStuck, movedAtOf, runningOf, toldRollout } from '../domain/rollout/told-rollout';
import { troubledRollout } from '../domain/run/measurement';
import type { NamedPart } from '../ledger/base/part-claim';
import { claimRolloutPart, finishRolloutPart } from '../ledger/rollout/rollouts';
import type { Metrics } from '../ports/log';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { PartMessages } from '../ports/queues';
import type { BatchAnswer } from '../runtime/on-lambda';
import { carryOut, type CarryOutPorts } from './carry-out';
import { planLandingZone, type UpdateLandingZonePorts } from './plan-landing-zone';
import { planTenants, type PlanTenantsPorts } from './plan-tenants';
import { sumUpPlan } from './sum-up-plan';
import { updateLandingZone } from './update-landing-zone';

export interface RollOutPorts extends PlanTenantsPorts, CarryOutPorts, UpdateLandingZonePorts {
  readonly rollouts: PartMessages;
  readonly outcomes: OutcomePublisher;
  readonly metrics: Metrics;
}

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** What a newer release has written beside it goes on to the next part. */
const PartSchema = z.looseObject({ id: z.string(), part: z.int().check(z.gte(0)) });

/** Goes on with rollouts. A part that fails comes again, and ends as a dead letter if it keeps failing. */
export async function rollOut(ports: RollOutPorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await rollOutPart(ports, PartSchema.parse(JSON.parse(body)));
    } catch (cause) {
      ports.log.error('A rollout could not go on now; it will be tried again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/**
 * One part of a rollout. The message of the next part goes out before this one is written down as done: killed in
 * between, both come, and the one that is behind is dropped.
 *
 * @throws TransientError while another function is at work on the same part
 */
async function rollOutPart(ports: RollOutPorts, message: NamedPart): Promise<void> {
  const { ledger, now, rollouts } = ports;
  const claim = await claimRolloutPart(ledger, message, now());
  switch (claim.verdict) {
    case 'behind':
      ports.log.info('This part of the rollout is done, or the rollout waits for a person', { ...message });
      return;
    case 'taken':
      throw new TransientError(`Part ${message.part} of the rollout ${message.id} is being worked on.`);
    case 'claimed': {
      const { record } = claim;
      const worked = await workOff(ports, record);
      const after = { ...worked, movedAt: movedAtOf(record, worked, now()) };
      await tell(ports, record, after);
      if (!isAtRest(after)) await rollouts.send({ ...message, part: message.part + 1 }, pauseAfter(record, after));
      await finishRolloutPart(ledger, record, after, now());
    }
  }
}

/** Before the part is written down as done: killed in between, the same is told again. */
async function tell(
  { outcomes, metrics, now }: RollOutPorts,
  before: RolloutRecord,
  after: RolloutRecord,
): Promise<void> {
  const events = eventsOfPart(before, after);
  if (events.includes('Rollout Stopped')) metrics.record([troubledRollout('StoppedRollouts')]);
  if (isStuck(after, now())) metrics.record([troubledRollout('StuckRollouts')]);
  for (const type of events) {
    const { wave } = type === 'Rollout Wave Ended' ? before : after;
    await outcomes.publish({ type, detail: toldRollout({ ...after, wave }, null, now()) });
  }
}

async function workOff(ports: RollOutPorts, record: RolloutRecord): Promise<RolloutRecord> {
  switch (record.status) {
    case 'PLANNING':
      return record.kind === 'landing-zone' ? planLandingZone(ports, record) : planTenants(ports, record);
    case 'SUMMING':
      return sumUpPlan(ports, record);
    case 'RUNNING':
      return record.kind === 'landing-zone' ? updateLandingZone(ports, record) : carryOut(ports, record);
    case 'PLANNED':
    case 'REFUSED':
    case 'PAUSED':
    case 'STOPPED':
    case 'ENDED':
    case 'ABORTED':
      return record;
  }
}

/** Long enough for this part to be written down. */
const AT_ONCE_SECONDS = 5;

/** As long as a run over a known account takes at least. */
const RUNS_SECONDS = 20;

/** Where nothing has moved: stack sets and enrollments take many minutes, and the next hour comes late. */
const QUIET_SECONDS = 60;

function pauseAfter(before: RolloutRecord, after: RolloutRecord): number {
  if (after.status !== 'RUNNING') return AT_ONCE_SECONDS;
  if (!hasMoved(before, after)) return QUIET_SECONDS;
  return runningOf(after) === 0 ? AT_ONCE_SECONDS : RUNS_SECONDS;
}
