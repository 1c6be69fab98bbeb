import * as z from 'zod/mini';

import { AnyText, TextOrNull } from '../base/plain-schemas';

/** The user of the Account Factory, and the IAM Identity Center in which it has what AWS gives it. */
export const FactoryUserSchema = z.object({
  email: AnyText,
  region: AnyText,
  /** Null where none is configured: AWS tells which one there is in the region. */
  instanceArn: TextOrNull,
  identityStoreId: TextOrNull,
});

export type FactoryUser = Readonly<z.infer<typeof FactoryUserSchema>>;
