import * as z from 'zod';

import { DesiredStateSchema, isTooLarge } from './desired-state';
import { type Checked, refused } from './fault';
import { type Account, pinnedCreation, type RunRecord, type TenantRecord } from './ledger-records';
import { faultsOf } from './schema-faults';

/** A tenant that is to go. Nothing has to be planned for that, so nothing is asked for but the tenant and its sequence. */
const DeletionSchema = DesiredStateSchema.pick({ replicationSequence: true, tenant: true });

export type Deletion = Readonly<z.infer<typeof DeletionSchema>>;

const MarkSchema = z.object({
  tenant: z.object({
    status: z.object({ lifecycle: z.object({ state: z.enum(['MARKED_FOR_DELETION', 'DELETED']) }) }),
  }),
});

/**
 * Reads a desired state that says that its tenant is to go, or has gone; undefined where it says anything else. It is not held against the
 * configuration: landing zones and limits may have changed since the tenant came.
 */
export function parseDeletion(input: unknown): Checked<Deletion> | undefined {
  if (!MarkSchema.safeParse(input).success) return undefined;
  const tooLarge = isTooLarge(input);
  if (tooLarge !== undefined) return refused(tooLarge);
  const parsed = DeletionSchema.safeParse(input, { reportInput: true });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : refused(...faultsOf(parsed.error, DeletionSchema, 'desiredState'));
}

/** States before the first call of AWS: planning, and waiting for a turn. */
const isBeforeTheFirstCall = (state: string): boolean => state === 'PlanVending' || state.startsWith('Await');

/**
 * Whether a run has started no operation in AWS and may simply end. Of a tenant without an account that is so until AWS is asked for one
 * (an account that AWS is making has to be seen to its end, or nobody would know whose it is); of one with an account, until its first look
 * at it.
 */
export function hasStartedNothing({ account, creation }: TenantRecord, { steps }: RunRecord): boolean {
  if (account === null) return creation === null || creation.phase === 'cleared';
  return steps.every(({ state }) => isBeforeTheFirstCall(state));
}

/** Whether there is certainly no account, and none to come: nothing is left that could need this tenant's names. */
export const hasNothing = (tenant: TenantRecord): boolean => tenant.account === null && pinnedCreation(tenant) === null;

/** What happens to a tenant that is to go, in sentences for a person. */
export function deletionRemark(tenant: Pick<TenantRecord, 'account' | 'activeRun' | 'creation'>): string {
  const { activeRun } = tenant;
  const run =
    activeRun === null
      ? 'Nothing more is vended for this tenant.'
      : `The run of sequence ${activeRun.replicationSequence} goes to its end; then nothing more is vended for this tenant.`;
  return `${run} ${whatIsLeft(tenant)}`;
}

function whatIsLeft({
  account,
  activeRun,
  creation,
}: Pick<TenantRecord, 'account' | 'activeRun' | 'creation'>): string {
  if (account !== null) return closeByHand(account);
  if (activeRun !== null)
    return 'Look again then: this release closes no accounts, so one that the run leaves has to be closed by hand.';
  return pinnedCreation({ creation }) === null
    ? 'It has no account: nothing is left to close.'
    : `AWS was asked for its account and may still make it: look for ${creation?.email ?? 'it'} in AWS Organizations, and close it by hand.`;
}

const closeByHand = ({ id, name }: Account): string =>
  `This release closes no accounts: close account ${id} ("${name}") by hand in the AWS Organizations console.`;
