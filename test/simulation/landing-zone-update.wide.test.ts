import type { Rollout } from '../../functions/api/rollout-responses';
import { seededRandom } from '../../sandbox/organization/draw';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { AccountSeed, ControlTowerSeed, UnitSeed } from '../../sandbox/organization/organization-seed';
import { plantProduct } from '../../sandbox/organization/services/service-catalog/plant-product';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { fewOrMany } from '../few-or-many';
import { RolloutCalls } from './rollout-calls';
import { SimulatedVending, type SimulationOptions, START } from './simulated-vending';

const ACCOUNTS = fewOrMany(60, 500);

const UNITS = 5;

/** On a busy machine. */
jest.setTimeout(120_000 + ACCOUNTS * 300);

const unitId = (unit: number): string => `ou-ab12-fleet00${unit}`;

const accountId = (number: number): string => String(580_000_000_000 + number);

const numbers = Array.from({ length: ACCOUNTS }, (_, number) => number);

const units: readonly UnitSeed[] = Array.from({ length: UNITS }, (_, unit) => ({
  id: unitId(unit),
  name: `Fleet ${unit}`,
  parentId: 'r-ab12',
  registered: true,
  baselineVersion: '4.0',
}));

/** The same, where only settings of the landing zone have changed. */
const newest: readonly UnitSeed[] = units.map((unit) => ({ ...unit, baselineVersion: '5.0' }));

const regions = (count: number): readonly string[] => Array.from({ length: count }, (_, number) => `region-${number}`);

const account = (number: number): AccountSeed => ({
  id: accountId(number),
  name: `f-${number}`,
  email: `f+${number}@corp.example`,
  governed: true,
  accessRole: 'AWSControlTowerExecution',
  parentId: unitId(number % UNITS),
});

const UPDATED_AT = new Date(START.getTime() - 3_600_000).toISOString();

/** A part works on up to 200 accounts, and has to come through in ten tries. */
const KILLED_SHARE = Math.min(0.002, 0.12 / Math.min(200, ACCOUNTS / UNITS));

/** One in fifty. */
const isFailing = (id: string): boolean => Number(id.slice(-6)) % 50 === 7;

