import * as z from 'zod';

/*
 * Names and ids of AWS resources as they may stand in configuration files. Each message completes the sentence
 * "<field> …, but is <value>". Patterns are those of the AWS API references, with the partition left open.
 */

const PARTITION = 'aws[a-z-]*';

export const AccountIdSchema = z
  .string()
  .regex(/^\d{12}$/, "must be an AWS account id of 12 digits, in quotes, such as '222222222222'");

export const RegionSchema = z
  .string()
  .regex(/^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/, "must be an AWS region such as 'eu-central-1'");

/** Follows the pattern of `ParentId` in the Organizations API, whose published form misplaces its anchors. */
export const OrganizationalUnitIdSchema = z
  .string()
  .regex(
    /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
    "must be the id of an organizational unit such as 'ou-ab12-cdefgh34' (ou-, 4 to 32 lower-case letters or digits, -, 8 to 32 of them), or of the root such as 'r-ab12'",
  );

/** IAM takes 64 characters, and the longest class adds 15. */
const MAX_OF_SERVICE_ROLE_NAME = 49;

export const AnyRoleArnSchema = z
  .string()
  .regex(
    new RegExp(`^arn:${PARTITION}:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}$`),
    "must be the ARN of an IAM role such as 'arn:aws:iam::222222222222:role/MeshfedServiceRole'",
  );

/** The ARN of a role whose name other roles are named after. */
export const RoleArnSchema = AnyRoleArnSchema.refine(
  (arn) => (arn.split('/').at(-1) ?? '').length <= MAX_OF_SERVICE_ROLE_NAME,
  `must name a role of at most ${MAX_OF_SERVICE_ROLE_NAME} characters (without its path): roles are named after it with up to 15 more, such as -IdentityCenter, and IAM takes 64`,
);

export const RoleNameSchema = z
  .string()
  .regex(
    /^(?!AWSServiceRoleFor)[\w+=,.@-]{1,64}$/,
    'must be the name (not the ARN) of an IAM role: 1 to 64 letters, digits or _+=,.@- and not beginning with AWSServiceRoleFor',
  );

export const ManagedPolicyArnSchema = z
  .string()
  .regex(
    new RegExp(`^arn:${PARTITION}:iam::(?:aws|\\d{12}):policy/[\\w+=,.@/-]+$`),
    "must be the ARN of a managed policy such as 'arn:aws:iam::aws:policy/AdministratorAccess'",
  );

export const PermissionSetArnSchema = z
  .string()
  .regex(
    new RegExp(`^arn:${PARTITION}:sso:::permissionSet/[\\w./-]+$`),
    "must be the ARN of a permission set such as 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef'",
  );

export const InstanceArnSchema = z
  .string()
  .regex(
    new RegExp(`^arn:${PARTITION}:sso:::instance/[\\w.-]+$`),
    "must be the ARN of an IAM Identity Center instance such as 'arn:aws:sso:::instance/ssoins-1234567890abcdef'",
  );

export const IdentityStoreIdSchema = z
  .string()
  .regex(
    /^(?:d-[0-9a-f]{10}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    "must be the id of an identity store such as 'd-1234567890'",
  );

export const SecretArnSchema = z
  .string()
  .regex(
    new RegExp(`^arn:${PARTITION}:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[\\w/+=.@-]{1,512}$`),
    "must be the ARN of a secret such as 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:scim-token-AbCdEf'",
  );

export const FunctionArnSchema = z
  .string()
  .regex(
    new RegExp(`^arn:${PARTITION}:lambda:[a-z0-9-]+:\\d{12}:function:[\\w-]{1,64}(?::[\\w$-]+)?$`),
    "must be the ARN of a Lambda function such as 'arn:aws:lambda:eu-central-1:333333333333:function:landing-zone', or null",
  );

export const StackSetNameSchema = z
  .string()
  .regex(
    /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
    'must be the name of a stack set: a letter, then letters, digits and hyphens, 128 characters at most',
  );

export const ProductIdSchema = z
  .string()
  .regex(/^prod-[0-9a-z]+$/, "must be the id of a Service Catalog product such as 'prod-abcd1234'");
