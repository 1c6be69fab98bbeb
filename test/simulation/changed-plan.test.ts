import type { VendingPlan } from '../../functions/domain/plan/plan';
import { PlanRecordSchema } from '../../functions/domain/records/ledger-records';
import { planKey } from '../../functions/ledger/base/keys';
import { changed, type Change, desiredStateJson } from '../functions/domain/examples';
import { TENANT } from './example-vending';
import { provisioningConfiguration, managementAccountId } from './provisioning';
import { SimulatedVending } from './simulated-vending';

/** On a busy machine. */
const INTRUDER = '444444444444';
const ELSEWHERE = 'ou-ab12-legacy01';
const SEQUENCE = desiredStateJson.replicationSequence;

/** What somebody would write who wants accounts, or to get into them. */
const changes: readonly Change[] = [
  ['stackSetExecutionRole.trustedAccountId', INTRUDER],
  ['targetOrgUnitId', ELSEWHERE],
  ['enrollment.managementAccountId', INTRUDER],
  ['groups', [{ name: 'mst-intruders', awsRole: 'admin', projectRoles: [], permissionSetArns: [], members: ['u-9'] }]],
  ['account.email', 'intruder@elsewhere.example'],
];

const WRITES_NOTHING = /^(?:Describe|List|Get|Search|AssumeRole|BatchGet)/u;

describe('a plan that somebody has changed in the ledger', () => {
  let simulation: SimulatedVending;

  beforeEach(() => {
    simulation = new SimulatedVending({ configuration: provisioningConfiguration() });
  });
  afterEach(() => {
    simulation.stop();
  });

  /** As one PutItem does it. */
  const put = async (plan: unknown, sequence = SEQUENCE): Promise<void> => {
    const key = planKey(TENANT, sequence, 1);
    const [item] = await simulation.application.ledger.read([key]);
    await simulation.application.ledger.commit([{ key, expectedVersion: item?.version ?? 0, data: { plan } }]);
  };

  const stored = async (sequence = SEQUENCE): Promise<VendingPlan> => {
    const [item] = await simulation.application.ledger.read([planKey(TENANT, sequence, 1)]);
    return PlanRecordSchema.parse(item?.data).plan;
  };

  const writesSince = (calls: number): readonly string[] =>
    simulation.organization.calls
      .slice(calls)
      .map(({ operation }) => operation)
      .filter((operation) => !WRITES_NOTHING.test(operation));

  /** Each leads into other states next: through a wait, into a turn, into an iteration. */
  const MOMENTS = ['CreateAccount', 'MoveAccount', 'ProvisionProduct', 'CreateStackInstances', 'PutRolePolicy'];

  it.each(MOMENTS)('ends its run before anything else is written to AWS: after %s', async (operation) => {
    simulation.sendEvent();
    await simulation.until(() => simulation.outcomesOf(operation).length > 0);
    await put(changed(await stored(), ...changes));
    const calls = simulation.organization.calls.length;
    await simulation.settle();
    const detail = await simulation.detail();
    expect(detail).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
    expect(detail.lastError?.message).toContain('the plan was changed');
    expect(detail.lastError?.remedy).toContain('replay this run');
    expect(simulation.outcomes).toMatchObject([{ type: 'Account Vending Failed' }]);
    expect(writesSince(calls)).toEqual([]);
    expect(simulation.application.deadLetters).toEqual([]);
  });

  it('ends a closing in the same way', async () => {
    simulation.stop();
    const closes: Change = ['landingZone.closeAccount', true];
    simulation = new SimulatedVending({ configuration: provisioningConfiguration(closes) });
    simulation.sendEvent();
    await simulation.settle();
    const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];
    simulation.sendEvent(['replicationSequence', SEQUENCE + 1], deletion);
    await simulation.until(() => simulation.outcomesOf('TerminateProvisionedProduct').length > 0);
    await put(changed(await stored(SEQUENCE + 1), ['closing.managementAccountId', INTRUDER]), SEQUENCE + 1);
    const calls = simulation.organization.calls.length;
    await simulation.settle();
    const detail = await simulation.detail();
    expect(detail).toMatchObject({ status: 'FAILED', replicationSequence: SEQUENCE + 1 });
    expect(detail.lastError?.message).toContain('the plan was changed');
    expect(writesSince(calls)).toEqual([]);
    expect(simulation.madeAccounts).toMatchObject([{ state: 'ACTIVE' }]);
  });

  it('is refused again by a redrive, and is made again by a replay', async () => {
    simulation.sendEvent();
    await simulation.until(() => simulation.outcomesOf('MoveAccount').length > 0);
    await put(changed(await stored(), ...changes));
    await simulation.settle();
    const calls = simulation.organization.calls.length;
    const { executionArn } = await simulation.detail();
    await simulation.application.workflow.redrive(executionArn ?? '');
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED', run: 1 });
    expect(writesSince(calls)).toEqual([]);
    expect(await simulation.replay()).toMatchObject({ status: 202, body: { replay: 'restarted' } });
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', run: 2 });
    const [account] = simulation.madeAccounts;
    expect(JSON.stringify([...(account?.roles.values() ?? [])])).not.toContain(INTRUDER);
  });

  it('counts for nothing where it stands before the run begins', async () => {
    simulation.sendEvent();
    await simulation.until(() => simulation.outcomesOf('CreateAccount').length > 0);
    const own = await stored();
    simulation.stop();
    simulation = new SimulatedVending({ configuration: provisioningConfiguration() });
    await put(changed(own, ...changes));
    simulation.sendEvent();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(await stored()).toEqual(own);
    expect(own.enrollment?.managementAccountId).toBe(managementAccountId);
  });
});
