import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { RolloutRecord, RolloutTenant } from '../../../functions/domain/rollout/rollout';
import { waveOf } from '../../../functions/domain/rollout/waves';
import type { Preview } from '../../../functions/domain/run/preview';
import { landingZoneKey } from '../../../functions/ledger/base/keys';
import { listRolloutTenants, writeRolloutTenants } from '../../../functions/ledger/rollout/rollout-tenants';
import { planTenants } from '../../../functions/rollout/plan-tenants';
import { sumUpPlan } from '../../../functions/rollout/sum-up-plan';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { after, NOW } from '../../fakes/vending';
import { type Change, configuration } from '../domain/examples';
import { failed, overwrite } from '../ledger/ledger-calls';
import { endedTenant, ID, member, memberIn, rollout, updateTenant, uuid } from './rollout-world';

const CHANGE = { state: 'TagAccount', what: 'tag', from: null, to: 'a' };

describe('a part of the plan of a rollout', () => {
  let ledger: RecordingLedgerStore;
  let preview: Preview;
  let asked: string[];
  let changes: readonly Change[];
  /** Landing zones beside `aws-dev`. */
  let others: readonly string[];

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    preview = { changes: [CHANGE], refusal: null };
    asked = [];
    changes = [];
    others = [];
  });

  const canary = (tenants: number): Partial<RolloutRecord> => ({
    limits: { ...rollout().limits, canary: { tenants } },
  });

  const deployed = (): Configuration => {
    const known = configuration(...changes);
    const copies = others.flatMap((name) => Object.values(known.landingZones).map((zone) => [name, zone] as const));
    return { ...known, landingZones: { ...known.landingZones, ...Object.fromEntries(copies) } };
  };

  const planned = (record: Partial<RolloutRecord> = canary(2)): Promise<RolloutRecord> =>
    planTenants(
      {
        ledger,
        configurationAt: (hash) => (hash === 'new' ? Promise.resolve(deployed()) : Promise.reject(new Error(hash))),
        previews: {
          preview: ({ tenantUuid }) => {
            asked.push(tenantUuid);
            return Promise.resolve(preview);
          },
        },
      },
      rollout(record),
    );

  const knownTenants = (): Promise<readonly RolloutTenant[]> =>
    listRolloutTenants(ledger, ID, { after: null, limit: 99 });

  it('gives the same places of the canary when it is made again, by the landing zones of the plans', async () => {
    // An earlier release has written no landing zone.
    const first = await endedTenant(ledger, 1, { landingZone: undefined });
    const place = { tenantUuid: first, landingZone: 'aws-dev' };
    expect(await planned()).toEqual(rollout({ ...canary(2), canary: [place], list: 'FAILED' }));
    expect((await planned()).canary).toEqual([place]);
    expect((await planned({ ...canary(2), canary: [place] })).canary).toEqual([place]);
    expect(asked).toEqual([first]);
  });

  it('says what a run would change', async () => {
    const first = await endedTenant(ledger, 1);
    preview = { changes: [CHANGE], changesLeftOut: 3, refusal: null };
    await planned();
    expect(await knownTenants()).toEqual([member(first, { changes: [CHANGE], changesLeftOut: 3 })]);
  });

  it.each<{
    readonly what: string;
    readonly given: Preview;
    readonly known: Partial<RolloutTenant>;
  }>([
    {
      what: 'nothing',
      given: { changes: [], refusal: null },
      known: { state: 'UNCHANGED', changes: [] },
    },
    {
      what: 'everything',
      given: { changes: null, refusal: null },
      known: { state: 'WAITING', changes: null },
    },
    {
      what: 'something, but for a refusal',
      given: {
        changes: [CHANGE],
        refusal: { state: 'GuardAccount', message: 'No.', remedy: null },
      },
      known: {
        state: 'REFUSED',
        refusal: { state: 'GuardAccount', message: 'No.', remedy: null },
      },
    },
  ])('tells of a tenant in which it would change $what', async ({ given, known }) => {
    await endedTenant(ledger, 1);
    preview = given;
    const { canary: places } = await planned();
    expect(await knownTenants()).toMatchObject([{ changesLeftOut: 0, ...known }]);
    expect(places).toHaveLength(known.state === 'WAITING' ? 1 : 0);
  });

  it.each([
    { bytes: 16 * 1024, kept: 2 },
    { bytes: 16 * 1024 + 1, kept: 1 },
  ])('keeps 16 KB of the changes of a tenant, and counts the others: $bytes bytes', async ({ bytes, kept }) => {
    const left = bytes - 2 * JSON.stringify(CHANGE).length + 2 * CHANGE.to.length;
    const changesOf = [6000, left - 6000].map((length) => ({ ...CHANGE, to: 'x'.repeat(length) }));
    await endedTenant(ledger, 1);
    preview = { changes: [...changesOf, CHANGE], changesLeftOut: 4, refusal: null };
    await planned();
    expect(await knownTenants()).toMatchObject([{ changes: changesOf.slice(0, kept), changesLeftOut: 4 + 3 - kept }]);
  });

  it('tells the landing zone that is planned, not the one that the ledger knows', async () => {
    await endedTenant(ledger, 1, { landingZone: 'aws-old' });
    await planned();
    expect(await knownTenants()).toMatchObject([{ landingZone: 'aws-dev' }]);
  });

  it('knows that something changes where no change is small enough to be kept', async () => {
    await endedTenant(ledger, 1);
    preview = { changes: [{ ...CHANGE, to: 'x'.repeat(20_000) }], refusal: null };
    await planned();
    expect(await knownTenants()).toMatchObject([{ state: 'WAITING', changes: [], changesLeftOut: 1 }]);
  });

  it('draws the waves of tenants by the rollout and by each of them', async () => {
    const uuids = [];
    for (let number = 1; number <= 5; number += 1) uuids.push(await endedTenant(ledger, number));
    const limits = { ...rollout().limits, canary: { tenants: 0 }, waves: [0.2, 0.4, 0.6, 0.8, 1] };
    await planned({ limits });
    const waves = uuids.map((one) => waveOf(ID, one, limits));
    expect((await knownTenants()).map(({ wave }) => wave)).toEqual(waves);
    expect(new Set(waves).size).toBeGreaterThan(2);
  });

  it.each([
    { taken: ['aws-dev'], hasPlace: false },
    { taken: ['aws-prod'], hasPlace: true },
    { taken: ['aws-dev', 'aws-prod'], hasPlace: true },
  ])('keeps the last place of the canary for a landing zone without one: $taken', async ({ taken, hasPlace }) => {
    others = ['aws-prod'];
    const first = await endedTenant(ledger, 1);
    const places = taken.map((landingZone, index) => ({ tenantUuid: uuid(90 + index), landingZone }));
    const { canary: after1 } = await planned({ ...canary(taken.length + 1), canary: places });
    expect(after1).toEqual([...places, ...(hasPlace ? [{ tenantUuid: first, landingZone: 'aws-dev' }] : [])]);
  });

  it('refuses a tenant that the configuration cannot plan, with every reason, and asks nobody about it', async () => {
    const first = await endedTenant(ledger, 1);
    changes = [
      ['platform.identifierLimits.workspaceIdentifier', 3],
      ['platform.identifierLimits.projectIdentifier', 3],
    ];
    expect(await planned()).toMatchObject({ canary: [], leftAlone: 0 });
    expect(asked).toEqual([]);
    const [found] = await knownTenants();
    expect(found).toEqual(
      member(first, {
        changes: null,
        state: 'REFUSED',
        wave: waveOf(ID, first, rollout().limits),
        refusal: {
          state: 'PlanVending',
          message: expect.any(String) as string,
          remedy: null,
        },
      }),
    );
    expect(found?.refusal?.message).toMatch(/workspaceIdentifier .+ .*projectIdentifier .+/u);
  });

  const gone: Partial<TenantRecord> = {
    deletion: {
      replicationSequence: 18,
      at: NOW.toISOString(),
      landingZone: null,
    },
  };

  it.each<{ readonly who: string; readonly known: Partial<TenantRecord> }>([
    {
      who: 'has this configuration already',
      known: { configurationHash: 'new' },
    },
    { who: 'has no account', known: { account: null } },
    { who: 'is being deleted', known: gone },
  ])('leaves a tenant alone that $who', async ({ known }) => {
    await endedTenant(ledger, 1, known);
    expect(await planned({ ...canary(2), leftAlone: 4 })).toEqual(
      rollout({ ...canary(2), list: 'FAILED', leftAlone: 5 }),
    );
    expect(await knownTenants()).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('leaves a tenant alone whose landing zone only looks', async () => {
    await endedTenant(ledger, 1);
    await overwrite(ledger, landingZoneKey('aws-dev'), {
      landingZone: 'aws-dev',
      mode: 'shadow',
      switches: [],
    });
    expect(await planned()).toMatchObject({ leftAlone: 1 });
    expect(asked).toEqual([]);
  });

  it('has no more tenants in the canary than there are places', async () => {
    const [first, second] = [await endedTenant(ledger, 1), await endedTenant(ledger, 2)];
    expect((await planned(canary(1))).canary).toHaveLength(1);
    const waves = (await knownTenants()).map(({ tenantUuid, wave }) => [tenantUuid, wave]);
    const others = [first, second].map((one) => waveOf(ID, one, rollout().limits));
    expect(waves).toEqual([
      [first, waves[0]?.[1] === 0 ? 0 : others[0]],
      [second, waves[1]?.[1] === 0 ? 0 : others[1]],
    ]);
    expect(waves.filter(([, wave]) => wave === 0)).toHaveLength(1);
  });

  it('has the tenants of a unit in the canary, where that is asked for', async () => {
    await endedTenant(ledger, 1);
    const ofUnit = (organizationalUnit: string) => ({
      limits: { ...rollout().limits, canary: { organizationalUnit } },
    });
    expect((await planned(ofUnit('ou-other'))).canary).toEqual([]);
    await overwrite(ledger, { partition: `ROLLOUT#${ID}`, sort: `TENANT#${uuid(1)}` }, null);
    expect((await planned(ofUnit('ou-ab12-cdefgh34'))).canary).toHaveLength(1);
  });

  it('knows what a killed function has found, but for places in the canary that others have', async () => {
    const [first, second] = [await endedTenant(ledger, 1), await endedTenant(ledger, 2)];
    await writeRolloutTenants(ledger, ID, [member(first, { landingZone: null }), member(second, { wave: 1 })]);
    expect((await planned()).canary).toEqual([{ tenantUuid: first, landingZone: '' }]);
    expect(asked).toEqual([]);
    const others = [{ tenantUuid: uuid(9), landingZone: 'aws-dev' }];
    expect((await planned({ ...canary(2), canary: others })).canary).toEqual([
      ...others,
      { tenantUuid: first, landingZone: '' },
    ]);
  });

  it('plans those of a page that a killed function has not', async () => {
    const [first, second] = [await endedTenant(ledger, 1), await endedTenant(ledger, 2)];
    await writeRolloutTenants(ledger, ID, [member(first, { wave: 1 })]);
    await planned();
    expect(asked).toEqual([second]);
    expect(await memberIn(ledger, first)).toEqual(member(first, { wave: 1 }));
  });

  it('looks at five tenants, then at the next ones, then at those that have failed', async () => {
    for (let number = 1; number <= 6; number += 1) await endedTenant(ledger, number);
    const bad = await endedTenant(ledger, 7, {}, failed);
    const first = await planned();
    expect(asked).toHaveLength(5);
    expect(first).toMatchObject({
      list: 'VENDED',
      status: 'PLANNING',
      cursor: expect.any(String) as string,
    });
    const second = await planned(first);
    expect(new Set(asked).size).toBe(6);
    expect(second).toMatchObject({
      list: 'FAILED',
      status: 'PLANNING',
      cursor: null,
    });
    expect(await planned(second)).toMatchObject({
      list: 'FAILED',
      status: 'SUMMING',
      cursor: null,
    });
    expect(asked.at(-1)).toBe(bad);
    expect(asked).toHaveLength(7);
  });

  it('takes nothing for a tenant that is none, and nobody for there who has gone meanwhile', async () => {
    const listing = { label: 'VENDED', at: NOW.toISOString() };
    await overwrite(ledger, { partition: `TENANT#${uuid(1)}`, sort: 'OTHER' }, {}, { listing });
    expect(await planned()).toEqual(rollout({ ...canary(2), list: 'FAILED' }));
    await endedTenant(ledger, 2);
    const list = await ledger.list({ label: 'VENDED', limit: 9 });
    await overwrite(ledger, { partition: `TENANT#${uuid(2)}`, sort: 'TENANT' }, null);
    jest.spyOn(ledger, 'list').mockResolvedValue(list);
    expect(await planned()).toMatchObject({ leftAlone: 1 });
  });

  it('goes by the desired state that was accepted last', async () => {
    const first = await endedTenant(ledger, 1);
    await updateTenant(ledger, first, { latestSequence: 16 });
    await planned();
    expect(await memberIn(ledger, first)).toMatchObject({ state: 'REFUSED' });
  });
});

