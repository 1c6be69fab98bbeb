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
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, jsonBody } from './api-request';
import { noRollout, type RolloutPorts, shownRollout } from './rollouts';

export const RolloutStartSchema = z.object({ token: AnyText, consent: z.optional(AnyNumber) });

type Ports = Pick<RolloutPorts, 'ledger' | 'rollouts' | 'now'>;

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
  return changed(ports, request, (record) => startedRollout(record, start, ports.now()));
}

export const pauseRollout = (ports: Ports, request: ApiRequest): Promise<Answer> =>
  changed(ports, request, (record) => pausedRollout(record, request.caller));

export const resumeRollout = (ports: Ports, request: ApiRequest): Promise<Answer> =>
  changed(ports, request, resumedRollout);

export const retryRollout = (ports: Ports, request: ApiRequest): Promise<Answer> =>
  changed(ports, request, retriedRollout);

export const abortRollout = (ports: Ports, request: ApiRequest): Promise<Answer> =>
  changed(ports, request, (record) => abortedRollout(record, request.caller, ports.now()));

async function changed(
  { ledger, rollouts }: Ports,
  { pathParameters: { id = '' } }: ApiRequest,
  change: (record: RolloutRecord) => RolloutRecord | string,
): Promise<Answer> {
  const after = await changeRollout(ledger, id, change);
  if (after === undefined) return noRollout(id);
  if (typeof after === 'string') return problem('conflict', after);
  if (!isAtRest(after)) await rollouts.send({ id, part: after.part }, 0);
  return answer(200, shownRollout(after));
}
