import * as z from 'zod';

import { ManagedPolicyArnSchema, RoleNameSchema } from '../base/aws-names';
import { ProjectRoleRefSchema } from './role-mapping';

const MappingSchema = z.strictObject({
  projectRoleRef: ProjectRoleRefSchema,
  awsRole: RoleNameSchema.describe('The name of the role in each account.'),
  policies: z
    .array(ManagedPolicyArnSchema)
    .default([])
    .describe(
      'Managed policies of the role, which is then ours. None: somebody else makes the role, and it is only looked for.',
    ),
});

/** Deprecated in meshStack, too: for installations that have it. */
export const MeshIdBSchema = z
  .strictObject({
    samlProvider: z.strictObject({
      name: z.string().regex(/^[\w.-]{1,128}$/, 'must have 1 to 128 letters, digits or _.-'),
      metadataDocument: z
        .string()
        .min(1000, 'must be the SAML metadata of meshIdB, of which AWS takes no less than 1000 characters')
        .max(200_000, 'must have at most 200000 characters')
        .optional()
        .describe('The SAML metadata of meshIdB. Absent: somebody else makes the provider, and it is only looked for.'),
    }),
    awsRoleMappings: z.array(MappingSchema).min(1, 'must map at least one project role'),
    failIfSAMLIdpOrRoleNotFound: z
      .boolean()
      .default(true)
      .describe(
        'Whether a provider or a role that others make and that is not there fails the run; else it is a remark.',
      ),
  })
  .describe('Access through IAM roles and a SAML provider in each account. Deprecated: use awsIdentityStore.');

export type MeshIdB = Readonly<z.infer<typeof MeshIdBSchema>>;
