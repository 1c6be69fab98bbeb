import { RejectedError, TransientError } from '../../../functions/domain/base/errors';
import { EMPTY_LINE } from '../../../functions/domain/queue/waiting-line';
import type { LandingZoneUpdate, UpdatedUnit } from '../../../functions/domain/rollout/landing-zone-update';
import type { RolloutRecord, RolloutTenant } from '../../../functions/domain/rollout/rollout';
import { accountClaim, claimKey, laneKey, lineKey } from '../../../functions/ledger/base/keys';
import { listRolloutTenants, writeRolloutTenants } from '../../../functions/ledger/rollout/rollout-tenants';
import type { ProvisionedProduct } from '../../../functions/ports/account-factory';
import type {
  AppliedBaseline,
  Baselined,
  BaselineOperation,
  ControlTowerLandingZone,
  FleetBaselines,
} from '../../../functions/ports/control-tower';
import { type Fleet, planLandingZone } from '../../../functions/rollout/plan-landing-zone';
import { updateLandingZone } from '../../../functions/rollout/update-landing-zone';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeOrganizationTree, unitArn } from '../../fakes/fake-organization-tree';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { after, NOW } from '../../fakes/vending';
import { overwrite } from '../ledger/ledger-calls';
import { endedTenant, ID, member, memberIn, rollout, updateTenant, uuid } from './rollout-world';

const DEV = 'ou-ab12-dev00001';
const PROD = 'ou-ab12-prod0001';
const UPDATED = '2026-11-20T00:00:00.000Z';

const baseline = (id: string): string => `arn:aws:controltower:eu-central-1:222222222222:enabledbaseline/${id}`;

const registered = (id: string, changes: Partial<Baselined> = {}): Baselined => ({
  baseline: baseline(id),
  targetArn: unitArn(id),
  version: '5.0',
  status: 'SUCCEEDED',
  isDrifted: false,
  parent: null,
  operationId: null,
  ...changes,
});

const accountId = (number: number): string => String(number).padStart(12, '0');

/** Account number so-and-so, which lacks nothing. */
const governed = (number: number, unit: string, changes: Partial<Baselined> = {}): Baselined => ({
  ...registered(accountId(number), { baseline: baseline(`of-${number}`), parent: baseline(unit) }),
  targetArn: `arn:aws:organizations::222222222222:account/o-exampleorg1/${accountId(number)}`,
  ...changes,
});

const OLD = { version: '4.0' };

const unit = (id: string, changes: Partial<UpdatedUnit> = {}): UpdatedUnit => ({
  id,
  arn: unitArn(id),
  baseline: baseline(id),
  version: '5.0',
  accounts: 2,
  behind: 0,
  ...changes,
});

const update = (changes: Partial<LandingZoneUpdate> = {}): LandingZoneUpdate => ({
  version: '4.0',
  baselineVersion: '5.0',
  updatedAt: null,
  regions: 3,
  units: [unit(DEV), unit(PROD)],
  single: 0,
  operation: null,
  pace: { expected: 0, taken: 0 },
  ...changes,
});

/** Control Tower: every account that it governs, and each operation that it was asked for. */
class FakeFleetBaselines implements FleetBaselines {
  updatedAt: Date | null = null;
  readonly registered: Baselined[] = [];
  readonly governed: Baselined[] = [];
  readonly operations = new Map<string, BaselineOperation>();
  answer: AppliedBaseline | Error = { operationId: 'op-new' };
  readonly asked: string[] = [];

  landingZoneUpdatedAt(): Promise<Date | null> {
    return Promise.resolve(this.updatedAt);
  }

  units(): Promise<readonly Baselined[]> {
    return Promise.resolve(this.registered);
  }

  accounts(parent: string | null): Promise<readonly Baselined[]> {
    return Promise.resolve(this.governed.filter((one) => parent === null || one.parent === parent));
  }

  of(arn: string): Promise<Baselined | undefined> {
    return Promise.resolve([...this.registered, ...this.governed].find(({ targetArn }) => targetArn === arn));
  }

  apply(id: string, version: string | null): Promise<AppliedBaseline> {
    if (id !== baseline(id.split('/').at(-1) ?? '')) return Promise.reject(new Error(`${id} is no baseline.`));
    this.asked.push(`apply ${id.split('/').at(-1) ?? ''} ${version ?? 'as it is'}`);
    return this.answer instanceof Error ? Promise.reject(this.answer) : Promise.resolve(this.answer);
  }

  operation(id: string): Promise<BaselineOperation | undefined> {
    this.asked.push(`look at ${id}`);
    return Promise.resolve(this.operations.get(id));
  }
}

