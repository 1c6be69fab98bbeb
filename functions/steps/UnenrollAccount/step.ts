import { contentHash } from '../../domain/base/json';
import type { Enrollment } from '../../domain/records/account-records';
import { serviceIntegrationAccount } from '../../domain/enrollment/factory-decision';
import { enrollmentLane, leftLanes, UNENROLLMENT } from '../../domain/queue/lanes';
import { adopted, nextEnrollment, tokenOf, withoutPlace } from '../../domain/enrollment/enrollment-operation';
import { type VendingPlan, controlTowerOf } from '../../domain/plan/plan';
import { accountOf, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import {
  unmanageByHand,
  withdrawal,
  governedDestination,
  isOutsideControlTower,
  type WithdrawalSituation,
} from '../../domain/enrollment/withdrawal';
import type { ProvisionedProduct, AccountFactory } from '../../ports/account-factory';
import { outcomesOf } from '../outcome';
import { unitArnBeside, type Governance } from '../../domain/enrollment/governance';
import type { ControlTower } from '../../ports/control-tower';
import type { TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import type { OrganizationTree } from '../../ports/organizations';

const { done, goTo } = outcomesOf('UnenrollAccount');

export interface UnenrollAccountPorts {
  readonly repository: Pick<TenantRepository, 'update' | 'claim'>;
  readonly factory: Pick<AccountFactory, 'productsOf' | 'findByName' | 'terminate'>;
  readonly controlTower: Pick<ControlTower, 'governanceOf' | 'landingZone' | 'registrationOf'>;
  readonly tree: Pick<OrganizationTree, 'describeOrganizationalUnit' | 'moveAccount' | 'parentOf' | 'rootAbove'>;
  readonly turns: Pick<LaneTurns, 'free'>;
}

/**
 * Takes the account out of Control Tower: before it is closed, or because its landing zone enrolls nobody any more.
 * Control Tower goes on looking after an account that is closed under its management, and then refuses to register its
 * unit again. CheckEnrollment waits for the end of what
 * is asked here and comes back, until nothing governs the account and none of its provisioned products is left.
 *
 * Accounts leave one after the other (`goTo('turn')`: the workflow queues for it, and where a product is terminated for
 * a place in the lane of the Account Factory as well); looking takes no turn. What somebody else has started is waited
 * for first, an enrollment that a run before this one has begun among it. A second run finds nothing and writes
 * nothing; where the one before was killed after it had asked, it may be the one that sees the end, and frees the slot.
 *
 * @throws RejectedError when only a person can unenroll the account, or the place where it would go belongs to Control
 * Tower
 */
export function unenrollAccount(ports: UnenrollAccountPorts): Step {
  return async (context) => {
    // Nobody may ask Service Catalog where there is no Control Tower.
    if (controlTowerOf(context.plan) === null) return finish(ports, context);
    const found = await readAccount(ports, context);
    if (found.governance === 'shared') throw serviceIntegrationAccount(accountOf(context).id);
    const decision = withdrawal(found);
    switch (decision.next) {
      case 'nothing':
        return finish(ports, context);
      case 'wait':
        return waitFor(ports, context, decision.product);
      case 'await':
        return awaitControlTower(ports, context, found);
      case 'refuse':
        throw unmanageByHand(accountOf(context).id, context.plan.closing !== undefined);
      case 'move':
        return hasTurn(context) ? leaveByMove(ports, context, found.parentId) : goTo('turn', NO_TURN);
      case 'terminate':
        return hasTurn(context) ? terminate(ports, context, decision.product) : goTo('turn', NO_TURN);
    }
  };
}

const NO_TURN = 'It has no turn to leave Control Tower: accounts leave one after the other.';

const hasTurn = ({ tenant }: StepContext): boolean => tenant.turns[UNENROLLMENT.name] !== undefined;

async function finish({ repository, turns }: UnenrollAccountPorts, { tenant, plan }: StepContext): Promise<StepReport> {
  const { enrollment } = tenant;
  const lane = enrollmentLane(plan);
  const lanes = [UNENROLLMENT, ...(lane === null ? [] : [lane]), ...leftLanes(plan)];
  for (const held of lanes.filter(({ name }) => tenant.turns[name] !== undefined)) await turns.free(held);
  // Its attempts go on being counted: a token is never used for two operations, should the deletion be taken back.
  if (enrollment !== null && !isSeenToItsEnd(enrollment, plan)) {
    const kind = plan.unenrollment === undefined ? enrollment.kind : 'leave';
    await repository.update('enrollment', {
      before: enrollment,
      after: { ...enrollment, kind, phase: 'ended', busySince: null, failures: 0 },
    });
  }
  return done('Control Tower does not manage the account.');
}

/** Of an account that goes on being vended, the ledger also says that it has left: later runs do not look again. */
const isSeenToItsEnd = ({ phase, kind }: Enrollment, { unenrollment }: VendingPlan): boolean =>
  phase === 'ended' && (unenrollment === undefined || kind === 'leave');

async function waitFor(
  { repository }: UnenrollAccountPorts,
  context: StepContext,
  { name, lastRecordId }: ProvisionedProduct,
): Promise<StepReport> {
  const before = context.tenant.enrollment;
  if (before?.phase !== 'asked' || before.recordId !== lastRecordId) {
    await repository.update('enrollment', { before, after: adopted(context, lastRecordId) });
  }
  return goTo('check', `Control Tower is at work on ${name}.`);
}

/**
 * It was moved, by us or by somebody else, or is being enrolled: how long that takes is known from when it is seen
 * first.
 */
async function awaitControlTower(
  { repository }: UnenrollAccountPorts,
  context: StepContext,
  { isOutside, parentId }: Found,
): Promise<StepReport> {
  const before = context.tenant.enrollment;
  const recordId = isOutside ? parentId : null;
  if (before?.phase !== 'asked' || before.kind !== 'leave' || before.recordId !== recordId) {
    const watched: Enrollment = { ...nextEnrollment(context, 'leave', contentHash(recordId)), recordId };
    await repository.update('enrollment', { before, after: watched });
  }
  return goTo('check', 'Control Tower is at work on the account.');
}

async function terminate(
  { repository, factory }: UnenrollAccountPorts,
  context: StepContext,
  product: ProvisionedProduct,
): Promise<StepReport> {
  const intent = nextEnrollment(context, 'terminate', contentHash(product.id));
  const lane = enrollmentLane(context.plan)?.name ?? '';
  if (
    !(await repository.claim('enrollment', {
      before: context.tenant.enrollment,
      after: intent,
      permit: { lane, onceAt: null },
    }))
  ) {
    return goTo('turn', 'It has no turn to ask the Account Factory.');
  }
  const started = await factory.terminate(product, tokenOf(context, intent.attempt));
  if (started === 'busy') {
    await repository.update('enrollment', { before: intent, after: withoutPlace(intent, context) });
    return goTo('check', 'Control Tower works on as many accounts as it can.');
  }
  await repository.update('enrollment', { before: intent, after: { ...intent, recordId: started.recordId } });
  const changes = [{ what: 'enrollment', from: product.name, to: null }];
  return goTo('check', { changes, remark: `Control Tower is unmanaging the account (${started.recordId}).` });
}

/**
 * Moves the account out of the units of Control Tower, which lets it go then. That it was moved, and when, is written
 * down first: killed in between, the next run finds the account where it was, and moves it.
 */
async function leaveByMove(ports: UnenrollAccountPorts, context: StepContext, from: string): Promise<StepReport> {
  const { repository, tree } = ports;
  const to = await destination(ports, context, from);
  const intent = { ...nextEnrollment(context, 'leave', contentHash(to)), recordId: to };
  await repository.update('enrollment', { before: context.tenant.enrollment, after: intent });
  await tree.moveAccount({ accountId: accountOf(context).id, from, to });
  return goTo('check', {
    changes: [{ what: 'organizational unit', from, to }],
    remark: 'Control Tower lets go what is moved out of its units.',
  });
}

async function destination(
  { tree, controlTower }: UnenrollAccountPorts,
  context: StepContext,
  from: string,
): Promise<string> {
  const { suspendedOrgUnitId: unitId } = controlTowerOf(context.plan) ?? {};
  if (unitId === undefined) return tree.rootAbove(from);
  if (unitId.startsWith('r-')) return unitId;
  const isThere = (await tree.describeOrganizationalUnit(unitId)) !== undefined;
  const registration = await controlTower.registrationOf(unitArnBeside(accountOf(context).arn, unitId));
  if (!isThere || !isOutsideControlTower(registration)) throw governedDestination(unitId);
  return unitId;
}

/** How the account stands to Control Tower, and where it is. */
interface Found extends WithdrawalSituation<ProvisionedProduct> {
  readonly parentId: string;
}

/** What has to be known before anything is moved or terminated. Reads alone. */
async function readAccount(ports: UnenrollAccountPorts, context: StepContext): Promise<Found> {
  const { id, arn } = accountOf(context);
  const products = await productsOf(ports, context);
  const governance = await ports.controlTower.governanceOf(arn);
  const parentId = await ports.tree.parentOf(id);
  const followsMoves = await readWhetherMovesAreFollowed(ports, context, governance, products);
  return {
    governance,
    products,
    followsMoves,
    parentId,
    isOutside: !followsMoves || (await readWhetherOutside(ports, context, parentId)),
  };
}

/** One whose first operation has failed may not know its account. */
async function productsOf(
  { factory }: UnenrollAccountPorts,
  context: StepContext,
): Promise<readonly ProvisionedProduct[]> {
  const known = await factory.productsOf(accountOf(context).id);
  const name = context.tenant.enrollment?.productName ?? null;
  if (name === null || known.some((product) => product.name === name)) return known;
  const unknowing = await factory.findByName(name);
  return unknowing === undefined ? known : [...known, unknowing];
}

/**
 * Without a product, a move is what is left, and Control Tower is asked whether it follows moves although accounts are
 * enrolled otherwise.
 */
async function readWhetherMovesAreFollowed(
  { controlTower }: UnenrollAccountPorts,
  { plan }: StepContext,
  governance: Governance,
  products: readonly ProvisionedProduct[],
): Promise<boolean> {
  if (controlTowerOf(plan)?.strategy === 'auto-enroll') return true;
  if (governance === 'none' || products.length > 0) return false;
  return (await controlTower.landingZone())?.enrollsByItself === true;
}

async function readWhetherOutside(
  { controlTower }: UnenrollAccountPorts,
  context: StepContext,
  parentId: string,
): Promise<boolean> {
  if (parentId.startsWith('r-') || parentId === controlTowerOf(context.plan)?.suspendedOrgUnitId) return true;
  return isOutsideControlTower(await controlTower.registrationOf(unitArnBeside(accountOf(context).arn, parentId)));
}
