import type { Enrollment } from '../../domain/ledger-records';
import type { VendingPlan } from '../../domain/plan';
import { accountOf, type Step, type StepReport, type Vending } from '../../domain/vending';
import type { AccountDirectory } from '../../ports/account-directory';
import type { AccountFactory, ProvisionedProduct, StartedOperation } from '../../ports/account-factory';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { OrganizationTree } from '../../ports/organization-tree';
import { enrollmentRequest } from './enrollment-request';

export interface EnrollAccountPorts {
  readonly memory: FurnishingMemory;
  readonly factory: AccountFactory;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
  readonly tree: OrganizationTree;
}

/**
 * Starts whatever brings the account under Control Tower, in the plan's OU: provisions it (an existing account is enrolled by that), moves an
 * enrolled one, repairs a tainted one, or takes back an enrollment that has failed. CheckEnrollment waits for the end and comes back here, until
 * nothing is to be done any more.
 *
 * A second run of an enrolled account in its OU writes nothing. A repeated call of the same attempt carries the same token, so Service Catalog
 * answers with the operation that goes on already.
 *
 * @throws RejectedError when a prerequisite is missing: product, active version, launch path, registered OU
 */
export function enrollAccount(ports: EnrollAccountPorts): Step {
  return async (vending) => {
    const { enrollment } = vending.plan;
    const product = await findProduct(ports, vending);
    if (enrollment === null || (product?.status === 'AVAILABLE' && (await isInPlace(ports, vending)))) {
      return nothingToDo(ports, vending);
    }
    if (product?.status === 'UNDER_CHANGE') return adopt(ports, vending, product);
    const kind = kindOf(product);
    const intent = nextEnrollment(vending, kind);
    await ports.memory.recordEnrollment(vending.tenant.enrollment, intent);
    return settle(ports, vending, intent, await begin(ports, vending, enrollment, intent, product));
  };
}

async function findProduct({ factory }: EnrollAccountPorts, vending: Vending): Promise<ProvisionedProduct | undefined> {
  const byAccount = await factory.findByAccount(accountOf(vending).id);
  const { enrollment } = vending.tenant;
  return (
    byAccount ?? (enrollment === null ? undefined : await factory.findByName(tokenOf(vending, enrollment.attempt)))
  );
}

async function isInPlace({ tree }: EnrollAccountPorts, vending: Vending): Promise<boolean> {
  return (await tree.parentOf(accountOf(vending).id)) === vending.plan.targetOrgUnitId;
}

async function nothingToDo({ memory }: EnrollAccountPorts, { tenant: { enrollment } }: Vending): Promise<StepReport> {
  if (enrollment !== null && enrollment.phase !== 'ended') {
    await memory.recordEnrollment(enrollment, { ...enrollment, phase: 'ended', busySince: null, failures: 0 });
  }
  return { result: { started: false }, remark: 'The account is enrolled, in its organizational unit.' };
}

/** Somebody, an earlier run of ours or a person, has started something: its end decides. */
async function adopt(ports: EnrollAccountPorts, vending: Vending, product: ProvisionedProduct): Promise<StepReport> {
  const before = vending.tenant.enrollment;
  if (before?.phase !== 'asked' || before.recordId !== product.lastRecordId) {
    const adopted = { ...nextEnrollment(vending, 'update'), recordId: product.lastRecordId };
    await ports.memory.recordEnrollment(before, { ...adopted, attempt: before?.attempt ?? 0 });
  }
  return { result: { started: false }, remark: `Control Tower is at work on ${product.name}.` };
}

/** What never succeeded is taken back, as AWS advises; what did is updated: repaired, or moved to another OU. */
function kindOf(product: ProvisionedProduct | undefined): Enrollment['kind'] {
  if (product === undefined) return 'provision';
  return product.hasSucceeded ? 'update' : 'terminate';
}

/** The token, and the name of a provisioned product: readable, and new for every attempt. */
function tokenOf(vending: Vending, attempt: number): string {
  const account = accountOf(vending);
  const name = account.name.replace(/[^A-Za-z0-9-]/g, '-').replace(/^-+/, '');
  return `${name}-${account.id}-${vending.tenant.tenantUuid.slice(0, 8)}-${attempt}`;
}

function nextEnrollment({ tenant: { enrollment: before }, now }: Vending, kind: Enrollment['kind']): Enrollment {
  // Accepted under this attempt's token, or asked for something else: the token is used up.
  const isUsed = before?.recordId !== null || before.kind !== kind;
  return {
    phase: 'asked',
    kind,
    attempt: (before?.attempt ?? 0) + (isUsed ? 1 : 0),
    recordId: null,
    askedAt: now.toISOString(),
    busySince: before?.busySince ?? null,
    hasPaused: false,
    failures: before?.failures ?? 0,
  };
}

async function begin(
  ports: EnrollAccountPorts,
  vending: Vending,
  enrollment: NonNullable<VendingPlan['enrollment']>,
  intent: Enrollment,
  product: ProvisionedProduct | undefined,
): Promise<StartedOperation> {
  const token = tokenOf(vending, intent.attempt);
  if (product !== undefined && intent.kind === 'terminate') {
    await moveToRoot(ports, vending);
    return ports.factory.terminate(product, token);
  }
  const request = { ...(await enrollmentRequest(ports, vending, enrollment)), token };
  return product === undefined ? ports.factory.provision(request) : ports.factory.update(product, request);
}

/** AWS's advice after a failed enrollment: out of the OU, take it back, and begin again with a new name. */
async function moveToRoot({ tree }: EnrollAccountPorts, vending: Vending): Promise<void> {
  const accountId = accountOf(vending).id;
  const parent = await tree.parentOf(accountId);
  const root = await tree.rootAbove(parent);
  if (parent !== root) await tree.moveAccount({ accountId, from: parent, to: root });
}

async function settle(
  { memory }: EnrollAccountPorts,
  vending: Vending,
  intent: Enrollment,
  started: StartedOperation,
): Promise<StepReport> {
  if (started === 'busy') {
    const busySince = intent.busySince ?? vending.now.toISOString();
    await memory.recordEnrollment(intent, { ...intent, phase: 'waiting', busySince });
    return { result: { started: false }, remark: 'Control Tower works on as many accounts as it can.' };
  }
  await memory.recordEnrollment(intent, { ...intent, recordId: started.recordId, busySince: null });
  const changes = [{ what: 'enrollment', from: null, to: `${intent.kind} (${started.recordId})` }];
  return { result: { started: true }, changes };
}
