import { NotVisibleError, RejectedError } from '../../domain/base/errors';
import { serviceIntegrationAccount } from '../../domain/enrollment/factory-decision';
import { isLongKnown, leftOrganization } from '../../domain/account/account-state';
import { isTermination } from '../../domain/enrollment/enrollment-operation';
import { accountOf, type Step, type StepContext } from '../../domain/run/step-context';
import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { OrganizationTree } from '../../ports/organizations';

export interface MoveAccountPorts {
  readonly tree: OrganizationTree;
  readonly factory: Pick<AccountFactory, 'productsOf'>;
  readonly controlTower: Pick<ControlTower, 'governanceOf'>;
  /** The unit of the tenant's workspace, as EnsureWorkspaceUnit has told the workflow. Absent: it has told none. */
  readonly workspaceUnit?: () => string | undefined;
}

/**
 * Moves the account to the landing zone's OU, or to that of its workspace, from wherever it is. Where hierarchical
 * assignment is allowed, an account that is already somewhere below that OU stays. An account that Control Tower
 * governs, or is at work on, is left to EnrollAccount: moved by anybody but the Account Factory, it would have drifted.
 * So is one whose failed enrollment has been taken back: it waits in the root. A second run finds the account there and
 * writes nothing.
 *
 * @throws RejectedError when the OU does not exist, when somebody else has enrolled an account that its landing zone
 * does not enroll, or when it has left the organization; TransientError while it is not visible yet
 */
export function moveAccount(ports: MoveAccountPorts): Step {
  return async (context) => {
    const { tree } = ports;
    const { allowHierarchicalOrganizationalUnitAssignment: hierarchical } = context.plan;
    const target = context.plan.targetOrgUnitId ?? ports.workspaceUnit?.();
    if (target === undefined) throw unitNotTold(context);
    const accountId = accountOf(context).id;
    const parent = await parentOf(tree, context);
    if (parent === target) return { result: stays(target), remark: `The account is in ${target}.` };
    if (hierarchical && (await tree.isBelow(parent, target))) {
      return { result: stays(parent), remark: `The account stays in ${parent}, which is below ${target}.` };
    }
    if (context.plan.enrollment?.strategy === 'auto-enroll') {
      return { result: stays(target), remark: 'The move enrolls the account: it waits for its turn.' };
    }
    if (!context.plan.controlTowerFollowsMoves && (await readWhetherGoverned(ports, context, parent))) {
      if (context.plan.enrollment === null) throw stillEnrolled(context);
      return {
        result: stays(target),
        remark: 'The account is left to the Account Factory, which is going to move it.',
      };
    }
    await tree.moveAccount({ accountId, from: parent, to: target });
    return {
      result: { moved: true, organizationalUnitId: target },
      changes: [{ what: 'organizational unit', from: parent, to: target }],
    };
  };
}

/** Its state comes before this one, so only an execution that was changed by hand gets here. */
const unitNotTold = ({ plan }: StepContext): RejectedError =>
  new RejectedError(
    `This run does not know the organizational unit "${plan.workspaceOrgUnit?.name ?? ''}" of the workspace.`,
    'Send the desired state again with a higher replicationSequence: a new run looks for the unit first.',
  );

/** The access role of an account that has left may still let us in. */
async function parentOf(tree: OrganizationTree, context: StepContext): Promise<string> {
  try {
    return await tree.parentOf(accountOf(context).id);
  } catch (error) {
    if (error instanceof NotVisibleError && isLongKnown(context)) throw leftOrganization(accountOf(context).id);
    throw error;
  }
}

/** The unit that the account is in, or will be in once it is enrolled. */
const stays = (organizationalUnitId: string) => ({ moved: false, organizationalUnitId });

/**
 * Asked wherever there is a Control Tower and the account is not as we made it: this landing zone enrolls, an earlier
 * one has, or somebody else may have. Products alone do not tell: an account may be governed without one, and one may
 * outlive the enrollment.
 */
async function readWhetherGoverned(
  { tree, factory, controlTower }: MoveAccountPorts,
  context: StepContext,
  parent: string,
): Promise<boolean> {
  const { plan, tenant } = context;
  const { id, arn } = accountOf(context);
  if (plan.enrollment === null && tenant.enrollment === null && plan.controlTowerRegion === null) return false;
  if (plan.enrollment !== null && isTermination(tenant.enrollment)) return true;
  const isAsMade = isNew(tenant) && parent === (await tree.rootAbove(parent));
  if (isAsMade && plan.enrollment === null) return false;
  if (!isAsMade) {
    const governance = await controlTower.governanceOf(arn);
    if (governance === 'shared') throw serviceIntegrationAccount(id);
    if (governance !== 'none') return true;
  }
  return (await factory.productsOf(id)).some(({ status }) => status === 'UNDER_CHANGE');
}

/**
 * We have made it and never enrolled it. In the root, where such an account is until its first move, nothing governs
 * it.
 *
 * @evidence documented controltower/userguide/unmanage-account: in the Root an account is part of no registered OU, and
 *   not subject to what Control Tower has on them
 */
const isNew = ({ account, enrollment }: StepContext['tenant']): boolean =>
  account?.imported === false && enrollment === null;

function stillEnrolled(context: StepContext): RejectedError {
  const { landingZone } = context.plan;
  return new RejectedError(
    `The account ${accountOf(context).id} is enrolled in Control Tower, and its landing zone "${landingZone}" is not (awsEnrollAccount is false).`,
    'Unmanage the account in the Control Tower console, or set awsEnrollAccount to true for a registered organizational unit; then replay ' +
      'this run. Moved as it is, it would be drift.',
  );
}
