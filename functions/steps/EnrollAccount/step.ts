import { contentHash } from '../../domain/base/json';
import {
  enrollmentPoll,
  adopted,
  isTermination,
  nextEnrollment,
  tokenOf,
  withoutPlace,
} from '../../domain/enrollment/enrollment-operation';
import { type FactoryDecision, factoryDecision, factoryRefusal } from '../../domain/enrollment/factory-decision';
import { ACCOUNT_FACTORY } from '../../domain/queue/lanes';
import type { Enrollment } from '../../domain/records/account-records';
import type { FactoryEnrollment } from '../../domain/plan/plan';
import { unitArnBeside } from '../../domain/enrollment/governance';
import { accountOf, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { AccountDirectory, OrganizationTree } from '../../ports/organizations';
import type { AccountFactory, ProvisionedProduct, StartedOperation } from '../../ports/account-factory';
import type { TenantRepository } from '../../ports/repositories';
import type { ControlTower } from '../../ports/control-tower';
import { outcomesOf } from '../outcome';
import { enrollByMove, recordEnrolled, TURN_NEEDED, wantedUnit } from './enroll-by-move';
import { enrollmentRequest } from './enrollment-request';

const { done } = outcomesOf('EnrollAccount');

export interface EnrollAccountPorts {
  readonly repository: TenantRepository;
  readonly factory: AccountFactory;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
  readonly tree: OrganizationTree;
  readonly controlTower: Pick<ControlTower, 'registrationOf' | 'enrollmentOf' | 'governanceOf'>;
}

/**
 * Starts whatever brings the account under Control Tower, in the plan's OU. Where Control Tower follows moves, that is
 * the move; else the Account Factory provisions it (an existing account is enrolled by that), moves an enrolled one,
 * updates one that somebody has moved by hand, repairs a tainted one, or takes back an enrollment that has failed: what
 * Control Tower governs, and from which unit, decides, not what products there are (`factory-decision.ts`).
 * CheckEnrollment waits for the end and comes back here, until nothing is to be done any more; after an enrollment that
 * was taken back, by way of OpenAccount, which makes the account ready again.
 *
 * Whatever is started takes a turn in the lane of the Account Factory (`goTo('turn')` where there is none: the workflow
 * queues for it); looking takes none. A second run of an enrolled account in its OU writes nothing. A repeated call of
 * the same attempt carries the same token, so Service Catalog answers with the operation that goes on already.
 *
 * @throws RejectedError when a prerequisite is missing: product, active version, launch path, OU, its registration; or
 * when what would have to be done could take a governed account out of Control Tower
 */
export function enrollAccount(ports: EnrollAccountPorts): Step {
  return async (context) => {
    const { enrollment } = context.plan;
    if (enrollment?.strategy === 'auto-enroll') return enrollByMove(ports, context);
    return enrollment === null ? recordEnrolled(ports, context) : enrollByFactory(ports, context, enrollment);
  };
}

async function enrollByFactory(
  ports: EnrollAccountPorts,
  context: StepContext,
  enrollment: FactoryEnrollment,
): Promise<StepReport> {
  const { decision, product, unitId } = await decide(ports, context, enrollment);
  switch (decision) {
    case 'nothing':
      return recordEnrolled(ports, context);
    case 'wait':
      return adopt(ports, context, product);
    case 'takeBack':
      return terminateProduct(ports, context, product);
    case 'provision':
    case 'update':
      return isToBeReadied(context, decision) ? READY_AGAIN : enroll(ports, context, enrollment, { unitId, product });
    case 'shared':
    case 'unmovable':
    case 'doubtful':
      throw factoryRefusal(decision, { accountId: accountOf(context).id, unitId, product });
  }
}

interface Decided {
  readonly decision: FactoryDecision;
  readonly product: ProvisionedProduct | undefined;
  readonly unitId: string;
}

async function decide(
  ports: EnrollAccountPorts,
  context: StepContext,
  enrollment: FactoryEnrollment,
): Promise<Decided> {
  const { id, arn } = accountOf(context);
  const before = context.tenant.enrollment;
  const ownName = before?.productName ?? null;
  const product = await ports.factory.findByAccount(id, ownName);
  const parentId = await ports.tree.parentOf(id);
  const unitId = await wantedUnit(ports, context, parentId);
  const situation = {
    product,
    governance: await ports.controlTower.governanceOf(arn, unitArnBeside(arn, unitId)),
    isInPlace: parentId === unitId,
    isOwn: product?.name === ownName,
  };
  const decision = factoryDecision({ ...situation, hasAsked: false });
  if (decision !== 'update' || !(await hasAsked(ports, context, enrollment, { unitId, product }))) {
    return { decision, product, unitId };
  }
  return { decision: factoryDecision({ ...situation, hasAsked: true }), product, unitId };
}

interface Wanted {
  readonly unitId: string;
  readonly product: ProvisionedProduct | undefined;
}

/**
 * Whether the last operation on the product is our own, with the very same request, which is read only where that may
 * be so.
 */
async function hasAsked(
  ports: EnrollAccountPorts,
  context: StepContext,
  enrollment: FactoryEnrollment,
  { unitId, product }: Wanted,
): Promise<boolean> {
  const before = context.tenant.enrollment;
  if (before?.phase !== 'asked' || before.recordId !== product?.lastRecordId) return false;
  const wanted = await enrollmentRequest(ports, context, enrollment, unitId);
  return before.requestHash === requestHash(wanted, before.kind === 'provision' ? undefined : product);
}

const requestHash = (wanted: object, product: ProvisionedProduct | undefined): string =>
  contentHash({ ...wanted, product: product?.id ?? null });

/**
 * What was taken back has gone, and nobody has seen its end yet: CheckEnrollment does, and OpenAccount makes the
 * account ready.
 */
const isToBeReadied = ({ tenant: { enrollment } }: StepContext, decision: 'provision' | 'update'): boolean =>
  decision === 'provision' && isTermination(enrollment) && enrollment?.phase === 'asked';

const READY_AGAIN = done('A failed enrollment has been taken back; the account is made ready again.');

/**
 * Somebody, one of our earlier runs or a person, has started something: its end decides. Without a product there is no
 * record to look at.
 */
async function adopt(
  ports: EnrollAccountPorts,
  context: StepContext,
  product: ProvisionedProduct | undefined,
): Promise<StepReport> {
  const before = context.tenant.enrollment;
  const recordId = product?.status === 'UNDER_CHANGE' ? product.lastRecordId : null;
  if (before?.phase !== 'asked' || before.recordId !== recordId) {
    await ports.repository.update('enrollment', { before, after: adopted(context, recordId) });
  }
  return done(`Control Tower is at work on ${product?.name ?? 'the account'}.`);
}

/** AWS's advice after a failed enrollment: take it back, and begin again with a new name. */
async function terminateProduct(
  ports: EnrollAccountPorts,
  context: StepContext,
  product: ProvisionedProduct | undefined,
): Promise<StepReport> {
  if (product === undefined) return READY_AGAIN;
  const intent = nextEnrollment(context, 'terminate', contentHash(product.id));
  if (
    !(await ports.repository.claim('enrollment', {
      before: context.tenant.enrollment,
      after: intent,
      permit: { lane: ACCOUNT_FACTORY, onceAt: null },
    }))
  )
    return TURN_NEEDED;
  return settle(ports, context, intent, await ports.factory.terminate(product, tokenOf(context, intent.attempt)));
}

async function enroll(
  ports: EnrollAccountPorts,
  context: StepContext,
  enrollment: FactoryEnrollment,
  { unitId, product }: Wanted,
): Promise<StepReport> {
  const wanted = await enrollmentRequest(ports, context, enrollment, unitId);
  const kind = product === undefined ? 'provision' : 'update';
  const intent = nextEnrollment(context, kind, requestHash(wanted, product));
  if (
    !(await ports.repository.claim('enrollment', {
      before: context.tenant.enrollment,
      after: intent,
      permit: { lane: ACCOUNT_FACTORY, onceAt: null },
    }))
  )
    return TURN_NEEDED;
  const request = { ...wanted, token: tokenOf(context, intent.attempt) };
  const started =
    product === undefined ? await ports.factory.provision(request) : await ports.factory.update(product, request);
  return settle(ports, context, intent, started);
}

async function settle(
  { repository }: EnrollAccountPorts,
  context: StepContext,
  intent: Enrollment,
  started: StartedOperation,
): Promise<StepReport> {
  if (started === 'busy') {
    await repository.update('enrollment', { before: intent, after: withoutPlace(intent, context) });
    return done('Control Tower works on as many accounts as it can.');
  }
  await repository.update('enrollment', { before: intent, after: { ...intent, recordId: started.recordId } });
  const changes = [{ what: 'enrollment', from: null, to: intent.kind }];
  const remark = `Control Tower has taken it (${started.recordId}).`;
  return done({ facts: { started: true, waitSeconds: enrollmentPoll(intent.kind, 0) }, changes, remark });
}
