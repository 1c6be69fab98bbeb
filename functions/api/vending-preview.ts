import * as z from 'zod';

import { PlanSchema } from '../domain/plan';
import { PreviewSchema } from '../domain/preview';

/** The plan of a desired state, and what a run of it would change now. */
export const VendingPreviewSchema = z
  .object({
    ...PlanSchema.shape,
    changes: PreviewSchema.shape.changes.meta({
      description:
        'What a run would change in AWS now, in the order of its states; null where there is no account yet, and everything would be made anew',
    }),
    refusal: PreviewSchema.shape.refusal.meta({
      description:
        'The state in which a run would be refused now, and why; what comes after it was not looked at. null: none',
    }),
    accountState: PreviewSchema.shape.accountState,
  })
  .meta({ id: 'VendingPreview' });

export type VendingPreview = Readonly<z.infer<typeof VendingPreviewSchema>>;
