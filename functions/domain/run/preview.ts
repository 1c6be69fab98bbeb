import * as z from 'zod/mini';

import { ACCOUNT_STATES } from '../records/tenant-account';
import { PreviewedChangeSchema, RefusalSchema } from '../records/account-records';
import { PlanSchema } from '../plan/plan';
import { AnyNumber } from '../base/plain-schemas';

/** What a preview is asked for: the plan that a run would carry out, were it to begin now. */
export const PreviewRequestSchema = z.object({ plan: PlanSchema });

export const PreviewSchema = z.object({
  /** In the order of the states; null where there is no account yet: then everything is created. */
  changes: z.nullable(z.array(PreviewedChangeSchema)),
  /** How many more there are than an answer has room for; absent: none. */
  changesLeftOut: z.optional(AnyNumber),
  /** Null where nothing stands in the way. What would come after it is not looked at. */
  refusal: z.nullable(RefusalSchema),
  /**
   * For a tenant deletion, what would be reported about its account; absent if the tenant is vended, or would be
   * refused.
   */
  accountState: z.optional(z.enum(ACCOUNT_STATES)),
});

/** A run would find all as it is wanted, and nothing would stop it. */
export const changesNothing = ({ changes, refusal }: Pick<Preview, 'changes' | 'refusal'>): boolean =>
  refusal === null && changes?.length === 0;

export type Preview = Readonly<z.infer<typeof PreviewSchema>>;
export type PreviewedChange = Readonly<z.infer<typeof PreviewedChangeSchema>>;
