import * as z from 'zod';

import { described } from '../domain/base/described';
import { PlanSchema } from '../domain/plan/plan';
import { PreviewSchema } from '../domain/run/preview';

/** The plan of a desired state, and what a run of it would change now. */
export const VendingPreviewSchema = z
  .object({
    ...PlanSchema.shape,
    changes: described(
      PreviewSchema.shape.changes,
      'What a run would change in AWS now, in the order of its states; null where there is no account yet, and everything would be created',
    ),
    changesLeftOut: described(
      PreviewSchema.shape.changesLeftOut,
      'How many more changes there are than this answer has room for; absent: none',
    ),
    refusal: described(
      PreviewSchema.shape.refusal,
      'The state in which a run would be refused now, and why; what comes after it was not looked at. null: none',
    ),
    accountState: described(
      PreviewSchema.shape.accountState,
      'Only for a deletion: what would become of the account. CLOSED: AWS closes it. KEPT: it stays, without its people. GONE: it is in the organization no more. NONE: there is none',
    ),
  })
  .meta({ id: 'VendingPreview' });

export type VendingPreview = Readonly<z.infer<typeof VendingPreviewSchema>>;
