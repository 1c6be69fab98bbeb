import * as z from 'zod/mini';

import { AnyNumber, AnyText } from '../base/plain-schemas';

const common = {
  region: AnyText,
  managementAccountId: AnyText,
  /**
   * How many accounts Control Tower may work on at once, for all vendings together. Plans of earlier releases do not
   * say it.
   */
  concurrentEnrollments: z._default(AnyNumber, 5),
  /** The unit that an account is moved to when it leaves Control Tower. Absent: the root. */
  suspendedOrgUnitId: z.optional(AnyText),
};

const SsoUserSchema = z.object({ email: AnyText, firstName: AnyText, lastName: AnyText });

/** Enrollment by the Account Factory, and what it is asked for. */
const ByAccountFactorySchema = z.object({
  strategy: z.literal('account-factory'),
  ...common,
  accountFactoryProductId: AnyText,
  ssoUser: SsoUserSchema,
});

/** Control Tower enrolls the account when it is moved; what is configured for the Account Factory is not used then. */
const ByMoveSchema = z.object({
  strategy: z.literal('auto-enroll'),
  ...common,
  accountFactoryProductId: z.optional(AnyText),
  ssoUser: z.optional(SsoUserSchema),
});

/** How an account is enrolled in Control Tower. */
export const PlannedEnrollmentSchema = z.discriminatedUnion('strategy', [ByAccountFactorySchema, ByMoveSchema]);

export type FactoryEnrollment = Readonly<z.infer<typeof ByAccountFactorySchema>>;
