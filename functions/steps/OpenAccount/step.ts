import { isSeal } from '../../domain/access/access-role-seal';
import { keptFromTheBeginning, keptPolicyChange, PROPAGATION_SECONDS } from '../../domain/access/kept-rights';
import { RejectedError, TransientError } from '../../domain/base/errors';
import { factoryDecision } from '../../domain/enrollment/factory-decision';
import { isGoverned } from '../../domain/enrollment/governance';
import type { ExecutionRole, TrustInMembers } from '../../domain/access/role-trust';
import type { Change } from '../../domain/records/ledger-records';
import { isTermination } from '../../domain/enrollment/enrollment-operation';
import type { VendingPlan } from '../../domain/plan/plan';
import { accountOf, partitionOfAccount, type Step, type StepContext, waitedFor } from '../../domain/run/step-context';
import {
  type AccessRole,
  type MemberEntry,
  type MemberRoles,
  SET_BOUNDARY,
  TRUSTS_TOO_MANY,
  type WantedRole,
} from '../../ports/iam';
import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { OrganizationTree } from '../../ports/organizations';

export interface OpenAccountPorts {
  readonly role: Pick<AccessRole, 'boundaryOf' | 'putInlinePolicy'>;
  readonly roles: MemberRoles;
  readonly tree: OrganizationTree;
  readonly controlTower: Pick<ControlTower, 'governanceOf'>;
  readonly factory: Pick<AccountFactory, 'findByAccount'>;
  readonly trust: TrustInMembers;
}

/** Control Tower's own, fixed names. Source: AWS Control Tower User Guide, "Prerequisites for enrollment". */
const CONTROL_TOWER_ROLE = 'AWSControlTowerExecution';
const ADMINISTRATOR = 'iam::aws:policy/AdministratorAccess';

/** How long a refusal to make Control Tower's role may still be what a failed enrollment has left half done. */
const CLEARING_SECONDS = 5 * 60;

/**
 * Makes the roles through which stack sets, customizations and Control Tower will work in the account. It comes before
 * the move: in an OU that is registered with Control Tower a service control policy forbids it, so an account that is
 * to be enrolled and sits in some OU already goes to the root first, as does one whose enrollment has failed and was
 * taken back. An account that Control Tower governs needs none of our roles, and is not moved. `waitSeconds`: how long
 * the workflow leaves the new roles alone where nothing else takes that long. A second run finds the roles and writes
 * nothing. Whom they trust, and by which policies, is none of the plan's decisions: the plan says whether they are
 * needed.
 *
 * Where it has made a role, it also gives the access role the policy that this is to keep in the end: it comes into
 * force meanwhile. A run that was killed in between leaves that to `DowngradeAccessRole`.
 *
 * A role of an earlier release that trusts the whole automation account is narrowed. In a sealed account that cannot be
 * done, and it is left as it is.
 *
 * @throws RejectedError when a service control policy forbids it; when the account is sealed and lacks a role, or would
 * lack it once its failed enrollment is taken back: nothing is written then
 */
export function openAccount(ports: OpenAccountPorts): Step {
  return async (context) => {
    const { role: accessRole, roles, tree } = ports;
    const entry = { accountId: accountOf(context).id, accessRole: context.plan.account.accessRole };
    const readiness = await needsToBeReadied(ports, context, entry);
    const needed = rolesOf(context.plan, ports.trust, partitionOfAccount(context), readiness !== 'governed');
    const left =
      context.tenant.seal === null ? NOTHING_LEFT : await checkSealed({ accessRole, roles, entry, wanted: needed });
    if (context.tenant.seal !== null) await checkHealing(ports, context, entry);
    const wanted = needed.filter((role) => !left.has(role));
    const changes = typeof readiness === 'object' ? [await moveToRoot(tree, entry.accountId, readiness)] : [];
    for (const role of wanted) {
      for (const to of await made(ports, context, entry, role))
        changes.push({ what: `role ${role.name}`, from: null, to });
    }
    if (changes.length > 0) changes.push(...(await keep(accessRole, context, entry)));
    if (needed.length === 0)
      return { result: { roles: 0, waitSeconds: 0 }, remark: 'The landing zone needs no role in the account.' };
    const result = { roles: needed.length, waitSeconds: changes.length === 0 ? 0 : PROPAGATION_SECONDS };
    return left.size === 0 ? { result, changes } : { result, changes, remark: leftAsIs(left) };
  };
}

