import * as z from 'zod';
import { isMalformed } from '../../authorization/policy-simulation';
import { operation, type CallContext, type Operation } from '../operation';
import { refuseQueryInput } from '../query-input';
import { deleteConflict, entityAlreadyExists, limitExceeded, malformedDocument } from './iam-errors';
import { charactersIn, page, path, policyArn, policyDocument, policyName, policyPathPrefix } from './iam-input';
import { pageOf } from './iam-paging';
import { findOwnPolicy, makeManagedPolicy, policyTarget } from './managed-policy';
import { isSameName, ownAccount, propagatedAt } from './own-account';
import { fullPolicyShape, policyShape } from './policy-shapes';
import { arnIn } from '../../arn';

const named = z.object({ PolicyArn: policyArn });
const createInput = z.object({
  PolicyName: policyName,
  Path: path,
  PolicyDocument: policyDocument,
  Description: z.string().max(1000).optional(),
});
const listInput = z.object({
  Scope: z.enum(['All', 'AWS', 'Local']).default('All'),
  PathPrefix: policyPathPrefix,
  ...page,
});

/**
 * @throws ServiceError for text that is no policy, or has more than the 6,144 characters of a managed policy, blanks
 * aside
 */
export async function checkManagedDocument({ state }: CallContext, document: string): Promise<void> {
  if (await isMalformed(document, 'identity')) {
    // @evidence documented "botocore iam.CreatePolicy": MalformedPolicyDocument for a document that is no policy
    throw malformedDocument('Syntax errors in policy.');
  }
  const limit = state.limits.managedPolicyCharacters;
  if (charactersIn(document) > limit) {
    // @evidence reported "github ministryofjustice/cloud-platform-environments#14473, LBHackney-IT/Data-Platform#2116":
    //   LimitExceeded, "Cannot exceed quota for PolicySize: 6144"; the second thread has its status, 409
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${limit}`);
  }
}

async function createPolicy(context: CallContext, input: z.infer<typeof createInput>): Promise<object> {
  await checkManagedDocument(context, input.PolicyDocument);
  const account = ownAccount(context);
  const policy = makeManagedPolicy(context.state, {
    accountId: account.id,
    name: input.PolicyName,
    path: input.Path,
    document: input.PolicyDocument,
    description: input.Description,
    createdAt: context.now,
    effectiveAt: propagatedAt(context),
  });
  // Names are unique in an account, whatever their path.
  if ([...account.policies.values()].some(({ name }) => isSameName(name, policy.name))) {
    // @evidence documented "botocore iam.CreatePolicy": EntityAlreadyExists for a name that a policy of the account
    //   has, whatever its path and case
    throw entityAlreadyExists(`A policy called ${policy.name} already exists. Duplicate names are not allowed.`);
  }
  account.policies.set(policy.arn, policy);
  return { Policy: policyShape(account, policy) };
}

function deletePolicy(context: CallContext, arn: string): object {
  const policy = findOwnPolicy(context, arn);
  const { roles, policies } = ownAccount(context);
  if ([...roles.values()].some(({ attached, boundary }) => attached.has(arn) || boundary.arn === arn)) {
    // @evidence documented "botocore iam.DeletePolicy": DeleteConflict for a policy that is still attached
    throw deleteConflict('Cannot delete a policy attached to entities.');
  }
  if (policy.versions.size > 1) {
    // @evidence documented "botocore iam.DeletePolicy": DeleteConflict for a policy that has other versions left
    throw deleteConflict(
      'This policy has more than one version. Before you delete a policy, you must delete its versions.',
    );
  }
  policies.delete(arn);
  return {};
}

export const managedPolicyOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:CreatePolicy": CreatePolicy answers Policy
    name: 'CreatePolicy',
    write: true,
    input: createInput,
    targets: ({ state, principal }, input) => [
      { resource: arnIn(state.seed, `iam::${principal.accountId}:policy${input.Path}${input.PolicyName}`) },
    ],
    answer: createPolicy,
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:GetPolicy": GetPolicy answers Policy
    name: 'GetPolicy',
    write: false,
    input: named,
    targets: policyTarget,
    answer: (context, input) => ({
      Policy: fullPolicyShape(ownAccount(context), findOwnPolicy(context, input.PolicyArn)),
    }),
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.ListPolicies": ListPolicies answers Policies
    name: 'ListPolicies',
    write: false,
    input: listInput,
    answer: (context, input) => {
      const account = ownAccount(context);
      const own = input.Scope === 'AWS' ? [] : [...account.policies.values()];
      const { items, rest } = pageOf(
        own.filter((policy) => policy.path.startsWith(input.PathPrefix)),
        input,
      );
      return { Policies: items.map((policy) => policyShape(account, policy)), ...rest };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.DeletePolicy": DeletePolicy answers nothing
    name: 'DeletePolicy',
    write: true,
    input: named,
    targets: policyTarget,
    answer: (context, input) => deletePolicy(context, input.PolicyArn),
  }),
];