describe('a rollout of the landing zone', () => {
  let ledger: RecordingLedgerStore;
  let baselines: FakeFleetBaselines;
  let tree: FakeOrganizationTree;
  let factory: FakeAccountFactory;
  let zone: ControlTowerLandingZone | undefined;
  let productId: string | null;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    baselines = new FakeFleetBaselines();
    baselines.registered.push(registered(PROD), registered(DEV));
    tree = new FakeOrganizationTree({
      [accountId(1)]: DEV,
      [accountId(2)]: DEV,
      [accountId(3)]: PROD,
    });
    factory = new FakeAccountFactory(tree);
    zone = {
      version: '4.0',
      status: 'ACTIVE',
      enrollsByItself: false,
      governedRegions: ['a', 'b', 'c'],
      sharedAccounts: [],
    };
    productId = 'prod-abcd1234';
  });

  const fleet = (): Fleet => ({
    baselines,
    factory,
    productId,
    tree,
    controlTower: { landingZone: () => Promise.resolve(zone) },
  });

  const ports = (given: Fleet | null = fleet()) => ({
    ledger,
    now: () => NOW,
    fleet: given,
  });

  const record = (changes: Partial<RolloutRecord> = {}): RolloutRecord => rollout({ kind: 'landing-zone', ...changes });

  const members = (): Promise<readonly RolloutTenant[]> => listRolloutTenants(ledger, ID, { after: null, limit: 300 });

  describe('is planned', () => {
    const plan = (changes: Partial<RolloutRecord> = {}, given: Fleet | null = fleet()) =>
      planLandingZone(ports(given), record(changes));

    const refused = (reason: string) => ({
      ...record(),
      status: 'REFUSED',
      reason,
      endedAt: NOW.toISOString(),
    });

    it('nowhere, where no account is enrolled', async () => {
      expect(await plan({}, null)).toEqual(
        refused(
          'The deployed configuration enrolls no account. Name enrollmentConfiguration in platform.json, deploy, and plan again.',
        ),
      );
    });

    it.each([
      { changes: undefined, what: 'not set up' },
      { changes: { status: 'PROCESSING' }, what: 'PROCESSING' },
    ])('once the landing zone is ACTIVE, and not while it is $what', async ({ changes, what }) => {
      zone = changes === undefined || zone === undefined ? undefined : { ...zone, ...changes };
      expect(await plan()).toEqual(
        refused(
          `The landing zone of Control Tower is ${what}. Update or reset it in Control Tower until it is ACTIVE; then plan again.`,
        ),
      );
    });

    it('to no version that came after this release', async () => {
      if (zone !== undefined) zone = { ...zone, version: '9.1' };
      expect(await plan()).toEqual(
        refused('This release does not know landing zone 9.1. Deploy a newer release; then plan again.'),
      );
    });

    it('by nobody who may not look, and the preflight is named', async () => {
      const denied = new RejectedError('AWS denies ListEnabledBaselines.', 'Grant it.', { denied: true });
      jest.spyOn(baselines, 'units').mockRejectedValue(denied);
      expect(await plan()).toEqual(
        refused(
          'AWS denies ListEnabledBaselines. The check landing-zone-update-rights of the preflight says what is missing: deploy ManagementAccountStack, and plan again.',
        ),
      );
    });

    it('again where AWS does not answer now', async () => {
      jest.spyOn(baselines, 'units').mockRejectedValue(new TransientError('The connection was reset.'));
      await expect(plan()).rejects.toThrow('The connection was reset.');
    });

    it('unit by unit, the smallest first', async () => {
      baselines.updatedAt = new Date(UPDATED);
      baselines.governed.push(governed(1, PROD), governed(2, PROD), governed(3, DEV), governed(4, 'ou-other'));
      expect(await plan()).toEqual(
        record({
          landingZone: update({
            updatedAt: UPDATED,
            units: [unit(DEV, { accounts: 1 }), unit(PROD, { accounts: 2 })],
          }),
          cursor: '0/0',
        }),
      );
    });

    it('with the unit of the canary first, and one region where Control Tower does not say', async () => {
      if (zone !== undefined) zone = { ...zone, governedRegions: null };
      baselines.governed.push(governed(1, PROD));
      const limits = {
        ...record().limits,
        canary: { organizationalUnit: PROD },
      };
      expect((await plan({ limits })).landingZone).toEqual(
        update({
          regions: 1,
          units: [unit(PROD, { accounts: 1 }), unit(DEV, { accounts: 0 })],
        }),
      );
    });

    describe('account by account', () => {
      const CHANGES = [{ state: 'ControlTower', what: 'baseline', from: '4.0', to: '5.0' }];

      it('of a unit: those that are behind wait for its operation', async () => {
        baselines.governed.push(governed(2, DEV, OLD), governed(1, DEV), governed(3, PROD, OLD));
        const given = {
          landingZone: update({ single: 1 }),
          leftAlone: 4,
          cursor: '0/0',
        };
        expect(await plan(given)).toEqual(
          record({
            landingZone: update({
              single: 1,
              units: [unit(DEV, { behind: 1 }), unit(PROD)],
            }),
            leftAlone: 5,
            cursor: '1/0',
          }),
        );
        expect(await members()).toEqual([
          member(accountId(2), {
            workspaceIdentifier: '',
            projectIdentifier: '',
            landingZone: null,
            accountId: accountId(2),
            changes: CHANGES,
          }),
        ]);
      });

      it('with the tenant that it belongs to', async () => {
        const [first, second] = [await endedTenant(ledger, 1), await endedTenant(ledger, 2)];
        await updateTenant(ledger, second, { projectIdentifier: 'other' });
        await overwrite(ledger, claimKey(accountClaim(accountId(8))), {
          tenantUuid: first,
        });
        await overwrite(ledger, claimKey(accountClaim(accountId(9))), {
          tenantUuid: second,
        });
        baselines.governed.push(governed(9, PROD, OLD), governed(8, PROD, OLD));
        expect(
          await plan({
            landingZone: update({
              units: [unit(DEV), unit(PROD, { behind: 3 })],
            }),
            cursor: '1/0',
          }),
        ).toEqual(
          record({
            landingZone: update({
              units: [unit(DEV), unit(PROD, { behind: 5 })],
            }),
            cursor: '2/0',
          }),
        );
        expect(await members()).toEqual([
          member(first, { wave: 1, accountId: accountId(8), changes: CHANGES }),
          member(second, {
            wave: 1,
            accountId: accountId(9),
            changes: CHANGES,
            projectIdentifier: 'other',
          }),
        ]);
      });

      it.each([
        { count: 200, cursor: '1/0' },
        { count: 201, cursor: '0/200' },
      ])('two hundred in a part, of $count', async ({ count, cursor }) => {
        for (let number = count; number > 0; number -= 1) baselines.governed.push(governed(number, DEV));
        expect(await plan({ landingZone: update() })).toEqual(
          record({ landingZone: update(), leftAlone: 200, cursor }),
        );
      });

      it('and the next ones in the next part, in the order of their ARNs', async () => {
        for (let number = 201; number > 0; number -= 1)
          baselines.governed.push(governed(number, DEV, number === 201 ? OLD : {}));
        expect(await plan({ landingZone: update(), cursor: '0/200' })).toMatchObject({ leftAlone: 0, cursor: '1/0' });
        expect(await members()).toMatchObject([{ accountId: accountId(201), wave: 0 }]);
      });

      it('and part by part those of each unit, of which every part takes its own', async () => {
        for (let number = 401; number > 0; number -= 1) baselines.governed.push(governed(number, PROD, OLD));
        let next = record({ landingZone: update(), cursor: '1/0' });
        for (const [cursor, behind] of [
          ['1/200', 200],
          ['1/400', 400],
          ['2/0', 401],
        ] as const) {
          next = await planLandingZone(ports(), next);
          expect(next).toMatchObject({ cursor, leftAlone: 0, landingZone: { units: [{ behind: 0 }, { behind }] } });
        }
      });

      const drifted = (number: number): Baselined => governed(number, DEV, { isDrifted: true });

      it('those at last that have drifted: a reset of their unit takes them in', async () => {
        baselines.governed.push(drifted(3), governed(1, DEV, OLD), drifted(2));
        expect(await plan({ landingZone: update(), cursor: '0/0' })).toMatchObject({ cursor: '1/0' });
        expect(await members()).toMatchObject([{ accountId: accountId(1), wave: 0 }]);
        expect(await plan({ landingZone: update(), cursor: '2/0' })).toEqual(
          record({
            landingZone: update({
              units: [unit(DEV, { behind: 1 }), unit(PROD, { behind: 1 })],
            }),
            cursor: null,
            status: 'SUMMING',
          }),
        );
        expect(await members()).toMatchObject([
          { accountId: accountId(1), wave: 0 },
          { accountId: accountId(2), wave: 0, changes: [{ what: 'drift' }] },
          { accountId: accountId(3), wave: 1, state: 'WAITING', refusal: null },
        ]);
      });

      it('none that has left all units that Control Tower governs', async () => {
        tree.place(accountId(2), 'r-ab12');
        baselines.governed.push(drifted(2));
        expect(await plan({ landingZone: update(), cursor: '2/0' })).toEqual(
          record({ landingZone: update(), cursor: null, status: 'SUMMING' }),
        );
        expect(await members()).toMatchObject([
          {
            accountId: accountId(2),
            wave: 2,
            state: 'REFUSED',
            refusal: {
              state: 'ControlTower',
              message: 'It is in r-ab12, which Control Tower does not govern.',
              remedy: 'Move it back.',
            },
          },
        ]);
      });

      const large = (accounts: number, version: string | null = '5.0'): LandingZoneUpdate =>
        update({
          single: 4,
          regions: 30,
          units: [unit(DEV, { accounts, version }), unit(PROD)],
        });

      it.each([
        { accounts: 498, version: '4.0', wave: 0, single: 4 },
        { accounts: 499, version: '5.0', wave: 2, single: 5 },
      ])('one by one, where Control Tower takes no unit of $accounts', async ({ accounts, version, wave, single }) => {
        baselines.governed.push(governed(1, DEV, OLD));
        const { landingZone } = await plan({
          landingZone: large(accounts, version),
          cursor: '0/0',
        });
        expect(landingZone?.single).toBe(single);
        expect(await members()).toMatchObject([{ wave, state: 'WAITING', refusal: null }]);
      });

      it.each([
        {
          why: 'the unit has another version',
          version: '4.0',
          product: 'prod-abcd1234',
        },
        {
          why: 'there is no product to update it with',
          version: '5.0',
          product: null,
        },
      ])('none of a unit that is too large, where $why', async ({ version, product }) => {
        productId = product;
        baselines.governed.push(governed(1, DEV, OLD));
        const { landingZone } = await plan({
          landingZone: large(499, version),
          cursor: '0/0',
        });
        expect(landingZone).toEqual(large(499, version));
        expect(await members()).toMatchObject([
          {
            wave: 2,
            state: 'REFUSED',
            refusal: {
              state: 'ControlTower',
              message: `${DEV} has 499 accounts, and with 30 regions Control Tower takes 498 in a unit.`,
              remedy: 'Move some into a unit of their own; then plan again.',
            },
          },
        ]);
      });

      it('and asks for each operation once, by which the regions of an account are known', async () => {
        const operationId = 'op-1';
        baselines.operations.set(operationId, {
          isOver: true,
          startedAt: new Date(UPDATED),
        });
        baselines.operations.set('op-2', {
          isOver: true,
          startedAt: new Date('2026-11-19T00:00:00.000Z'),
        });
        baselines.governed.push(
          governed(1, DEV, { operationId }),
          governed(2, DEV, { operationId }),
          governed(3, DEV, { operationId: 'op-2' }),
          governed(4, DEV),
          governed(5, DEV, { operationId: 'gone' }),
        );
        await plan({
          landingZone: update({ updatedAt: UPDATED }),
          cursor: '0/0',
        });
        expect(baselines.asked).toEqual(['look at op-1', 'look at op-2', 'look at gone']);
        expect(await members()).toMatchObject([
          {
            accountId: accountId(3),
            changes: [
              {
                what: 'regions',
                from: '2026-11-19T00:00:00.000Z',
                to: UPDATED,
              },
            ],
          },
          {
            accountId: accountId(4),
            changes: [{ what: 'regions', from: 'unknown' }],
          },
          {
            accountId: accountId(5),
            changes: [{ what: 'regions', from: 'unknown' }],
          },
        ]);
      });

      it('and asks for no operation where nobody knows when the landing zone was updated', async () => {
        baselines.governed.push(governed(1, DEV, { operationId: 'op-1' }));
        await plan({ landingZone: update(), cursor: '0/0' });
        expect(baselines.asked).toEqual([]);
      });
    });
  });

  describe('is carried out', () => {
    const running = (changes: Partial<RolloutRecord> = {}): RolloutRecord =>
      record({
        status: 'RUNNING',
        startedAt: UPDATED,
        landingZone: update(),
        ...changes,
      });

    const go = (changes: Partial<RolloutRecord> = {}, given: Fleet | null = fleet()) =>
      updateLandingZone(ports(given), running(changes));

    const know = (...known: readonly RolloutTenant[]): Promise<void> => writeRolloutTenants(ledger, ID, known);

    /** An account that no tenant has, in the wave of the first unit. */
    const waiting = (number: number, changes: Partial<RolloutTenant> = {}): RolloutTenant =>
      member(accountId(number), { accountId: accountId(number), ...changes });

    const onUnit = (id: string, accounts = 2): LandingZoneUpdate['operation'] => ({
      id,
      tenantUuid: null,
      accounts,
      startedAt: NOW.toISOString(),
      refusal: null,
    });

    it.each([
      { given: null, landingZone: update() },
      { given: undefined, landingZone: undefined },
    ])('nowhere, once no account is enrolled any more', async ({ given, landingZone }) => {
      expect(await go({ landingZone }, given === null ? null : fleet())).toEqual({
        ...running({ landingZone }),
        status: 'STOPPED',
        reason: 'platform.json has no enrollmentConfiguration any more.',
      });
    });

    it('with another turn of those that have failed, first', async () => {
      await know(waiting(1, { state: 'FAILED' }));
      expect(await go({ retrying: '', failed: 1 })).toEqual(
        running({
          retrying: null,
          failed: 0,
          landingZone: update({ single: 1 }),
        }),
      );
      expect(baselines.asked).toEqual([]);
    });

    const judged = { ended: 4, failed: 2, unexpected: 0 };

    it('until too many have failed', async () => {
      await know(waiting(1));
      expect(await go({ judged })).toEqual({
        ...running({ judged }),
        status: 'STOPPED',
        reason: expect.stringContaining('2 of the 4 runs') as string,
      });
      expect(baselines.asked).toEqual([]);
    });

    it('until AWS refuses a call for good', async () => {
      await know(waiting(1));
      baselines.answer = new RejectedError('AWS says no.', 'Ask again.');
      expect(await go()).toEqual({
        ...running(),
        status: 'STOPPED',
        reason: 'AWS says no. Ask again.',
      });
      baselines.answer = new RejectedError('AWS denies it.', 'Grant it.', {
        denied: true,
      });
      expect((await go()).reason).toMatch(
        /^AWS denies it\. The check .* deploy ManagementAccountStack, and resume\.$/u,
      );
    });

    it('once more where AWS does not answer now', async () => {
      await know(waiting(1));
      baselines.answer = new TransientError('The connection was reset.');
      await expect(go()).rejects.toThrow('The connection was reset.');
    });

    describe('on a unit', () => {
      const operating = (id: string, changes: Partial<RolloutRecord> = {}): RolloutRecord =>
        running({ landingZone: update({ operation: onUnit(id) }), ...changes });

      it('that has an account that waits for its turn', async () => {
        await know(waiting(1));
        expect(await go()).toEqual(operating('op-new'));
        expect(baselines.asked).toEqual([`apply ${DEV} as it is`]);
      });

      it('and brings it to another version', async () => {
        await know(waiting(1));
        baselines.registered.splice(0, 2, registered(DEV, OLD));
        await go();
        baselines.registered.length = 0;
        await go();
        expect(baselines.asked).toEqual([`apply ${DEV} 5.0`, `apply ${DEV} 5.0`]);
      });

      it('after those in which nobody waits any more, and is judged by that one alone', async () => {
        await know(
          waiting(1, { state: 'DONE' }),
          waiting(2, { state: 'REFUSED' }),
          waiting(3, { state: 'FAILED', wave: 1 }),
          waiting(4, { wave: 1 }),
        );
        expect(
          await go({
            after: 'x',
            judged: { ended: 4, failed: 1, unexpected: 0 },
          }),
        ).toEqual(operating('op-new', { wave: 1, after: null }));
        expect(baselines.asked).toEqual([`apply ${PROD} as it is`]);
      });

      it('though those that wait come after two hundred others', async () => {
        const ids = Array.from({ length: 200 }, (_, index) => index + 1);
        await know(...ids.map((number) => waiting(number, { state: 'DONE' })), waiting(201));
        expect(await go()).toEqual(operating('op-new', { after: accountId(200) }));
        await know(waiting(201, { state: 'DONE' }));
        expect(await go()).toMatchObject({ status: 'ENDED', wave: 2 });
      });

      it('later, while Control Tower is at work on another', async () => {
        await know(waiting(1));
        baselines.answer = 'busy';
        expect(await go()).toEqual(running());
      });

      it('if Control Tower takes it', async () => {
        await know(waiting(1));
        baselines.answer = { refused: 'it has drifted.' };
        expect(await go()).toEqual({
          ...running(),
          status: 'STOPPED',
          reason: `Control Tower does not take ${DEV}: it has drifted. Fix that and resume, or abort.`,
        });
      });

      it.each<{
        readonly what: string;
        readonly known: Partial<Baselined>;
        readonly startedAt?: string;
      }>([
        {
          what: 'is at work',
          known: { operationId: 'op-1', status: 'UNDER_CHANGE' },
        },
        {
          what: 'began after the start',
          known: { operationId: 'op-1' },
          startedAt: UPDATED,
        },
      ])('once: an operation on it that $what is followed', async ({ known, startedAt }) => {
        await know(waiting(1));
        baselines.registered.splice(0, 2, registered(DEV, known));
        if (startedAt !== undefined)
          baselines.operations.set('op-1', {
            isOver: true,
            startedAt: new Date(startedAt),
          });
        expect(await go()).toEqual(operating('op-1'));
        expect(baselines.asked.filter((asked) => asked.startsWith('apply'))).toEqual([]);
      });

      it.each<{
        readonly what: string;
        readonly known: Partial<Baselined>;
        readonly startedAt?: string;
      }>([
        { what: 'is none', known: { status: 'UNDER_CHANGE' } },
        { what: 'nobody remembers', known: { operationId: 'op-1' } },
        {
          what: 'began before the start',
          known: { operationId: 'op-1' },
          startedAt: '2026-11-19T23:59:59.999Z',
        },
      ])('by an operation of its own, where the last one $what', async ({ known, startedAt }) => {
        await know(waiting(1));
        baselines.registered.splice(0, 2, registered(DEV, known));
        if (startedAt !== undefined)
          baselines.operations.set('op-1', {
            isOver: true,
            startedAt: new Date(startedAt),
          });
        expect(await go()).toEqual(operating('op-new'));
      });

      /** Somebody has a place in the lane; from then on others look whether it is needed. */
      const hold = (lane: string, lookAt: Date): Promise<void> =>
        overwrite(ledger, laneKey(lane), {
          rate: null,
          slots: [
            {
              slot: 0,
              tenantUuid: uuid(1),
              run: { replicationSequence: 1, run: 1 },
              since: UPDATED,
              lookAt: lookAt.toISOString(),
            },
          ],
        });

      it.each(['account-factory', `auto-enroll:${DEV}`])('behind people who are in the lane %s', async (lane) => {
        await know(waiting(1));
        await hold(lane, after(1));
        expect(await go()).toEqual(running());
        await hold(lane, NOW);
        expect(await go()).toEqual(operating('op-new'));
        await overwrite(ledger, lineKey(lane), { groups: [['x', 1]] });
        expect(await go()).toEqual(running());
        await overwrite(ledger, lineKey(lane), EMPTY_LINE);
        expect(await go()).toEqual(operating('op-new'));
      });

      it('without regard to people who enroll accounts in another unit', async () => {
        await know(waiting(1));
        await hold(`auto-enroll:${PROD}`, after(1));
        expect(await go()).toEqual(operating('op-new'));
      });

      describe('whose operation is under way', () => {
        const units = [unit(DEV, { behind: 2 }), unit(PROD, { behind: 7 })];
        const landingZone = update({ operation: onUnit('op-1'), units });

        it('waits for its end, however many have failed', async () => {
          baselines.operations.set('op-1', { isOver: false, startedAt: NOW });
          await know(waiting(1));
          expect(await go({ landingZone, judged })).toEqual(running({ landingZone, judged }));
          expect(await members()).toEqual([waiting(1)]);
        });

        it.each([
          { what: 'it is over', operation: { isOver: true, startedAt: NOW } },
          { what: 'nobody remembers it', operation: undefined },
        ])('tells of each account how it stands, once $what', async ({ operation }) => {
          if (operation !== undefined) baselines.operations.set('op-1', operation);
          baselines.governed.push(
            governed(1, DEV),
            governed(3, PROD),
            governed(2, DEV, { ...OLD, status: 'FAILED', isDrifted: true }),
          );
          await know(
            waiting(1, { reason: 'why' }),
            waiting(2),
            waiting(3),
            waiting(4, { state: 'REFUSED' }),
            waiting(5, { accountId: null }),
            waiting(6, { wave: 1 }),
          );
          const ended = {
            done: 3,
            failed: 4,
            overtaken: 5,
            judged: { ended: 6, failed: 1, unexpected: 0 },
          };
          expect(
            await updateLandingZone({ ...ports(), now: () => after(90) }, running({ ...ended, landingZone })),
          ).toEqual(
            running({
              done: 4,
              failed: 5,
              overtaken: 7,
              judged: { ended: 8, failed: 2, unexpected: 0 },
              after: accountId(5),
              landingZone: update({
                units: [unit(DEV), unit(PROD, { behind: 7 })],
                pace: { expected: 1812, taken: 90 },
              }),
            }),
          );
          const lost = 'It has left its unit meanwhile.';
          expect(await members()).toEqual([
            waiting(1, { state: 'DONE', reason: null }),
            waiting(2, {
              state: 'FAILED',
              reason:
                'After the operation it still has: baseline 4.0, drift DRIFTED, enrollment FAILED. ' +
                'Control Tower says on the page of the account why. Fix that, and retry.',
            }),
            waiting(3, { state: 'OVERTAKEN', reason: lost }),
            waiting(4, { state: 'REFUSED' }),
            waiting(5, { accountId: null, state: 'OVERTAKEN', reason: lost }),
            waiting(6, { wave: 1 }),
          ]);
        });

        it('tells so of two hundred in a part', async () => {
          const ids = Array.from({ length: 201 }, (_, index) => index + 1);
          baselines.governed.push(...ids.map((number) => governed(number, DEV)));
          await know(...ids.map((number) => waiting(number)));
          const first = await go({ landingZone });
          expect(first).toEqual(
            running({
              landingZone,
              done: 200,
              after: accountId(200),
              judged: { ended: 200, failed: 0, unexpected: 0 },
            }),
          );
          expect(await updateLandingZone(ports(), first)).toMatchObject({
            done: 201,
            after: accountId(201),
            landingZone: {
              operation: null,
              units: [{ behind: 0 }, { behind: 7 }],
            },
          });
        });

        it('is over though nobody of it is left', async () => {
          expect(await go({ landingZone, after: 'x' })).toMatchObject({
            after: 'x',
            landingZone: { operation: null },
          });
        });
      });
    });

    describe('on single accounts', () => {
      const last = (changes: Partial<RolloutRecord> = {}): RolloutRecord => running({ wave: 2, ...changes });

      const goOn = (changes: Partial<RolloutRecord> = {}) => updateLandingZone(ports(), last(changes));

      const product = (changes: Partial<ProvisionedProduct> = {}): ProvisionedProduct => ({
        id: 'pp-1',
        name: 'made',
        status: 'AVAILABLE',
        lastRecordId: null,
        accountId: accountId(1),
        hasSucceeded: true,
        ...changes,
      });

      const single = (id: string, refusal: string | null = null): LandingZoneUpdate['operation'] => ({
        id,
        tenantUuid: accountId(1),
        accounts: 1,
        startedAt: NOW.toISOString(),
        refusal,
      });

      const operating = (id: string, refusal: string | null = null): RolloutRecord =>
        last({
          part: 7,
          landingZone: update({ single: 3, operation: single(id, refusal) }),
        });

      const begin = () => goOn({ part: 7, landingZone: update({ single: 3 }) });

      it('until nobody waits any more', async () => {
        await know(waiting(1, { wave: 2, state: 'DONE' }));
        expect(await goOn()).toEqual({
          ...last(),
          status: 'ENDED',
          endedAt: NOW.toISOString(),
        });
      });

      it('as they are, by the product that has enrolled them', async () => {
        await know(waiting(1, { wave: 2 }));
        factory.products.push(product());
        const look = jest.spyOn(factory, 'describeProduct');
        expect(await begin()).toEqual(operating('rec-1'));
        expect(look).toHaveBeenCalledWith('prod-abcd1234');
        expect(factory.operations).toMatchObject([
          {
            kind: 'update',
            productId: 'pp-1',
            token: `${ID}-${accountId(1)}-7`,
            recordId: 'rec-1',
          },
        ]);
        expect(JSON.parse(factory.operations[0]?.request ?? '')).toEqual([
          'update',
          {
            productId: 'prod-abcd1234',
            artifactId: 'pa-newest',
            launchPathId: 'lpv3-path',
            token: `${ID}-${accountId(1)}-7`,
            parameters: {
              AccountEmail: '',
              AccountName: '',
              ManagedOrganizationalUnit: '',
              SSOUserEmail: '',
              SSOUserFirstName: '',
              SSOUserLastName: '',
            },
          },
        ]);
      });

      it('later, while something is under way on the account, or everywhere', async () => {
        await know(waiting(1, { wave: 2 }));
        factory.products.push(product({ status: 'UNDER_CHANGE' }));
        expect(await goOn()).toEqual(last());
        factory.products.splice(0, 1, product());
        factory.isBusy = true;
        expect(await goOn()).toEqual(last());
        expect(factory.operations).toEqual([]);
      });

      it('behind people who enroll accounts, though not in units', async () => {
        await know(waiting(1, { wave: 2 }));
        factory.products.push(product());
        await overwrite(ledger, lineKey('account-factory'), {
          groups: [['x', 1]],
        });
        expect(await goOn()).toEqual(last());
      });

      it.each<{
        readonly why: string;
        readonly product?: string | null;
        readonly known?: boolean;
      }>([
        { why: 'nothing has enrolled', known: false },
        {
          why: 'cannot be updated, since no product is configured',
          product: null,
        },
      ])('but none that $why', async ({ product: id = 'prod-abcd1234', known = true }) => {
        await know(waiting(1, { wave: 2 }));
        if (known) factory.products.push(product());
        productId = id;
        expect(await begin()).toEqual(
          operating(
            '',
            `The Account Factory has no product of ${accountId(1)}, so it cannot be updated alone. Plan another rollout, which resets its unit.`,
          ),
        );
      });

      it.each([
        { artifactId: null, launchPathId: 'lpv3-path' },
        { artifactId: 'pa-newest', launchPathId: null },
      ])('but not where the product is not open to us: %j', async (closed) => {
        await know(waiting(1, { wave: 2 }));
        factory.products.push(product());
        factory.product = closed;
        expect(await begin()).toEqual(
          operating(
            '',
            'The Account Factory product prod-abcd1234 has no active version, or is not open to us. Run the preflight, and fix what it says; then retry.',
          ),
        );
      });

      it('once more where AWS does not answer now', async () => {
        await know(waiting(1, { wave: 2 }));
        factory.products.push(product());
        factory.isCutOff = true;
        await expect(goOn()).rejects.toThrow('The connection was reset.');
      });

      describe('whose operation is under way', () => {
        const landingZone = update({
          single: 3,
          operation: single('rec-1'),
          pace: { expected: 10, taken: 20 },
        });
        const over = (changes: Partial<LandingZoneUpdate> = {}): LandingZoneUpdate =>
          update({
            single: 2,
            pace: { expected: 1816, taken: 50 },
            ...changes,
          });

        const follow = (changes: Partial<RolloutRecord> = {}) =>
          updateLandingZone({ ...ports(), now: () => after(30) }, last({ landingZone, ...changes }));

        const answer = (state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED', wasBusy = false) =>
          jest.spyOn(factory, 'describeRecord').mockResolvedValue({ state, wasBusy, error: 'It says no.' });

        beforeEach(() => know(waiting(1, { wave: 2 }), waiting(2, { wave: 2 })));

        it('waits for its end', async () => {
          const looks = answer('IN_PROGRESS');
          expect(await follow({ judged })).toEqual(last({ landingZone, judged }));
          expect(looks).toHaveBeenCalledWith('rec-1');
        });

        it('is begun again where Control Tower had no place for it', async () => {
          answer('FAILED', true);
          expect(await follow()).toEqual(last({ landingZone: { ...landingZone, operation: null } }));
          expect(await memberIn(ledger, accountId(1))).toEqual(waiting(1, { wave: 2 }));
        });

        it('is over for an account that the rollout does not know', async () => {
          answer('SUCCEEDED');
          const unknown = { ...landingZone, operation: onUnit('rec-1', 1) };
          expect(await follow({ landingZone: unknown })).toEqual(last({ landingZone: over({ single: 3 }) }));
        });

        it('has failed with what Control Tower says', async () => {
          answer('FAILED');
          expect(await follow()).toEqual(
            last({
              after: accountId(1),
              failed: 1,
              judged: { ended: 1, failed: 1, unexpected: 0 },
              landingZone: over(),
            }),
          );
          expect(await memberIn(ledger, accountId(1))).toEqual(
            waiting(1, { wave: 2, state: 'FAILED', reason: 'It says no.' }),
          );
        });

        it('has failed where it could not be begun, and AWS is not asked', async () => {
          const looks = answer('IN_PROGRESS');
          const refused = {
            ...landingZone,
            operation: single('', 'It has no product.'),
          };
          expect(await follow({ landingZone: refused })).toMatchObject({
            failed: 1,
            landingZone: over({ pace: { expected: 10, taken: 20 } }),
          });
          expect(looks).not.toHaveBeenCalled();
          expect(await memberIn(ledger, accountId(1))).toMatchObject({
            state: 'FAILED',
            reason: 'It has no product.',
          });
        });

        it.each([
          {
            stands: 'is as it should be',
            changes: {},
            state: 'DONE',
            count: { done: 1 },
          },
          {
            stands: 'lacks something still',
            changes: OLD,
            state: 'FAILED',
            count: { failed: 1 },
          },
        ])('has ended, and the account $stands', async ({ changes, state, count }) => {
          answer('SUCCEEDED');
          baselines.governed.push(governed(2, DEV), governed(1, DEV, changes));
          expect(await follow()).toMatchObject({
            ...count,
            overtaken: 0,
            after: accountId(1),
            landingZone: over(),
          });
          expect(await memberIn(ledger, accountId(1))).toMatchObject({
            state,
          });
          expect(await memberIn(ledger, accountId(2))).toEqual(waiting(2, { wave: 2 }));
        });

        it.each([
          {
            where: 'the account has no baseline any more',
            units: landingZone.units,
          },
          { where: 'there is no unit any more', units: [] },
        ])('has ended, and $where', async ({ units }) => {
          answer('SUCCEEDED');
          const wave = units.length;
          const looks = jest.spyOn(baselines, 'of');
          expect(await follow({ wave, landingZone: { ...landingZone, units } })).toMatchObject({
            overtaken: 1,
            done: 0,
          });
          expect(looks).toHaveBeenCalledTimes(wave === 0 ? 0 : 1);
          expect(await memberIn(ledger, accountId(1))).toMatchObject({ state: 'OVERTAKEN' });
        });

        it('counts down to nothing, and not below', async () => {
          answer('FAILED');
          const none = { ...landingZone, single: 0 };
          expect(await follow({ landingZone: none })).toMatchObject({
            landingZone: { single: 0 },
          });
        });
      });
    });
  });
});
