import { contentHash } from '../../domain/canonical-json';
import { ACCOUNT_FACTORY, enrollmentLane } from '../../domain/lanes';
import { adopted, nextEnrollment, tokenOf, withoutPlace } from '../../domain/next-enrollment';
import { accountOf, type Step, type StepReport, type Vending } from '../../domain/vending';
import type { AccountFactory, ProvisionedProduct } from '../../ports/account-factory';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { LaneTurns } from '../../ports/lane-queue';

export interface UnenrollAccountPorts {
  readonly memory: Pick<FurnishingMemory, 'recordEnrollment' | 'recordEnrollmentIntent'>;
  readonly factory: Pick<AccountFactory, 'findByAccount' | 'findByName' | 'terminate'>;
  readonly turns: Pick<LaneTurns, 'free'>;
}

/**
 * Takes the account out of Control Tower before it is closed: Control Tower goes on looking after an account that is closed under its management, as drift.
 * Terminating the product of the Account Factory unmanages the account and does not close it. CheckEnrollment waits for the end and comes back here, until
 * there is no product (`ready`).
 *
 * It takes a turn in the lane of the Account Factory (`turnNeeded` where there is none: the workflow queues for it); looking takes none. What somebody else
 * has started is waited for first, an enrollment that a run before this one has begun among it. A second run finds nothing and writes nothing; where the one before
 * was killed after it had asked, it may be the one that sees the end, and frees the slot.
 */
export function unenrollAccount(ports: UnenrollAccountPorts): Step {
  return async (vending) => {
    const product = await findProduct(ports, vending);
    if (product === undefined) return isOut(ports, vending);
    if (product.status === 'UNDER_CHANGE') return waitFor(ports, vending, product);
    return terminate(ports, vending, product);
  };
}

/** Not where there is no Control Tower: nobody may ask Service Catalog there. */
async function findProduct(
  { factory }: UnenrollAccountPorts,
  vending: Vending,
): Promise<ProvisionedProduct | undefined> {
  if (vending.plan.enrollment === null) return undefined;
  const byAccount = await factory.findByAccount(accountOf(vending).id);
  const name = vending.tenant.enrollment?.productName ?? null;
  return byAccount ?? (name === null ? undefined : await factory.findByName(name));
}

async function isOut({ memory, turns }: UnenrollAccountPorts, { tenant, plan }: Vending): Promise<StepReport> {
  const { enrollment } = tenant;
  const lane = enrollmentLane(plan);
  if (lane !== null && tenant.turns[lane.name] !== undefined) await turns.free(lane);
  // Its attempts go on being counted: a token is never used for two operations, should the deletion be taken back.
  if (enrollment !== null && enrollment.phase !== 'ended') {
    await memory.recordEnrollment(enrollment, { ...enrollment, phase: 'ended', busySince: null, failures: 0 });
  }
  return { result: { ready: true, turnNeeded: false }, remark: 'Control Tower does not manage the account.' };
}

const comesBack = (remark: string, turnNeeded = false): StepReport => ({
  result: { ready: false, turnNeeded },
  remark,
});

async function waitFor(
  { memory }: UnenrollAccountPorts,
  vending: Vending,
  { name, lastRecordId }: ProvisionedProduct,
): Promise<StepReport> {
  const before = vending.tenant.enrollment;
  if (before?.phase !== 'asked' || before.recordId !== lastRecordId) {
    await memory.recordEnrollment(before, adopted(vending, lastRecordId));
  }
  return comesBack(`Control Tower is at work on ${name}.`);
}

async function terminate(
  { memory, factory }: UnenrollAccountPorts,
  vending: Vending,
  product: ProvisionedProduct,
): Promise<StepReport> {
  const intent = nextEnrollment(vending, 'terminate', contentHash(product.id));
  if (!(await memory.recordEnrollmentIntent(vending.tenant.enrollment, intent, ACCOUNT_FACTORY))) {
    return comesBack('It has no turn to ask the Account Factory.', true);
  }
  const started = await factory.terminate(product, tokenOf(vending, intent.attempt));
  if (started === 'busy') {
    await memory.recordEnrollment(intent, withoutPlace(intent, vending));
    return comesBack('Control Tower works on as many accounts as it can.');
  }
  await memory.recordEnrollment(intent, { ...intent, recordId: started.recordId });
  const changes = [{ what: 'enrollment', from: product.name, to: null }];
  return { ...comesBack(`Control Tower is unmanaging the account (${started.recordId}).`), changes };
}
