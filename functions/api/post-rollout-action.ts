import * as z from 'zod/mini';

import { AnyNumber, AnyText } from '../domain/base/plain-schemas';
import { faultsOf } from '../domain/base/schema-faults';
import { isAtRest, type RolloutRecord } from '../domain/rollout/rollout';
import {
  abortedRollout,
  pausedRollout,
  resumedRollout,
  retriedRollout,
  startedRollout,
} from '../domain/rollout/rollout-actions';
import { changeRollout } from '../ledger/rollout/rollouts';
import { type RolloutEventType, toldRollout } from '../domain/rollout/told-rollout';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, jsonBody } from './api-request';
import { noRollout, type RolloutPorts, shownRollout } from './rollouts';

export const RolloutStartSchema = z.object({ token: AnyText, consent: z.optional(AnyNumber) });

type Ports = Pick<RolloutPorts, 'ledger' | 'rollouts' | 'outcomes' | 'now'>;

/** `POST /rollouts/{id}/start`: carries out a plan, wave after wave. */
export async function startRollout(ports: Ports, request: ApiRequest): Promise<Answer> {
  const read = jsonBody(request, 'Send { "token": "…" }, the token of the plan.');
  if (!read.ok) return read.answer;
  const parsed = RolloutStartSchema.safeParse(read.value, { reportInput: true });
  if (!parsed.success) {
    const faults = faultsOf(parsed.error, RolloutStartSchema, 'body');
    return problem('invalid-desired-state', 'Nothing was started; every fault is listed.', faults);
  }
  const { token, consent = null } = parsed.data;
  const start = { token, consent, by: request.caller };
  return changed(ports, request, (record) => startedRollout(record, start, ports.now()), 'Rollout Started');
}

export const pauseRollout = (ports: Ports, request: ApiRequest): Promise<Answer> =>
  changed(ports, request, (record) => pausedRollout(record, request.caller), 'Rollout Paused');

export const resumeRollout = (ports: Ports, request: ApiRequest): Promise<Answer> =>
  changed(ports, request, resumedRollout);

export const retryRollout = (ports: Ports, request: ApiRequest): Promise<Answer> =>
  changed(ports, request, retriedRollout);

export const abortRollout = (ports: Ports, request: ApiRequest): Promise<Answer> =>
  changed(ports, request, (record) => abortedRollout(record, request.caller, ports.now()), 'Rollout Ended');

/** A call that is sent again changes nothing, and tells the same again: the first one may have been killed. */
async function changed(
  { ledger, rollouts, outcomes, now }: Ports,
  { pathParameters: { id = '' }, caller }: ApiRequest,
  change: (record: RolloutRecord) => RolloutRecord | string,
  told?: RolloutEventType,
): Promise<Answer> {
  const after = await changeRollout(ledger, id, change);
  if (after === undefined) return noRollout(id);
  if (typeof after === 'string') return problem('conflict', after);
  if (told !== undefined) await outcomes.publish({ type: told, detail: toldRollout(after, caller, now()) });
  if (!isAtRest(after)) await rollouts.send({ id, part: after.part }, 0);
  return answer(200, shownRollout(after, now()));
}
