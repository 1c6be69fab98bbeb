import {
  type VendingDecided,
  VendingDecidedSchema,
  type VendingStopped,
  VendingStoppedSchema,
} from '../../functions/api/vending-responses';
import type { CommandContext } from '../command-context';
import { apiAnswer } from './api-answer';
import type { TenantOptions } from './show-vending';

/** `vendings stop`: stops the run of a tenant that is under way. */
export async function stopVending(
  { json, apiUrl, tenantUuid, reason }: TenantOptions & { readonly reason: string },
  { print }: Pick<CommandContext, 'print'>,
): Promise<number> {
  const path = `/vendings/${encodeURIComponent(tenantUuid)}/stop`;
  const stopped = await apiAnswer(apiUrl, { method: 'POST', path, body: { reason } }, VendingStoppedSchema);
  print(json ? `${JSON.stringify(stopped, null, 2)}\n` : `${sentenceOf(stopped)}\n`);
  return 0;
}

const sentenceOf = ({ tenantUuid, replicationSequence, stoppedAt, settlesAt }: VendingStopped): string =>
  `${tenantUuid}: sequence ${replicationSequence} was stopped at ${stoppedAt}. It is FAILED by ${settlesAt}, and can be replayed then.`;

/** `vendings approve` and `reject`: decides whether the run of a tenant that waits for it may go on. */
export async function decideVending(
  {
    json,
    apiUrl,
    tenantUuid,
    reason,
    command: decision,
  }: TenantOptions & {
    readonly command: VendingDecided['decision'];
    readonly reason: string;
  },
  { print }: Pick<CommandContext, 'print'>,
): Promise<number> {
  const path = `/vendings/${encodeURIComponent(tenantUuid)}/approval`;
  const decided = await apiAnswer(apiUrl, { method: 'POST', path, body: { decision, reason } }, VendingDecidedSchema);
  print(json ? `${JSON.stringify(decided, null, 2)}\n` : `${decisionOf(decided)}\n`);
  return 0;
}

const decisionOf = ({ tenantUuid, replicationSequence, decision, decidedBy, decidedAt }: VendingDecided): string =>
  `${tenantUuid}: sequence ${replicationSequence} ${decision === 'approve' ? 'is approved and goes on' : 'is rejected and ends'} (${decidedBy ?? 'not known by whom'}, ${decidedAt}).`;
