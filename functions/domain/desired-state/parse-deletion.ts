import * as z from 'zod/mini';

import { DesiredStateSchema, isTooLarge } from './desired-state';
import { type Checked, refused } from '../base/fault';
import { faultsOf } from '../base/schema-faults';

/**
 * A tenant that is to go. Nothing has to be planned for that, so nothing is asked for but the tenant and its sequence.
 */
const DeletionSchema = z.pick(DesiredStateSchema, { replicationSequence: true, tenant: true });

export type Deletion = Readonly<z.infer<typeof DeletionSchema>>;

const MarkSchema = z.object({
  tenant: z.object({
    status: z.object({ lifecycle: z.object({ state: z.enum(['MARKED_FOR_DELETION', 'DELETED']) }) }),
  }),
});

/**
 * Reads a desired state that says that its tenant is to go, or has gone; undefined where it says anything else. It is
 * not held against the configuration: landing zones and limits may have changed since the tenant came.
 */
export function parseDeletion(input: unknown): Checked<Deletion> | undefined {
  if (!MarkSchema.safeParse(input).success) return undefined;
  const tooLarge = isTooLarge(input);
  if (tooLarge !== undefined) return refused(tooLarge);
  const parsed = DeletionSchema.safeParse(input, { reportInput: true });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, faults: faultsOf(parsed.error, DeletionSchema, 'desiredState') };
}
