import { AUTOMATION } from '../sandbox/organization/organization-under-test';
import type { Reading } from './reading';

const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) as unknown;
const document = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const PolicyName = 'Guard';
const PolicyArn = `arn:aws:iam::${AUTOMATION}:policy/${PolicyName}`;
const unknown = { PolicyArn: `${PolicyArn}-unknown` };
/** There from the start, in the automation account. */
const RoleName = 'MeshfedAutomationRole';

/** Customer managed policies and permissions boundaries, in an order in which one comes out of the other. */
export function managedPolicyReadings(): readonly Reading[] {
  const absent = { error: 'NoSuchEntity', status: 404 };
  const conflict = { error: 'DeleteConflict', status: 409 };
  const policy = { PolicyName, PolicyDocument: JSON.stringify(document('s3:*')) };
  const reading = (operation: string, input: object, answer: object, refused: Reading['refused']): Reading => ({
    operation: `iam:${operation}`,
    account: 'automation',
    input,
    answer,
    refused,
  });
  return [
    reading(
      'CreatePolicy',
      policy,
      { Policy: { PolicyName, Arn: PolicyArn, DefaultVersionId: 'v1', AttachmentCount: 0, CreateDate: time } },
      { input: policy, error: 'EntityAlreadyExists', status: 409 },
    ),
    reading(
      'PutRolePermissionsBoundary',
      { RoleName, PermissionsBoundary: PolicyArn },
      {},
      { input: { RoleName, PermissionsBoundary: unknown.PolicyArn }, ...absent },
    ),
    reading(
      'GetPolicy',
      { PolicyArn },
      { Policy: { PermissionsBoundaryUsageCount: 1, IsAttachable: true, UpdateDate: time } },
      { input: unknown, ...absent },
    ),
    reading(
      'ListPolicies',
      { Scope: 'Local' },
      { Policies: [{ PolicyName, Path: '/' }], IsTruncated: false },
      { input: { MaxItems: 0 }, error: 'ValidationError', status: 400 },
    ),
    reading(
      'CreatePolicyVersion',
      { PolicyArn, PolicyDocument: JSON.stringify(document('sqs:*')), SetAsDefault: false },
      { PolicyVersion: { VersionId: 'v2', IsDefaultVersion: false, CreateDate: time } },
      { input: { PolicyArn, PolicyDocument: 'none' }, error: 'MalformedPolicyDocument', status: 400 },
    ),
    // botocore decodes the URL-encoded documents of IAM by itself.
    reading(
      'GetPolicyVersion',
      { PolicyArn, VersionId: 'v2' },
      { PolicyVersion: { VersionId: 'v2', Document: document('sqs:*') } },
      { input: { PolicyArn, VersionId: 'v9' }, ...absent },
    ),
    reading(
      'SetDefaultPolicyVersion',
      { PolicyArn, VersionId: 'v2' },
      {},
      { input: { PolicyArn, VersionId: 'v9' }, ...absent },
    ),
    reading(
      'DeletePolicyVersion',
      { PolicyArn, VersionId: 'v1' },
      {},
      { input: { PolicyArn, VersionId: 'v2' }, ...conflict },
    ),
    reading('DeleteRolePermissionsBoundary', { RoleName }, {}, { input: { RoleName: 'Nobody' }, ...absent }),
    reading('DeletePolicy', { PolicyArn }, {}, { input: { PolicyArn }, ...absent }),
  ];
}
