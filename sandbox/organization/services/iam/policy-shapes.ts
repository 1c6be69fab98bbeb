import type { Account, ManagedPolicy, PolicyVersion } from '../../organization-state';
import { urlEncoded } from './url-encoded';

/** As CreatePolicy and ListPolicies answer it. */
export function policyShape(account: Account, policy: ManagedPolicy): object {
  const roles = [...account.roles.values()];
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: roles.filter(({ attached }) => attached.has(policy.arn)).length,
    PermissionsBoundaryUsageCount: roles.filter(({ boundary }) => boundary.arn === policy.arn).length,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  };
}

/** As GetPolicy answers it. */
export function fullPolicyShape(account: Account, policy: ManagedPolicy): object {
  return { ...policyShape(account, policy), Description: policy.description ?? undefined, Tags: [] };
}

export function versionShape(policy: ManagedPolicy, { id, createdAt }: PolicyVersion): object {
  return { VersionId: id, IsDefaultVersion: policy.defaultVersionId === id, CreateDate: new Date(createdAt) };
}

/** The document, too, which IAM answers URL-encoded. */
export function fullVersionShape(policy: ManagedPolicy, version: PolicyVersion): object {
  return { Document: urlEncoded(version.document), ...versionShape(policy, version) };
}
