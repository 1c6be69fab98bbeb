import * as z from 'zod';

import { ACCOUNT_STATES } from './account-state';
import { ChangeSchema } from './ledger-records';
import { PlanSchema } from './plan';

/** What a preview is asked for: the plan that a run would carry out, were it to begin now. */
export const PreviewRequestSchema = z.object({ plan: PlanSchema });

/** A change that a run would make now, and the state that would make it. */
export const PreviewedChangeSchema = z.object({ ...ChangeSchema.shape, state: z.string() });

/** The state in which a run would end now, and why. */
const RefusalSchema = z.object({ state: z.string(), message: z.string(), remedy: z.string().nullable() });

export const PreviewSchema = z.object({
  /** In the order of the states; null where there is no account yet: then everything is made anew. */
  changes: z.array(PreviewedChangeSchema).nullable(),
  /** Null where nothing stands in the way. What would come after it is not looked at. */
  refusal: RefusalSchema.nullable(),
  /** Of a tenant that is to go, what would be told of its account; absent where it is vended, and where it would be refused. */
  accountState: z.enum(ACCOUNT_STATES).optional().meta({
    description:
      'Only for a deletion: what would become of the account. CLOSED: AWS closes it. KEPT: it stays, without its people. GONE: it is in the organization no more. NONE: there is none',
  }),
});

export type Preview = Readonly<z.infer<typeof PreviewSchema>>;
export type PreviewedChange = Readonly<z.infer<typeof PreviewedChangeSchema>>;
