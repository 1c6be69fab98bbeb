import { contentHash } from '../../domain/canonical-json';
import { enrollmentLook } from '../../domain/enrollment-look';
import { ACCOUNT_FACTORY } from '../../domain/lanes';
import type { Enrollment } from '../../domain/enrollment-record';
import type { FactoryEnrollment } from '../../domain/planned-enrollment';
import { adopted, kindOf, nextEnrollment, tokenOf, withoutPlace } from '../../domain/next-enrollment';
import { accountOf, type Step, type StepReport, type Vending } from '../../domain/vending';
import type { AccountDirectory } from '../../ports/account-directory';
import type { AccountFactory, ProvisionedProduct, StartedOperation } from '../../ports/account-factory';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { ControlTower } from '../../ports/control-tower';
import type { OrganizationTree } from '../../ports/organization-tree';
import { enrollByMove } from './enroll-by-move';
import { nothingToDo, reportOf, TURN_NEEDED, wantedUnit } from './enrolled';
import { enrollmentRequest } from './enrollment-request';

export interface EnrollAccountPorts {
  readonly memory: FurnishingMemory;
  readonly factory: AccountFactory;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
  readonly tree: OrganizationTree;
  readonly controlTower: Pick<ControlTower, 'registrationOf' | 'enrollmentOf'>;
}

/**
 * Starts whatever brings the account under Control Tower, in the plan's OU. Where Control Tower follows moves, that is the move; else the Account
 * Factory provisions it (an existing account is enrolled by that), moves an
 * enrolled one, repairs a tainted one, or takes back an enrollment that has failed. CheckEnrollment waits for the end and comes back here, until
 * nothing is to be done any more.
 *
 * Whatever is started takes a turn in the lane of the Account Factory (`turnNeeded` where there is none: the workflow queues for it); looking takes
 * none. A second run of an enrolled account in its OU writes nothing. A repeated call of the same attempt carries the same token, so Service Catalog
 * answers with the operation that goes on already.
 *
 * @throws RejectedError when a prerequisite is missing: product, active version, launch path, OU, its registration
 */
export function enrollAccount(ports: EnrollAccountPorts): Step {
  return async (vending) => {
    const { enrollment } = vending.plan;
    if (enrollment?.strategy === 'auto-enroll') return enrollByMove(ports, vending);
    const product = await findProduct(ports, vending);
    const parentId = await ports.tree.parentOf(accountOf(vending).id);
    const unitId = await wantedUnit(ports, vending, parentId);
    const isEnrolled = product?.status === 'AVAILABLE' && parentId === unitId;
    if (enrollment === null || isEnrolled) return nothingToDo(ports, vending);
    if (product?.status === 'UNDER_CHANGE') return adopt(ports, vending, product);
    if (product !== undefined && kindOf(product) === 'terminate') return takeBack(ports, vending, product, parentId);
    return enroll(ports, vending, enrollment, unitId, product);
  };
}

async function findProduct({ factory }: EnrollAccountPorts, vending: Vending): Promise<ProvisionedProduct | undefined> {
  const byAccount = await factory.findByAccount(accountOf(vending).id);
  const name = vending.tenant.enrollment?.productName ?? null;
  return byAccount ?? (name === null ? undefined : await factory.findByName(name));
}

/** Somebody, an earlier run of ours or a person, has started something: its end decides. */
async function adopt(ports: EnrollAccountPorts, vending: Vending, product: ProvisionedProduct): Promise<StepReport> {
  const before = vending.tenant.enrollment;
  const { lastRecordId: recordId } = product;
  if (before?.phase !== 'asked' || before.recordId !== recordId) {
    await ports.memory.recordEnrollment(before, adopted(vending, recordId));
  }
  return reportOf(`Control Tower is at work on ${product.name}.`);
}

/** AWS's advice after a failed enrollment: out of the OU, take it back, and begin again with a new name. */
async function takeBack(
  ports: EnrollAccountPorts,
  vending: Vending,
  product: ProvisionedProduct,
  parentId: string,
): Promise<StepReport> {
  const intent = nextEnrollment(vending, 'terminate', contentHash(product.id));
  if (!(await ports.memory.recordEnrollmentIntent(vending.tenant.enrollment, intent, ACCOUNT_FACTORY)))
    return TURN_NEEDED;
  const root = await ports.tree.rootAbove(parentId);
  if (parentId !== root) {
    await ports.tree.moveAccount({ accountId: accountOf(vending).id, from: parentId, to: root });
  }
  return settle(ports, vending, intent, await ports.factory.terminate(product, tokenOf(vending, intent.attempt)));
}

async function enroll(
  ports: EnrollAccountPorts,
  vending: Vending,
  enrollment: FactoryEnrollment,
  unitId: string,
  product: ProvisionedProduct | undefined,
): Promise<StepReport> {
  const wanted = await enrollmentRequest(ports, vending, enrollment, unitId);
  const intent = nextEnrollment(vending, kindOf(product), contentHash({ ...wanted, product: product?.id ?? null }));
  if (!(await ports.memory.recordEnrollmentIntent(vending.tenant.enrollment, intent, ACCOUNT_FACTORY)))
    return TURN_NEEDED;
  const request = { ...wanted, token: tokenOf(vending, intent.attempt) };
  const started =
    product === undefined ? await ports.factory.provision(request) : await ports.factory.update(product, request);
  return settle(ports, vending, intent, started);
}

async function settle(
  { memory }: EnrollAccountPorts,
  vending: Vending,
  intent: Enrollment,
  started: StartedOperation,
): Promise<StepReport> {
  if (started === 'busy') {
    await memory.recordEnrollment(intent, withoutPlace(intent, vending));
    return reportOf('Control Tower works on as many accounts as it can.');
  }
  await memory.recordEnrollment(intent, { ...intent, recordId: started.recordId });
  const changes = [{ what: 'enrollment', from: null, to: intent.kind }];
  const remark = `Control Tower has taken it (${started.recordId}).`;
  const waitSeconds = enrollmentLook(intent.kind, 0);
  return { result: { started: true, turnNeeded: false, waitSeconds }, changes, remark };
}
