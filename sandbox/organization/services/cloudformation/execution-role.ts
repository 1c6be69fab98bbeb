import * as z from 'zod';
import type { OrganizationState } from '../../organization-state';
import { effectivePolicies } from '../iam/effective-policies';
import type { StackSet } from './stack-set-state';

const principals = z.union([z.string(), z.array(z.string())]);
const trustDocument = z.object({
  Statement: z.array(
    z.object({
      Effect: z.string(),
      Principal: z.object({ AWS: principals.optional() }).optional(),
      Action: principals.optional(),
    }),
  ),
});

/**
 * Why the stack set's administration role cannot work in the account: "Grant self-managed permissions" of the CloudFormation
 * User Guide. Null if it can: the execution role is there, trusts the administrator account or its administration role, and
 * both trust and policies have propagated.
 */
export function whyNotDeployable(
  state: OrganizationState,
  stackSet: StackSet,
  accountId: string,
  at: number,
): string | null {
  const role = state.accounts.get(accountId)?.roles.get(stackSet.executionRoleName);
  const isTrusting = role !== undefined && role.trust.effectiveAt <= at && trusts(role.trust.document, stackSet);
  if (!isTrusting) {
    const administration = stackSet.administrationRoleArn.split('/').at(-1) ?? '';
    return (
      `Account ${accountId} should have '${stackSet.executionRoleName}' role with trust relationship to Role ` +
      `'${administration}'.`
    );
  }
  if (effectivePolicies(state, role, at).length === 0) {
    return (
      `User: arn:aws:sts::${accountId}:assumed-role/${role.name}/StackSet is not authorized to perform: ` +
      'cloudformation:CreateStack because no identity-based policy allows the cloudformation:CreateStack action'
    );
  }
  return null;
}

function trusts(document: string, { accountId, administrationRoleArn }: StackSet): boolean {
  const trusted = [accountId, `arn:aws:iam::${accountId}:root`, administrationRoleArn];
  const parsed = trustDocument.safeParse(JSON.parse(document));
  return (
    parsed.data?.Statement.some(
      ({ Effect, Principal, Action }) =>
        Effect === 'Allow' &&
        [Action].flat().includes('sts:AssumeRole') &&
        [Principal?.AWS].flat().some((principal) => principal !== undefined && trusted.includes(principal)),
    ) ?? false
  );
}