/**
 * If Control Tower follows moves, it needs no role. Source: AWS Control Tower User Guide, "Move and enroll accounts
 * with auto-enrollment".
 */
const isEnrolledByFactory = ({ enrollment }: VendingPlan): boolean => enrollment?.strategy === 'account-factory';

/** `ready`: it can stay where it is. */
type Readiness = 'ready' | 'governed' | { readonly from: string; readonly to: string };

/**
 * Asked only where the account may have to be moved or changed for it: most have their role, and stay. An account in
 * the root is governed by nothing.
 *
 * @evidence documented controltower/userguide/unmanage-account: an account that is unenrolled from the console is moved
 *   to the root
 */
async function needsToBeReadied(
  { roles, controlTower, tree }: OpenAccountPorts,
  context: StepContext,
  entry: MemberEntry,
): Promise<Readiness> {
  if (!isEnrolledByFactory(context.plan)) return 'ready';
  if (!isTermination(context.tenant.enrollment) && (await roles.hasRole(entry, CONTROL_TOWER_ROLE))) return 'ready';
  const from = await tree.parentOf(entry.accountId);
  const to = await tree.rootAbove(from);
  if (from === to) return 'ready';
  return isGoverned(await controlTower.governanceOf(accountOf(context).arn)) ? 'governed' : { from, to };
}

/** A sealed role has it. One that is to be sealed gets all of it in the end. */
async function keep(
  role: OpenAccountPorts['role'],
  context: StepContext,
  entry: MemberEntry,
): Promise<readonly Change[]> {
  const policy = keptFromTheBeginning(context);
  if (policy === null) return [];
  await role.putInlinePolicy(entry, policy);
  return [keptPolicyChange(entry.accessRole, policy.name)];
}

/**
 * What a failed enrollment has left half done may refuse the role for a while, in the words of a policy that forbids it
 * for good.
 */
async function made(
  { roles }: OpenAccountPorts,
  context: StepContext,
  entry: MemberEntry,
  role: WantedRole,
): Promise<readonly string[]> {
  try {
    return await roles.ensureRole(entry, role);
  } catch (error) {
    const { enrollment } = context.tenant;
    const isPassing = isTermination(enrollment) && waitedFor(context, enrollment?.askedAt ?? '') < CLEARING_SECONDS;
    if (!(error instanceof RejectedError) || role.name !== CONTROL_TOWER_ROLE || !isPassing) throw error;
    throw new TransientError(`The failed enrollment is still being cleared away: ${error.reason}`, { cause: error });
  }
}

/**
 * Told before anything is terminated: with the failed enrollment Control Tower may take its role, and a sealed access
 * role cannot make it again.
 */
async function checkHealing(
  { controlTower, factory, role }: OpenAccountPorts,
  context: StepContext,
  entry: MemberEntry,
): Promise<void> {
  if (!isEnrolledByFactory(context.plan) || !isSeal(await role.boundaryOf(entry))) return;
  const ownName = context.tenant.enrollment?.productName ?? null;
  const governance = await controlTower.governanceOf(accountOf(context).arn);
  if (governance === 'enrolled') return;
  const product = await factory.findByAccount(entry.accountId, ownName);
  const isOwn = product?.name === ownName;
  if (factoryDecision({ governance, product, isOwn, isInPlace: false, hasAsked: true }) !== 'takeBack') return;
  throw new RejectedError(
    `The enrollment of account ${entry.accountId} has failed, and the account is sealed: once the enrollment is taken back, Control Tower may have removed ` +
      `${CONTROL_TOWER_ROLE}, and ${entry.accessRole} could not make it again.`,
    'Open the account as docs/iam.md describes under "Opening a sealed account", and replay this run, which enrolls the account and seals it again.',
  );
}

const NOTHING_LEFT: ReadonlyMap<WantedRole, readonly string[]> = new Map();

