import type { Question } from '../../authorization/policy-question';
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
 * Judging takes a turn of the event loop, and an operation works on its instances without one: `judgeEntry` has to come
 * first. What was never judged is not allowed.
 */
export function isEntryAllowed(state: OrganizationState, stackSet: StackSet, execution: Role, at: number): boolean {
  const questions = entryQuestions(state, stackSet, execution, at);
  const isAllowed = questions?.every((question) => simulation.verdictOn(question)?.allowed === true) ?? false;
  if (isAllowed) {
    const roleName = nameIn(stackSet.administrationRoleArn);
    state.usedActions.set(roleName, (state.usedActions.get(roleName) ?? new Set()).add(ACTION.toLowerCase()));
  }
  return isAllowed;
}

/** What the way into an execution role was last judged by. */
const judged = new WeakMap<Role, readonly unknown[]>();

/**
 * Judges the way in as it is now, and as it will be whenever a change has propagated; once for what it is judged by.
 */
export async function judgeEntry(
  state: OrganizationState,
  stackSet: StackSet,
  execution: Role,
  now: number,
): Promise<void> {
  const administration = administrationRole(state, stackSet);
  if (administration === undefined) return;
  const grounds = [execution.trust, ...groundsOf(state, administration, now)];
  if (isSame(judged.get(execution), grounds)) return;
  const changes = [execution, administration].flatMap(changesOf);
  const times = new Set([now, ...changes.map((at) => Math.max(at, now))]);
  const questions = [...times].flatMap((at) => entryQuestions(state, stackSet, execution, at) ?? []);
  await Promise.all(
    questions.filter((one) => simulation.verdictOn(one) === undefined).map((one) => simulation.judge(one)),
  );
  judged.set(execution, grounds);
}

/** Whatever changes is another object or text afterwards. */
function groundsOf(state: OrganizationState, administration: Role, now: number): readonly unknown[] {
  const { accountId, trust, boundary, inline, attached } = administration;
  const policies = effectivePolicies(state, administration, now).map(({ document }) => document);
  const most = effectiveBoundary(state, administration, now)?.document;
  const { parentId } = state.accounts.get(accountId) ?? {};
  return [administration, trust, boundary, ...inline.values(), ...attached.values(), ...policies, most, parentId];
}

const isSame = (known: readonly unknown[] | undefined, grounds: readonly unknown[]): boolean =>
  known?.length === grounds.length && grounds.every((basis, index) => basis === known[index]);

const changesOf = ({ trust, inline, attached }: Role): readonly number[] =>
  [trust, ...inline.values(), ...attached.values()].map(({ effectiveAt }) => effectiveAt);

/**
 * May CloudFormation be the administration role, and may that role be the execution role? Null where a role or its
 * trust is not there.
 */
function entryQuestions(
  state: OrganizationState,
  stackSet: StackSet,
  execution: Role,
  at: number,
): readonly Question[] | null {
  const administration = administrationRole(state, stackSet);
  if (administration === undefined) return null;
  const intoAdministration = trustQuestion(administration, at);
  const intoExecution = trustQuestion(execution, at);
  if (intoAdministration === null || intoExecution === null) return null;
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
  const role = state.accounts.get(accountId)?.roles.get(nameIn(administrationRoleArn));
  return role?.arn === administrationRoleArn ? role : undefined;
}

const nameIn = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';

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