describe(`an update of the landing zone with ${ACCOUNTS} accounts`, () => {
  let simulation: SimulatedVending;
  let calls: RolloutCalls;

  const begin = (
    options: SimulationOptions = {},
    controlTower: ControlTowerSeed = {},
    unitsOfFleet: readonly UnitSeed[] = units,
  ): void => {
    const seed = exampleOrganization();
    simulation = new SimulatedVending({
      ...options,
      seed: {
        organizationalUnits: [...seed.organizationalUnits, ...unitsOfFleet],
        accounts: [...seed.accounts, ...numbers.map(account)],
        controlTower: { updatedAt: UPDATED_AT, ...controlTower },
      },
    });
    calls = new RolloutCalls(simulation);
  };

  const planned = (request: object = {}): Promise<Rollout> => calls.planned({ kind: 'landing-zone', ...request });

  const statesOf = async (id: string): Promise<Readonly<Record<string, number>>> => {
    const counts: Record<string, number> = {};
    for (const { state } of await calls.tenantsOf(id)) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  };

  const versions = (): ReadonlySet<string | undefined> =>
    new Set([...simulation.organization.state.inheritedBaselines.values()].map(({ version }) => version));

  const begun = (): readonly string[] =>
    simulation.organization.calls
      .filter(({ operation, outcome }) => /^(?:Reset|Update)EnabledBaseline$/u.test(operation) && outcome === 'ok')
      .map(({ operation }) => operation);

  afterEach(() => {
    simulation.stop();
  });

  it('brings all of them there within a day by units, killed as it is, and leaves none unknown', async () => {
    const random = seededRandom(5);
    let kills = 0;
    const onEffect = ({ function: name }: Effect): 'kill' | 'go-on' => {
      if (name !== 'RollOut' || random() > KILLED_SHARE) return 'go-on';
      kills += 1;
      return 'kill';
    };
    begin({ onEffect });
    const plan = await planned();
    expect(plan).toMatchObject({ kind: 'landing-zone', status: 'PLANNED', changing: ACCOUNTS, refused: 0 });
    expect(plan.landingZone).toMatchObject({
      version: '4.0',
      baselineVersion: '5.0',
      updatedAt: UPDATED_AT,
      single: 0,
    });
    expect(plan.groups).toMatchObject([{ kinds: ['changes baseline', 'changes regions'], tenants: ACCOUNTS }]);
    expect(begun()).toEqual([]);
    const before = Date.now();
    expect(await calls.started(plan)).toMatchObject({ status: 'ENDED', done: ACCOUNTS, failed: 0, running: 0 });
    const hours = (Date.now() - before) / 3_600_000;
    expect(hours).toBeLessThanOrEqual(24);
    expect((plan.secondsLeft ?? 0) / 3600).toBeGreaterThan(hours / 2);
    expect(await statesOf(plan.id)).toEqual({ DONE: ACCOUNTS });
    expect([...versions()]).toEqual(['5.0']);
    expect(begun()).toEqual(Array.from({ length: UNITS }, () => 'UpdateEnabledBaseline'));
    expect(kills).toBeGreaterThan(0);
    expect(simulation.application.deadLetters).toEqual([]);
    expect(await planned()).toMatchObject({ status: 'PLANNED', changing: 0 });
  });

  it('stops where one in a hundred has failed, goes on when it is resumed, and says of each why', async () => {
    begin({ faults: { autoEnrollment: isFailing } });
    const plan = await planned({ stopAtFailedShare: 0.01 });
    let rollout = await calls.started(plan);
    const failing = numbers.filter((number) => isFailing(accountId(number)));
    expect(rollout.status).toBe('STOPPED');
    for (let stops = 0; rollout.status === 'STOPPED' && stops < UNITS; stops += 1) {
      expect(rollout.reason).toMatch(/have failed/u);
      rollout = await calls.resumed(rollout);
    }
    expect(rollout).toMatchObject({ status: 'ENDED', done: ACCOUNTS - failing.length, failed: failing.length });
    const told = (await calls.tenantsOf(plan.id)).filter(({ state }) => state === 'FAILED');
    expect(told.map((one) => one.accountId)).toEqual(failing.map(accountId));
    expect(told.every(({ reason }) => reason?.includes('enrollment FAILED'))).toBe(true);
    expect(simulation.application.rolloutEvents.map(({ detail }) => detail.kind)).toContain('landing-zone');
  });

  it('updates accounts one by one where a unit is too large, and those that have failed and are tried again', async () => {
    let isHindered = true;
    const [first = 0, second = 0, third = 0, fourth = 0] = numbers.filter((number) => number % UNITS === 0);
    const ofSecond = `f+${second}@corp.example`;
    const faults = {
      accountFactory: ({ email }: { readonly email: string }) =>
        isHindered && email === ofSecond ? 'An SCP denies it.' : undefined,
    };
    begin({ faults }, { governedRegions: regions(5000) }, newest);
    const { state } = simulation.organization;
    const four = [first, second, third, fourth];
    for (const number of numbers) if (!four.includes(number)) state.inheritedBaselines.delete(accountId(number));
    const plant = (number: number): void => {
      const id = accountId(number);
      const planted = { id: `pp-${id}`, name: `p-${number}`, accountId: id, createdAt: 0 };
      plantProduct(state, { ...planted, status: 'AVAILABLE', hasSucceeded: true });
    };
    [first, second, third].forEach(plant);
    const plan = await planned({ stopAtFailedShare: 0.5 });
    expect(plan).toMatchObject({ changing: 4, landingZone: { single: 4 }, secondsLeft: 4 * 1806 });
    const stopped = await calls.started(plan);
    expect(stopped).toMatchObject({ status: 'STOPPED', done: 2, failed: 2 });
    const reasons = (await calls.tenantsOf(plan.id)).map(({ reason }) => reason);
    expect(reasons).toMatchObject([
      null,
      expect.stringContaining('An SCP denies it.'),
      null,
      expect.stringContaining('has no product'),
    ]);
    isHindered = false;
    plant(fourth);
    expect(await calls.retried(stopped)).toMatchObject({ status: 'ENDED', done: 4, failed: 0 });
    expect(begun()).toEqual([]);
    expect(await planned()).toMatchObject({ changing: 0, leftAlone: 4 });
  });

  it('leaves alone what is too large for a new version, or was moved to where nothing is governed, and says so', async () => {
    begin({}, { governedRegions: regions(14_000) });
    const moved = simulation.organization.state.accounts.get(accountId(0));
    if (moved !== undefined) moved.parentId = 'ou-ab12-legacy01';
    const plan = await planned();
    expect(plan).toMatchObject({ status: 'PLANNED', changing: 0, refused: ACCOUNTS });
    const refusals = (await calls.tenantsOf(plan.id)).map(({ accountId: id, refusal }) => [id, refusal?.message]);
    expect(new Map(refusals as [string, string][]).get(accountId(0))).toMatch('It is in ou-ab12-legacy01');
    expect(new Map(refusals as [string, string][]).get(accountId(1))).toMatch('Control Tower takes 1 in a unit');
    expect(await calls.started(plan)).toMatchObject({ status: 'ENDED', done: 0 });
    expect(begun()).toEqual([]);
  });

  it('takes in an account that was moved by hand, by a reset of the unit that it is in', async () => {
    begin({}, {}, newest);
    const { state } = simulation.organization;
    for (const number of numbers) {
      state.inheritedBaselines.set(accountId(number), {
        unitId: unitId(number % UNITS),
        status: 'SUCCEEDED',
        operationId: 'x',
      });
    }
    Object.assign(state.controlTower.setup, { updatedAt: '1970-01-01T00:00:00.000Z' });
    const moved = state.accounts.get(accountId(0));
    if (moved !== undefined) moved.parentId = unitId(1);
    const plan = await planned();
    expect(plan).toMatchObject({ changing: 1, leftAlone: ACCOUNTS - 1 });
    expect(plan.groups).toMatchObject([{ kinds: ['changes drift'] }]);
    expect(await calls.started(plan)).toMatchObject({ status: 'ENDED', done: 1, failed: 0 });
    expect(begun()).toEqual(['ResetEnabledBaseline']);
    expect(state.inheritedBaselines.get(accountId(0))).toMatchObject({ unitId: unitId(1) });
  });

  it('is paused, resumed and aborted as other rollouts are; what Control Tower has begun ends by itself', async () => {
    begin();
    const plan = await planned();
    await calls.post(`/rollouts/${plan.id}/start`, { token: plan.token });
    await simulation.pass(1200);
    const running = await calls.read(plan.id);
    expect(running).toMatchObject({ status: 'RUNNING', running: ACCOUNTS / UNITS });
    expect(running.secondsLeft).toBeLessThan(plan.secondsLeft ?? 0);
    const before = begun();
    await calls.post(`/rollouts/${plan.id}/pause`);
    await simulation.settle();
    expect(begun()).toEqual(before);
    await calls.post(`/rollouts/${plan.id}/resume`);
    await simulation.pass(600);
    await calls.post(`/rollouts/${plan.id}/abort`);
    await simulation.pass(4 * 3600);
    expect(await calls.read(plan.id)).toMatchObject({ status: 'ABORTED' });
    const left = await planned();
    expect(left.changing).toBe(ACCOUNTS - (ACCOUNTS / UNITS) * begun().length);
  });

  it('is refused while the landing zone itself is not ready', async () => {
    begin({}, { status: 'PROCESSING' });
    expect(await planned()).toMatchObject({
      status: 'REFUSED',
      reason: expect.stringContaining('PROCESSING') as unknown,
    });
    const { status, body } = await calls.post('/rollouts', { kind: 'landing-zone', configurationHash: 'abc' });
    expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ field: 'configurationHash' }] } });
  });
});