interface SealedAccount {
  readonly accessRole: Pick<AccessRole, 'boundaryOf'>;
  readonly roles: MemberRoles;
  readonly entry: MemberEntry;
  readonly wanted: readonly WantedRole[];
}

/**
 * A sealed access role can look at roles, and make or change none. The ledger may be behind: an operator may have
 * opened the account.
 *
 * @returns those that do their work and cannot be mended, with what they lack
 */
async function checkSealed({
  accessRole,
  roles,
  entry,
  wanted,
}: SealedAccount): Promise<ReadonlyMap<WantedRole, readonly string[]>> {
  const left = new Map<WantedRole, readonly string[]>();
  for (const role of wanted) {
    const differences = await roles.differences(entry, role);
    if (differences.length === 0 || !isSeal(await accessRole.boundaryOf(entry))) continue;
    if (differences.some((one) => !(one in LEFT_WHERE_SEALED))) throw sealed(entry, role);
    left.set(role, differences);
  }
  return left;
}

/** What a role may lack, and do its work all the same. */
const LEFT_WHERE_SEALED: Readonly<Record<string, (role: WantedRole) => string>> = {
  [SET_BOUNDARY]: ({ name }) => `${name} stays without the permissions boundary that is asked for`,
  [TRUSTS_TOO_MANY]: ({ name, trustedAccountId }) => `${name} goes on trusting all of account ${trustedAccountId}`,
};

const leftAsIs = (left: ReadonlyMap<WantedRole, readonly string[]>): string => {
  const told = [...left].flatMap(([role, lacks]) => lacks.map((one) => LEFT_WHERE_SEALED[one]?.(role) ?? one));
  return `The account is sealed, so ${told.join(', ')}. Once the account is opened, the next run mends that.`;
};

function sealed({ accountId, accessRole }: MemberEntry, { name }: WantedRole): RejectedError {
  return new RejectedError(
    `Account ${accountId} is sealed: ${accessRole} can neither make the role ${name} nor change it, and the landing zone needs it.`,
    'Open the account as docs/iam.md describes under "Opening a sealed account", and replay this run, which seals it again; or send the desired ' +
      'state with a landing zone that does without that role.',
  );
}

async function moveToRoot(
  tree: OrganizationTree,
  accountId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Change> {
  await tree.moveAccount({ accountId, from, to });
  return { what: 'organizational unit', from, to };
}

/** @throws RejectedError when the configuration has another role for stack sets by now, or none */
function executionRoleOf(planned: { readonly name: string }, { executionRole }: TrustInMembers): WantedRole {
  if (executionRole?.name === planned.name) return executionRole;
  throw new RejectedError(
    `This run was planned with ${planned.name} as stackSetExecutionRole, and the configuration has ${executionRole?.name ?? 'none'} by now.`,
    'Replay this run, which plans again.',
  );
}

/**
 * Only those that the configuration has still: one that it has no more is needed by a run of the configuration before,
 * whose accounts have the role already.
 */
const customizationRolesOf = (
  { customizations = [] }: Pick<VendingPlan, 'customizations'>,
  { customizationRoles = [] }: TrustInMembers,
): readonly ExecutionRole[] =>
  customizationRoles.filter(({ name }) =>
    customizations.some(({ role }) => role.name === name && !role.madeByStackSet),
  );

function rolesOf(
  { stackSets, stackSetRemovals, stackSetExecutionRole, enrollment, customizations }: VendingPlan,
  trust: TrustInMembers,
  partition: string,
  isForControlTower: boolean,
): readonly WantedRole[] {
  return [
    // CloudFormation removes what it has rolled out by the same role.
    ...(stackSets.length + stackSetRemovals.length === 0 || stackSetExecutionRole === null
      ? []
      : [executionRoleOf(stackSetExecutionRole, trust)]),
    ...customizationRolesOf({ customizations }, trust),
    ...(enrollment?.strategy !== 'account-factory' || !isForControlTower
      ? []
      : [
          {
            name: CONTROL_TOWER_ROLE,
            trustedAccountId: trust.managementAccountId,
            managedPolicyArns: [`arn:${partition}:${ADMINISTRATOR}`],
            hasBoundary: false,
          },
        ]),
  ];
}
