import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { OutcomeEvent } from '../../../functions/ports/outcome-publisher';
import { VirtualClock } from '../../../sandbox/runtime/embedded/virtual-clock';
import { Operator } from '../../../sandbox/simulation/operator';
import { Violations } from '../../../sandbox/simulation/violations';
import { TENANT, tenant } from '../../fakes/vending';

const MAX_REPLAYS = 25;

describe('the operator of a simulation', () => {
  let clock: VirtualClock;
  let operator: Operator;
  let violations: Violations;
  let calls: string[];
  let tenants: Map<string, TenantRecord>;
  let outcomes: OutcomeEvent[];

  beforeEach(() => {
    calls = [];
    clock = new VirtualClock(new Date('2026-03-02T08:00:00.000Z'), () => false);
    violations = new Violations(() => 0);
    const callApi = ({ path }: { readonly path: string }) => {
      calls.push(path);
      return Promise.resolve({ status: 202, body: {} });
    };
    // It fails again, whatever is done.
    tenants = new Map([[TENANT, tenant({ status: 'FAILED' })]]);
    outcomes = [];
    operator = new Operator({ seed: 1 }, { application: { callApi, outcomes }, mirror: { tenants }, violations });
  });

  afterEach(() => {
    clock.uninstall();
  });

  const failed = (tenantUuid: string, error: string, cause = ''): void => {
    outcomes.push({ type: 'Account Vending Failed', detail: { tenantUuid, error, cause } } as OutcomeEvent);
  };

  const lookOften = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      operator.look();
      await clock.pass(24 * 3600);
    }
  };

  it('replays what has failed, and gives up after many times', async () => {
    await lookOften(MAX_REPLAYS);
    expect(violations.all).toEqual([]);
    await lookOften(1);

    expect(calls).toEqual(Array.from({ length: MAX_REPLAYS }, () => `/vendings/${TENANT}/replay`));
    expect(violations.all).toMatchObject([{ invariant: 'every request ends vended' }]);
  });

  it('replays soon at first, and later each time where that does not help', async () => {
    const HOUR = 3600;
    for (let minutes = 0; minutes < 4 * 60; minutes += 10) {
      operator.look();
      await clock.pass(600);
    }
    const soon = calls.length;
    for (let minutes = 0; minutes < 20 * 60; minutes += 10) {
      operator.look();
      await clock.pass(600);
    }

    expect(soon).toBeGreaterThanOrEqual((4 * HOUR) / (1800 + 600));
    expect(calls.length - soon).toBeLessThan(soon);
  });

  it('has all its patience again in another round, and counts every replay', async () => {
    await lookOften(MAX_REPLAYS);
    operator.begin();
    await lookOften(MAX_REPLAYS);

    expect(violations.all).toEqual([]);
    expect(operator.replays).toBe(2 * MAX_REPLAYS);
  });

  describe('does not give up', () => {
    const HOLDER = 'b5e1f6f8-8a44-4d2c-9f57-0a6d9f4a1c02';
    const NAME_TAKEN = `The alias "likvid" belongs to another tenant (${HOLDER}).`;

    it.each(['ApprovalRejected', 'ApprovalExpired'])('a run that nobody has approved: %s', async (error) => {
      failed(TENANT, error);
      await lookOften(MAX_REPLAYS + 1);
      expect(violations.all).toEqual([]);
    });

    it('a run that needs a name of a tenant that waits for an approval', async () => {
      tenants.set(HOLDER, tenant({ tenantUuid: HOLDER, status: 'AWAITING_APPROVAL' }));
      failed(TENANT, 'RejectedError', NAME_TAKEN);
      await lookOften(MAX_REPLAYS + 1);
      expect(violations.all).toEqual([]);
    });

    it('but gives up a run that needs a name of any other tenant', async () => {
      tenants.set(HOLDER, tenant({ tenantUuid: HOLDER, status: 'VENDED' }));
      failed(TENANT, 'RejectedError', NAME_TAKEN);
      await lookOften(MAX_REPLAYS + 1);
      expect(violations.all).not.toEqual([]);
    });
  });
});
