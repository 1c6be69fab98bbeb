import type { Question } from '../../authorization/policy-question';
import { noteUseOf } from '../../authorization/judged-principal';
import { PolicySimulation } from '../../authorization/policy-simulation';
import { scpLevels } from '../../authorization/service-control-policies';
import type { OrganizationState, Propagating, Role } from '../../organization-state';
import { effectiveDocument } from '../iam/effective-document';
import { effectiveBoundary, effectivePolicies } from '../iam/effective-policies';
import type { StackSet } from './stack-set-state';
import { arnIn } from '../../arn';

const ACTION = 'sts:AssumeRole';
const CLOUDFORMATION = 'cloudformation.amazonaws.com';

const simulation = new PolicySimulation();

/**
 * Whether CloudFormation gets into the account by way of the stack set's administration role: that role's trust and
 * policies, and the execution role's trust. Notes that the administration role has used its right.
 *
 * Judging takes a turn of the event loop, and an operation works on its instances without one: `judgeEntries` has to
 * come first. What was never judged is not allowed.
 */
export function isEntryAllowed(state: OrganizationState, stackSet: StackSet, execution: Role, at: number): boolean {
  const questions = entryQuestions(state, stackSet, execution, at);
  return (
    questions.length > 0 &&
    questions.every((question) => simulation.allows(question)) &&
    noteUseOf(state, nameIn(stackSet.administrationRoleArn), ACTION)
  );
}

/** What the way into an execution role was last judged by. */
const judged = new WeakMap<Role, { readonly trust: Propagating; readonly administration: string }>();

/**
 * Judges the ways into these roles as they are now, and as they will be whenever a change has propagated; once for what
 * they are judged by. Every call of AWS comes by here, with all accounts that a stack set has to work in.
 */
export async function judgeEntries(
  state: OrganizationState,
  stackSet: StackSet,
  executions: readonly Role[],
  now: number,
): Promise<void> {
  const administration = administrationRole(state, stackSet);
  if (administration === undefined || executions.length === 0) return;
  const changes = changesOf(state, administration);
  const grounds = JSON.stringify([
    changes,
    administration.arn,
    administration.trust,
    effectivePolicies(state, administration, now),
    effectiveBoundary(state, administration, now),
    scpLevels(state, administration.accountId),
  ]);
  for (const execution of executions) {
    const { trust } = execution;
    const before = judged.get(execution);
    if (before?.trust === trust && before.administration === grounds) continue;
    const times = new Set([now, ...[trust.effectiveAt, ...changes].map((at) => Math.max(at, now))]);
    const questions = [...times].flatMap((at) => entryQuestions(state, stackSet, execution, at));
    await Promise.all(questions.map((one) => simulation.judge(one)));
    judged.set(execution, { trust, administration: grounds });
  }
}

/** Whatever changes has another time: of the role, and of the managed policies that it has. */
const changesOf = (state: OrganizationState, role: Role): readonly number[] => {
  const { trust, boundary, inline, attached, accountId } = role;
  const policies = [boundary.arn, boundary.previous, ...attached.keys()].flatMap((arn) =>
    arn === null ? [] : (state.accounts.get(accountId)?.policies.get(arn)?.inForce ?? []),
  );
  return [trust, boundary, ...inline.values(), ...attached.values(), ...policies].map(({ effectiveAt }) => effectiveAt);
};

/**
 * May CloudFormation be the administration role, and may that role be the execution role? No questions where a role or
 * its trust is not there.
 */
function entryQuestions(
  state: OrganizationState,
  stackSet: StackSet,
  execution: Role,
  at: number,
): readonly Question[] {
  const administration = administrationRole(state, stackSet);
  if (administration === undefined) return [];
  const intoAdministration = trustQuestion(administration, at);
  const intoExecution = trustQuestion(execution, at);
  if (intoAdministration === null || intoExecution === null) return [];
  const { accountId, name, arn } = administration;
  const boundary = effectiveBoundary(state, administration, at);
  return [
    { ...intoAdministration, principalArn: CLOUDFORMATION, identityPolicies: [], scpLevels: [] },
    {
      ...intoExecution,
      principalArn: arnIn(state.seed, `sts::${accountId}:assumed-role/${name}/StackSet`),
      conditions: { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': accountId },
      identityPolicies: effectivePolicies(state, administration, at),
      scpLevels: scpLevels(state, accountId),
      ...(boundary === null ? {} : { boundary }),
    },
  ];
}

function administrationRole(
  state: OrganizationState,
  { accountId, administrationRoleArn }: StackSet,
): Role | undefined {
  const role = roleIn(state, accountId, nameIn(administrationRoleArn));
  return role?.arn === administrationRoleArn ? role : undefined;
}

export const roleIn = ({ accounts }: OrganizationState, accountId: string, name: string): Role | undefined =>
  accounts.get(accountId)?.roles.get(name);

export const nameIn = (roleArn: string): string => roleArn.replace(/^.*\//u, '');

type TrustQuestion = Pick<Question, 'action' | 'resource' | 'resourceAccountId' | 'resourcePolicy' | 'conditions'>;

function trustQuestion(
  role: { readonly arn: string; readonly accountId: string; readonly trust: Propagating },
  at: number,
): TrustQuestion | null {
  const resourcePolicy = effectiveDocument(role.trust, at);
  return resourcePolicy === null
    ? null
    : { action: ACTION, resource: role.arn, resourceAccountId: role.accountId, resourcePolicy, conditions: {} };
}
