import { type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import type { CommandSurroundings } from '../command-surroundings';
import { apiAnswer } from './api-answer';

export interface TenantOptions {
  readonly json: boolean;
  readonly apiUrl: string;
  readonly tenantUuid: string;
}

/** `npm run vendings -- show`: where the tenant's vending is, what has happened in it, and what to do. */
export async function showVending(
  { json, apiUrl, tenantUuid }: TenantOptions,
  { say }: Pick<CommandSurroundings, 'say'>,
): Promise<number> {
  const path = `/vendings/${encodeURIComponent(tenantUuid)}`;
  const detail = await apiAnswer(apiUrl, { method: 'GET', path }, VendingDetailSchema);
  say(json ? `${JSON.stringify(detail, null, 2)}\n` : `${storyOf(detail).join('\n')}\n`);
  return 0;
}

function storyOf(detail: VendingDetail): readonly string[] {
  const { status, statusChangedAt, account, lane, waitingSequence, deletion } = detail;
  return [
    `${detail.tenantUuid}  ${detail.workspaceIdentifier}.${detail.projectIdentifier}`,
    `status:   ${status} since ${statusChangedAt}`,
    ...runOf(detail),
    ...(account === null ? [] : [`account:  ${account.id}, ${account.name}, ${account.email}`]),
    ...(lane === null ? [] : [`waits:    in the lane ${lane.name} since ${lane.since}, position ${lane.position}`]),
    ...(waitingSequence === null ? [] : [`next:     sequence ${waitingSequence}`]),
    ...(deletion === null ? [] : [`deletion: ${deletion.remark}`]),
    ...detail.timeline.map(stepOf),
    ...errorOf(detail),
    ...rejectionOf(detail),
  ];
}

function runOf({ replicationSequence, run, executionArn, supersededBy }: VendingDetail): readonly string[] {
  if (replicationSequence === null) return [];
  const by = supersededBy === null ? '' : `, superseded by ${supersededBy}`;
  return [
    `run:      ${run ?? '-'} of sequence ${replicationSequence}${by}`,
    `          ${executionArn ?? 'not begun'}`,
  ];
}

function stepOf({ state, startedAt, finishedAt, attempts, remark }: VendingDetail['timeline'][number]): string {
  const tries = attempts > 1 ? `, ${attempts} tries` : '';
  return `  ${state}: ${startedAt} to ${finishedAt ?? '-'}${tries}${remark === null ? '' : `; ${remark}`}`;
}

function errorOf({ status, lastError }: VendingDetail): readonly string[] {
  // A vending that has gone on since tells of an error that is over.
  if (lastError === null || status === 'VENDED') return [];
  const { name, message, remedy } = lastError;
  return [`error:    ${name}: ${message}`, ...(remedy === null ? [] : [`remedy:   ${remedy}`])];
}

function rejectionOf({ rejection }: VendingDetail): readonly string[] {
  if (rejection === null) return [];
  return [
    `refused:  sequence ${rejection.replicationSequence}, ${rejection.at}`,
    ...rejection.faults.map(({ field, message }) => `  ${field}: ${message}`),
  ];
}
