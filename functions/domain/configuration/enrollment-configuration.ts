import * as z from 'zod';

import { AccountIdSchema, OrganizationalUnitIdSchema, ProductIdSchema, RegionSchema } from '../base/aws-names';
import { TextSchema } from '../base/pattern-schema';

const FactoryProductSchema = ProductIdSchema.describe(
  'The Service Catalog product "AWS Control Tower Account Factory".',
);

const SsoUserSchema = z
  .strictObject({
    email: z.string().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must be an e-mail address'),
    firstName: TextSchema,
    lastName: TextSchema,
  })
  .describe('The Account Factory insists on a first user, even where Identity Center is not used.');

const common = {
  region: RegionSchema.describe("Control Tower's home region: the Account Factory answers only there."),
  managementAccountId: AccountIdSchema,
  concurrentEnrollments: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(10, 'must be at most 10, as many accounts as Control Tower can be made to work on at once')
    .default(5)
    .describe(
      'How many accounts Control Tower works on at once; its quota is 5 unless AWS has raised it to at most 10.',
    ),
  keepFactoryUser: z
    .boolean()
    .optional()
    .describe(
      'true: ssoUser stays administrator of every account that the Account Factory has worked on. Otherwise each run takes that away.',
    ),
  suspendedOrgUnitId: z
    .optional(OrganizationalUnitIdSchema)
    .describe(
      'Where an account is moved to leave Control Tower before it is closed, if a move is what unenrolls it; the root unless given. It must not be registered with Control Tower.',
    ),
};

const ByAccountFactorySchema = z.strictObject({
  strategy: z
    .literal('account-factory')
    .default('account-factory')
    .describe('Service Catalog enrolls each account. The strategy unless another is given.'),
  ...common,
  accountFactoryProductId: FactoryProductSchema,
  ssoUser: SsoUserSchema,
});

/** What only the Account Factory needs may stand here: an operator who turns automatic enrollment off again has it. */
const ByMoveSchema = z.strictObject({
  strategy: z
    .literal('auto-enroll')
    .describe(
      'The landing zone of Control Tower enrolls whatever is moved into a registered unit, which has to be turned on there.',
    ),
  ...common,
  accountFactoryProductId: FactoryProductSchema.optional(),
  ssoUser: SsoUserSchema.optional(),
});

/** How accounts are enrolled in AWS Control Tower. */
export const EnrollmentConfigurationSchema = z
  .discriminatedUnion('strategy', [ByAccountFactorySchema, ByMoveSchema])
  .describe('Enrollment in AWS Control Tower.');
