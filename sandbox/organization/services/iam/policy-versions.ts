import * as z from 'zod';
import type { ManagedPolicy, PolicyVersion } from '../../organization-state';
import { operation, type CallContext, type Operation } from '../operation';
import { refuseQueryInput } from '../query-input';
import { deleteConflict, limitExceeded, noSuchEntity } from './iam-errors';
import { policyArn, policyDocument } from './iam-input';
import { checkManagedDocument } from './managed-policies';
import { findOwnPolicy, policyTarget } from './managed-policy';
import { replaced } from './own-account';
import { fullVersionShape, versionShape } from './policy-shapes';

const created = z.object({
  PolicyArn: policyArn,
  PolicyDocument: policyDocument,
  SetAsDefault: z.stringbool().default(false),
});
const version = z.object({ PolicyArn: policyArn, VersionId: z.string().regex(/^v[1-9]\d*(?:\.[A-Za-z0-9-]*)?$/) });

/** "IAM and AWS STS quotas" of the IAM User Guide; not adjustable. */
const MAX_VERSIONS = 5;

async function createVersion(context: CallContext, input: z.infer<typeof created>): Promise<object> {
  await checkManagedDocument(context, input.PolicyDocument);
  const policy = findOwnPolicy(context, input.PolicyArn);
  if (policy.versions.size >= MAX_VERSIONS) {
    // @evidence documented "botocore iam.CreatePolicyVersion": a policy has up to five versions, so that one has to be
    //   deleted before a sixth; LimitExceeded is the error of the operation for limits
    throw limitExceeded(`A managed policy can have up to ${MAX_VERSIONS} versions.`);
  }
  const added: PolicyVersion = {
    id: `v${policy.nextVersion}`,
    document: input.PolicyDocument,
    createdAt: context.now,
  };
  policy.nextVersion += 1;
  policy.versions.set(added.id, added);
  policy.updatedAt = context.now;
  if (input.SetAsDefault) {
    setDefault(context, policy, added);
  }
  return { PolicyVersion: versionShape(policy, added) };
}

function setDefault(context: CallContext, policy: ManagedPolicy, { id, document }: PolicyVersion): void {
  policy.defaultVersionId = id;
  policy.inForce = replaced(context, policy.inForce, document);
}

function findVersion(context: CallContext, input: z.infer<typeof version>): [ManagedPolicy, PolicyVersion] {
  const policy = findOwnPolicy(context, input.PolicyArn);
  const found = policy.versions.get(input.VersionId);
  if (found === undefined) {
    // @evidence documented "botocore iam.GetPolicyVersion": NoSuchEntity for a version that the policy does not have
    throw noSuchEntity(`Policy ${input.PolicyArn} version ${input.VersionId} does not exist.`);
  }
  return [policy, found];
}

export const policyVersionOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:CreatePolicyVersion": CreatePolicyVersion answers PolicyVersion
    name: 'CreatePolicyVersion',
    write: true,
    input: created,
    targets: policyTarget,
    answer: createVersion,
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:GetPolicyVersion": GetPolicyVersion answers PolicyVersion
    name: 'GetPolicyVersion',
    write: false,
    input: version,
    targets: policyTarget,
    answer: (context, input) => ({ PolicyVersion: fullVersionShape(...findVersion(context, input)) }),
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.SetDefaultPolicyVersion": SetDefaultPolicyVersion answers nothing
    name: 'SetDefaultPolicyVersion',
    write: true,
    input: version,
    targets: policyTarget,
    answer: (context, input) => {
      setDefault(context, ...findVersion(context, input));
      return {};
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.DeletePolicyVersion": DeletePolicyVersion answers nothing
    name: 'DeletePolicyVersion',
    write: true,
    input: version,
    targets: policyTarget,
    answer: (context, input) => {
      const [policy, { id }] = findVersion(context, input);
      if (policy.defaultVersionId === id) {
        // @evidence documented "botocore iam.DeletePolicyVersion": the default version cannot be deleted;
        //   DeleteConflict is the error of the operation for what has attached subordinate entities
        throw deleteConflict('Cannot delete the default version of a policy.');
      }
      policy.versions.delete(id);
      return {};
    },
  }),
];