describe('the sum of the plan of a rollout', () => {
  let ledger: RecordingLedgerStore;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
  });

  const summing = rollout({ status: 'SUMMING', cursor: 'x' });

  const sum = (record: RolloutRecord = summing): Promise<RolloutRecord> =>
    sumUpPlan(
      {
        ledger,
        configurationAt: (hash) =>
          hash === 'new' ? Promise.resolve(configuration()) : Promise.reject(new Error(hash)),
        now: () => after(60),
      },
      record,
    );

  const know = (...members: readonly RolloutTenant[]): Promise<void> => writeRolloutTenants(ledger, ID, members);

  const refusal = { state: 'PlanVending', message: 'No.', remedy: null };

  it('tells of the tenants what changes in them, and how many lose something', async () => {
    const removed = {
      state: 'CheckGroups',
      what: 'member jane',
      from: 'jane',
      to: null,
    };
    await know(
      member('a', { changes: [CHANGE] }),
      member('b', { changes: [CHANGE, removed] }),
      member('c', { state: 'UNCHANGED' }),
      member('g', { state: 'UNCHANGED' }),
      member('d', { state: 'REFUSED', changes: null, refusal }),
      member('e', { changes: [CHANGE], landingZone: null }),
      member('f', { state: 'OVERTAKEN', changes: null }),
    );
    expect(await sum()).toEqual({
      ...summing,
      status: 'PLANNED',
      cursor: null,
      plannedAt: after(60).toISOString(),
      changing: 4,
      unchanged: 2,
      refused: 1,
      planHash: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
      severe: { removesAccess: 1, movesUnit: 0, removesStackSet: 0 },
      groups: [
        { kinds: ['adds tag'], tenants: 2, example: 'a', isRefusal: false },
        {
          kinds: ['adds tag', 'removes member'],
          tenants: 1,
          example: 'b',
          isRefusal: false,
        },
        {
          kinds: ['is refused in PlanVending: No.'],
          tenants: 1,
          example: 'd',
          isRefusal: true,
        },
      ],
    });
  });

  it('has a hash by which somebody consents to this plan and no other', async () => {
    const hashes = new Set<string | null>();
    const base = member('a', { changes: [CHANGE] });
    const plans: readonly RolloutTenant[] = [
      base,
      { ...base, wave: 1 },
      { ...base, changes: [] },
      { ...base, state: 'UNCHANGED' as const },
      { ...base, refusal },
      { ...base, tenantUuid: 'b' },
    ];
    for (const plan of plans) {
      ledger = new RecordingLedgerStore();
      await know(plan);
      hashes.add((await sum()).planHash);
      expect((await sum()).planHash).toBe([...hashes].at(-1));
    }
    expect(hashes.size).toBe(plans.length);
    await know({
      ...base,
      tenantUuid: 'b',
      accountId: 'other',
      landingZone: null,
    });
    expect((await sum()).planHash).toBe([...hashes].at(-1));
  });

  it.each([
    { others: ['prod'], told: "'prod' (1 tenant)" },
    {
      others: ['prod', 'old', 'prod'],
      told: "'prod' (2 tenants), 'old' (1 tenant)",
    },
  ])('is refused where landing zones are gone: $told', async ({ others, told }) => {
    await know(member('x'), ...others.map((landingZone, index) => member(`a${index}`, { landingZone })));
    expect(await sum()).toMatchObject({
      status: 'REFUSED',
      planHash: null,
      endedAt: after(60).toISOString(),
      changing: others.length + 1,
      reason:
        `The configuration has no landing zone ${told} any more. ` +
        'Put it back, or have its tenants send desired states of another landing zone first. Then deploy, and plan again.',
    });
  });

  it('asks for no configuration where the landing zone is brought to accounts', async () => {
    await know(member('a', { landingZone: 'gone' }));
    expect(await sum({ ...summing, kind: 'landing-zone', targetHash: 'unknown' })).toMatchObject({ status: 'PLANNED' });
  });
});
