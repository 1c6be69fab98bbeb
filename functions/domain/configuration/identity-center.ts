import * as z from 'zod';
import { IdentityStoreIdSchema, InstanceArnSchema, RegionSchema, SecretArnSchema } from '../base/aws-names';
import { GROUP_PLACEHOLDERS, problemsOfStringTemplate } from '../templates/string-template';
import { patternSchema } from '../base/pattern-schema';
import { RoleMappingSchema } from './role-mapping';

/** What both ways into IAM Identity Center share. */
const common = {
  region: RegionSchema.optional().describe("The region of IAM Identity Center; the platform's unless given."),
  arn: InstanceArnSchema.describe('The Identity Center instance.'),
  groupNamePattern: patternSchema((pattern) => problemsOfStringTemplate(pattern, GROUP_PLACEHOLDERS)).describe(
    "Pattern of group names, behind the fixed prefix 'mst-'.",
  ),
  signInUrl: z.string().regex(/^https:\/\/\S+$/, 'must be an https URL'),
  awsRoleMappings: z.array(RoleMappingSchema).min(1, 'must map at least one project role'),
};

export const IdentityStoreSchema = z
  .strictObject({ identityStoreId: IdentityStoreIdSchema, ...common })
  .describe('Access through IAM Identity Center, whose groups are made by the Identity Store API.');

export const AwsSsoSchema = z
  .strictObject({
    scimEndpoint: z
      .string()
      .regex(
        /^https:\/\/[\w.-]+(?:\/[\w.-]+)*\/scim\/v2\/?$/,
        "must be a SCIM endpoint such as 'https://scim.eu-central-1.amazonaws.com/<id>/scim/v2/'",
      )
      .describe('As IAM Identity Center shows it under automatic provisioning.'),
    ssoAccessToken: z
      .strictObject({ secretArn: SecretArnSchema })
      .describe('Where the access token of the endpoint is kept, as plain text. The token itself never stands here.'),
    identityStoreId: IdentityStoreIdSchema.optional().describe(
      'Only for a later change to awsIdentityStore: groups that were made by SCIM are then known there as ours.',
    ),
    ...common,
  })
  .describe('Access through IAM Identity Center, whose groups are made by SCIM. Instead of awsIdentityStore.');

export type IdentityCenterConfiguration = Readonly<Omit<z.infer<typeof IdentityStoreSchema>, 'identityStoreId'>>;

export type IdentityStore = z.infer<typeof IdentityStoreSchema>;
export type AwsSso = z.infer<typeof AwsSsoSchema>;
