import { accountOf } from '../../account-of';
import { arnIn } from '../../arn';
import { drawUpperCase } from '../../draw';
import type { ManagedPolicy, OrganizationState, PolicyVersion } from '../../organization-state';
import type { CallContext, Target } from '../operation';
import { attachableDocument, isAttachable } from './aws-managed-policies';
import { effectiveDocument } from './effective-document';
import { noSuchEntity } from './iam-errors';
import { ownAccount } from './own-account';

export interface NewManagedPolicy {
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly document: string;
  readonly createdAt: number;
  readonly effectiveAt: number;
  readonly description?: string | undefined;
}

export function makeManagedPolicy(
  { random, seed }: Pick<OrganizationState, 'random' | 'seed'>,
  policy: NewManagedPolicy,
): ManagedPolicy {
  const { name, path, createdAt, document, effectiveAt, accountId } = policy;
  const first: PolicyVersion = { id: 'v1', document, createdAt };
  return {
    id: `ANPA${drawUpperCase(random, 17)}`,
    arn: arnIn(seed, `iam::${accountId}:policy${path}${name}`),
    name,
    path,
    createdAt,
    description: policy.description ?? null,
    updatedAt: createdAt,
    versions: new Map([[first.id, first]]),
    nextVersion: 2,
    defaultVersionId: first.id,
    inForce: { document, effectiveAt, previous: null },
  };
}

/** A customer managed policy of the caller's account, to be changed. Those of AWS are AWS's alone. */
export function findOwnPolicy(context: CallContext, arn: string): ManagedPolicy {
  const policy = ownAccount(context).policies.get(arn);
  if (policy === undefined) {
    // @evidence recorded "localstack iam/test_iam test_delete_non_existent_policy_returns_no_such_entity, 2025-03-06":
    //   NoSuchEntity, 404, "Policy <arn> was not found."
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  return policy;
}

/** What a role can have attached, or for its permissions boundary. */
export function isPolicyOf(state: OrganizationState, accountId: string, arn: string): boolean {
  return isAttachable(arn, state.seed) || accountOf(state, accountId).policies.has(arn);
}

/** The document that a managed policy stands for at this moment; null where it grants nothing, or nothing yet. */
export function managedDocument(state: OrganizationState, accountId: string, arn: string, now: number): string | null {
  const own = accountOf(state, accountId).policies.get(arn);
  return own === undefined ? attachableDocument(arn, state.seed) : effectiveDocument(own.inForce, now);
}

export function policyTarget(_: CallContext, input: { readonly PolicyArn: string }): readonly Target[] {
  return [{ resource: input.PolicyArn }];
}
