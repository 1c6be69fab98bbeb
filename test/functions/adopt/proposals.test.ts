import { judgeAccounts } from '../../../functions/adopt/judge-accounts';
import { listAccounts } from '../../../functions/adopt/list-accounts';
import { sumUp } from '../../../functions/adopt/sum-up';
import type { AdoptionAccount, AdoptionRecord } from '../../../functions/domain/adoption/adoption';
import { proposalHash } from '../../../functions/domain/adoption/adoption-token';
import { RejectedError, TransientError } from '../../../functions/domain/base/errors';
import { contentHash } from '../../../functions/domain/base/json';
import type { Preview } from '../../../functions/domain/run/preview';
import { TENANT_TAG_KEY } from '../../../functions/domain/plan/plan';
import { addAccounts, readAccounts } from '../../../functions/ledger/adoption/adoption-accounts';
import { accountClaim, claimKey } from '../../../functions/ledger/base/keys';
import { OWN_ACCOUNT } from '../../fakes/fake-own-account';
import { after, NOW } from '../../fakes/vending';
import { overwrite } from '../ledger/ledger-calls';
import { account, adoption, AdoptionWorld, ID, idOf, placed, row, TAG, TAG_KEYS, UNIT } from './adoption-world';

const ELSEWHERE = {
  state: 'ACTIVE',
  unitsAbove: ['ou-ab12-elsewher', 'r-ab12'],
};
const TAGGED = { workspace: 'retail', project: 'shop', landingZone: 'aws-dev' };
const CHANGE = { state: 'TagAccount', what: 'tag', from: null, to: 'a' };

describe('the proposals of an adoption', () => {
  let world: AdoptionWorld;

  beforeEach(() => {
    world = new AdoptionWorld();
  });

  const know = (...accounts: readonly AdoptionAccount[]): Promise<void> => addAccounts(world.ledger, ID, accounts, NOW);

  describe('begin with a list', () => {
    const list = (): Promise<AdoptionRecord> => listAccounts(world.ports, adoption({ cursor: 'x' }));

    it('of the accounts that may become tenants', async () => {
      world.placed.push(placed(1), placed(2), placed(3));
      await world.start(adoption(), { mapping: [row(2)] });
      await overwrite(world.ledger, claimKey(accountClaim(idOf(3))), {
        tenantUuid: 'tenant-3',
      });
      world.seconds = 60;
      expect(await list()).toEqual(adoption({ phase: 'JUDGING', cursor: null, accounts: 2 }));
      expect(await readAccounts(world.ledger, ID, { after: null, limit: 9 })).toEqual([
        account(1, { row: null }),
        account(2),
      ]);
    });

    it('and end with it where the mapping has faults', async () => {
      world.placed.push(placed(1));
      await world.start(adoption(), { mapping: [row(7)] });
      world.seconds = 60;
      expect(await list()).toEqual(
        adoption({
          phase: 'REFUSED',
          cursor: 'x',
          endedAt: after(60).toISOString(),
          faults: [
            {
              field: 'line 7, accountId',
              message: `is '${idOf(7)}', which is no account of this organization. Correct it, or invite the account first.`,
            },
          ],
        }),
      );
      expect(await world.accounts(1)).toEqual([]);
    });

    it('and tell how many more faults there are than anybody reads', async () => {
      await world.start(adoption(), {
        mapping: Array.from({ length: 102 }, (_, index) => row(index)),
      });
      const { faults } = await list();
      expect(faults).toHaveLength(101);
      expect(faults.at(-1)).toMatchObject({
        field: 'mapping',
        message: expect.stringContaining('2 more') as string,
      });
    });

    it('of what was asked for, which has to be there', async () => {
      await expect(list()).rejects.toThrow(`The adoption ${ID} has lost what was asked for.`);
    });

    const refusalOf = async (number: number): Promise<string | undefined> => {
      world.placed.push(placed(number));
      await world.start(adoption(), { mapping: [row(number)] });
      return (await list()).faults[0]?.message;
    };

    it.each([
      {
        who: 'is a delegated administrator',
        set: () => void (world.delegated = [idOf(1)]),
        what: 'a delegated admin',
      },
      {
        who: 'is shared by Control Tower',
        set: () => void (world.shared = [{ id: idOf(1), part: 'centralizedLogging' }]),
        what: 'an account that Control Tower shares (centralizedLogging of its landing zone)',
      },
      {
        who: 'is both, of which the more telling counts',
        set: () => {
          world.delegated = [idOf(1)];
          world.shared = [{ id: idOf(1), part: 'securityRoles' }];
        },
        what: 'an account that Control Tower shares (securityRoles',
      },
      {
        who: 'is named in platform.json',
        set: () => {
          world.delegated = [idOf(1)];
          world.configured(
            ['platform.import', { organizationalUnits: [UNIT] }],
            ['platform.sharedAccountIds', [idOf(1)]],
          );
        },
        what: 'an account that others share',
      },
    ])('without one that $who', async ({ set, what }) => {
      set();
      expect(await refusalOf(1)).toContain(`is '${idOf(1)}', ${what}`);
    });

    it('without the account that this runs in', async () => {
      const number = Number(OWN_ACCOUNT) - 100_000_000_000;
      expect(await refusalOf(number)).toContain('the account that this application runs in');
    });

    it.each(['is not set up', 'is not used'])('where Control Tower %s, too', async (what) => {
      world.placed.push(placed(1));
      await world.start(adoption());
      world.controlTower.isThere = false;
      const ports = what === 'is not used' ? { ...world.ports, controlTower: null } : world.ports;
      expect(await listAccounts(ports, adoption())).toMatchObject({
        accounts: 1,
      });
    });
  });

  describe('are made of what each account is to be', () => {
    const judging = (changes: Partial<AdoptionRecord> = {}): AdoptionRecord =>
      adoption({ phase: 'JUDGING', ...changes });

    /** One by one, by the mapping that names them, unless the tags say it. */
    const judge = (changes: Partial<AdoptionRecord> = {}): Promise<AdoptionRecord> =>
      judgeAccounts(world.ports, judging(changes));

    const judged = async (...accounts: readonly AdoptionAccount[]): Promise<AdoptionAccount | undefined> => {
      await world.start(adoption(), { mapping: [] });
      await know(...accounts);
      await judge();
      return (await world.accounts(1))[0];
    };

    const judgedByTags = async (
      tags: Readonly<Record<string, string>>,
      changes: Partial<AdoptionAccount> = {},
    ): Promise<AdoptionAccount | undefined> => {
      world.tags.set(idOf(1), tags);
      await world.start(adoption());
      await know(account(1, { row: null, ...changes }));
      await judge();
      return (await world.accounts(1))[0];
    };

    it('with what a run would change', async () => {
      world.preview = ({ existingAccountId }) =>
        Promise.resolve({
          changes: [{ ...CHANGE, to: existingAccountId }],
          refusal: null,
        });
      const found = await judged(account(1));
      expect(found).toEqual(
        account(1, {
          state: 'PROPOSED',
          desiredState: expect.objectContaining({
            replicationSequence: NOW.getTime(),
            projectCreatorEmail: 'aws+1@corp.example',
          }) as object,
          changes: [{ ...CHANGE, to: idOf(1) }],
          names: ['ALIAS#corp-retail-shop-1', 'GROUP#mst-retail.shop-1-admin'],
        }),
      );
    });

    it('and tell which are enrolled, and how far they have come', async () => {
      const enrolls = {
        state: 'EnrollAccount',
        what: 'enrollment',
        from: null,
        to: 'x',
      };
      world.preview = () => Promise.resolve({ changes: [CHANGE, enrolls], refusal: null });
      await world.start(adoption(), { mapping: [] });
      await know(account(1), account(2), account(3));
      expect(await judge({ cursor: idOf(1), judged: 1, accounts: 3 })).toEqual(
        adoption({ phase: 'SUMMING', cursor: null, judged: 3, accounts: 3 }),
      );
      expect(await world.accounts(1, 2, 3)).toMatchObject([
        { state: 'LISTED', enrolls: false },
        { state: 'PROPOSED', enrolls: true },
        { state: 'PROPOSED', enrolls: true },
      ]);
    });

    it('and end where no account is left', async () => {
      await world.start(adoption());
      expect(await judge({ cursor: idOf(9) })).toEqual(adoption({ phase: 'SUMMING', cursor: null }));
      expect(await judge()).toEqual(adoption({ phase: 'SUMMING' }));
    });

    it('with everything, where a run would make all of it', async () => {
      world.preview = () => Promise.resolve({ changes: null, refusal: null });
      expect(await judged(account(1))).toMatchObject({
        changes: [],
        changesLeftOut: 0,
        enrolls: false,
      });
    });

    it('with 32 KB of the changes of each, and how many more there are', async () => {
      const long = { ...CHANGE, to: 'x'.repeat(12_000) };
      world.preview = () => Promise.resolve({ changes: [long, long, long, long], refusal: null });
      expect(await judged(account(1))).toMatchObject({
        changes: [long, long],
        changesLeftOut: 2,
      });
    });

    it('by the tags of an account, where nobody has sent a mapping', async () => {
      const found = await judgedByTags(TAGGED);
      expect(found).toMatchObject({
        state: 'PROPOSED',
        refusal: null,
        tagsHash: contentHash(TAGGED),
        desiredState: {
          tenant: {
            metadata: { ownedByWorkspace: 'retail', ownedByProject: 'shop' },
          },
        },
      });
    });

    it('by other tags where those are named', async () => {
      world.tags.set(idOf(1), {
        team: 'retail',
        project: 'shop',
        landingZone: 'aws-dev',
      });
      await world.start(adoption(), {
        tagKeys: { ...TAG_KEYS, workspace: 'team' },
      });
      await know(account(1, { row: null }));
      await judge();
      expect(await world.accounts(1)).toMatchObject([{ refusal: null }]);
    });

    it.each([
      {
        mapping: [],
        message: 'No line of the mapping names this account.',
        remedy: 'Add a line for it, or leave it out.',
      },
      {
        mapping: null,
        message: 'The account lacks one of the tags workspace, project, landingZone.',
        remedy: 'Put these tags on the account, or send a mapping.',
      },
    ])('but not of one that nobody has named: $message', async ({ mapping, message, remedy }) => {
      const tags = mapping === null ? { workspace: 'retail' } : TAGGED;
      world.tags.set(idOf(1), tags);
      await world.start(adoption(), { mapping });
      await know(account(1, { row: null }));
      expect(await judge()).toMatchObject({ faults: [], judged: 1 });
      expect(await world.accounts(1)).toEqual([
        account(1, {
          row: null,
          state: 'PROPOSED',
          tagsHash: contentHash(tags),
          refusal: { state: 'Mapping', message, remedy },
        }),
      ]);
    });

    it('but not where what was asked for is lost', async () => {
      world.tags.set(idOf(1), TAGGED);
      await know(account(1, { row: null }));
      await expect(judge()).rejects.toThrow(`The adoption ${ID} has lost what was asked for.`);
    });

    it('but not of the account that this runs in', async () => {
      const own = account(Number(OWN_ACCOUNT) - 100_000_000_000);
      await world.start(adoption(), { mapping: [] });
      await know(own);
      await judge();
      const [found] = await readAccounts(world.ledger, ID, { after: null, limit: 1 });
      expect(found?.refusal).toMatchObject({ state: 'PlanVending' });
    });

    it('once, though a function was killed before that was written down', async () => {
      await judged(account(1));
      const written = world.ledger.writes.length;
      expect(await judge()).toMatchObject({ faults: [], judged: 1 });
      expect(world.ledger.writes).toHaveLength(written);
    });

    describe('by the tags that they carry', () => {
      it.each([
        { line: 7, field: 'line 7, accountId' },
        { line: null, field: `mapping: ${idOf(1)}` },
      ])('and not where one belongs to another tenant, which is a fault at $field', async ({ line, field }) => {
        const named = account(1, { row: row(1, { line }) });
        world.tags.set(idOf(1), { [TENANT_TAG_KEY]: 'tenant-7' });
        await world.start(adoption(), { mapping: [] });
        await know(named);
        const reason = `which belongs to tenant tenant-7, as its tag ${TENANT_TAG_KEY} says. Take the line out.`;
        const { faults } = await judge();
        expect(faults).toEqual([{ field, message: `is '${idOf(1)}', ${reason}` }]);
        expect(await world.accounts(1)).toEqual([{ ...named, state: 'LEFT_OUT', reason }]);
        // Killed before the part was written down.
        world.tags.clear();
        expect((await judge()).faults).toEqual(faults);
        expect(await world.accounts(1)).toMatchObject([{ state: 'LEFT_OUT' }]);
      });

      it('and where one is that of the tenant that it is to be', async () => {
        world.tags.set(idOf(1), { [TENANT_TAG_KEY]: account(1).tenantUuid });
        expect(await judged(account(1))).toMatchObject({
          state: 'PROPOSED',
          refusal: null,
        });
      });

      const BY_TAG = ['platform.import', { tag: TAG }] as const;

      it.each([
        {
          carried: {},
          place: ELSEWHERE,
          told: 'is in ou-ab12-elsewher and has no tag vend = yes.',
        },
        {
          carried: { vend: 'no' },
          place: ELSEWHERE,
          told: 'is in ou-ab12-elsewher and has no tag vend = yes.',
        },
        {
          carried: {},
          place: { state: 'ACTIVE', unitsAbove: [] },
          told: 'is in no unit that AWS names and has no tag vend = yes.',
        },
      ])(
        'and leaves out, without a fault, one that nobody has named and that $told',
        async ({ carried, place, told }) => {
          world.configured(BY_TAG);
          expect(await judgedByTags(carried, { place })).toEqual(
            account(1, {
              row: null,
              place,
              state: 'LEFT_OUT',
              reason: `which ${told} Put the tag on it, or move it.`,
            }),
          );
        },
      );

      it('and takes one by its tag, by which it is known again', async () => {
        world.configured(BY_TAG);
        const carried = { [TAG.key]: TAG.value };
        world.tags.set(idOf(1), carried);
        expect(await judged(account(1, { place: ELSEWHERE }))).toMatchObject({
          state: 'PROPOSED',
          refusal: null,
          tagsHash: contentHash(carried),
        });
      });

      it.each([
        { where: 'no tag is configured', changes: [['platform.import', { organizationalUnits: [UNIT] }]] as const },
        { where: 'nothing is imported any more', changes: [] },
      ])('and takes none from another unit where $where', async ({ changes }) => {
        world.configured(...changes);
        const { reason } = (await judged(account(1, { place: ELSEWHERE }))) ?? {};
        expect(reason).toBe(
          'which is in ou-ab12-elsewher, from which no account may be adopted. Move it, or take the line out.',
        );
      });
    });

    it('but for one that cannot be planned, and tell every reason', async () => {
      const wrong = row(1, {
        workspace: 'far-too-long-a-workspace',
        landingZone: 'gone',
      });
      const found = await judged(account(1, { row: wrong }));
      expect(found).toMatchObject({
        state: 'PROPOSED',
        changes: null,
        names: [],
        desiredState: {
          tenant: {
            metadata: { ownedByWorkspace: 'far-too-long-a-workspace' },
          },
        },
        refusal: {
          state: 'PlanVending',
          remedy: 'Correct the mapping or the tags, or the configuration, and ask for new proposals.',
        },
      });
      expect(found?.refusal?.message).toMatch(/ownedByWorkspace .+ .*landingZoneRef\.name .+/u);
    });

    it('without a desired state where none can be made', async () => {
      const found = await judged(account(1, { row: row(1, { workspace: '' }) }));
      expect(found?.refusal?.state).toBe('PlanVending');
      expect(found?.desiredState).toBeNull();
    });

    describe('by a dry run', () => {
      it('that is tried three times where AWS does not answer', async () => {
        let tries = 0;
        world.preview = () => {
          tries += 1;
          return tries < 3
            ? Promise.reject(new TransientError('Too fast.'))
            : Promise.resolve({ changes: [CHANGE], refusal: null });
        };
        expect(await judged(account(1))).toMatchObject({
          changes: [CHANGE],
          refusal: null,
        });
        expect(world.waits).toEqual([2000, 4000]);
        expect(world.log.entries).toEqual([]);
      });

      const AGAIN = 'Ask for new proposals; if it stays so, the log of PreviewChanges says why.';

      it.each([
        {
          cause: new TransientError('Too fast.'),
          message: 'Too fast.',
          remedy: AGAIN,
          waits: [2000, 4000],
        },
        {
          cause: new Error('A bug.'),
          message: 'A bug.',
          remedy: AGAIN,
          waits: [],
        },
        { cause: 'thrown', message: 'thrown', remedy: AGAIN, waits: [] },
        {
          cause: new RejectedError('No.', 'Ask.'),
          message: 'No.',
          remedy: 'Ask.',
          waits: [],
        },
      ])('without which nothing is adopted: $message', async ({ cause, message, remedy, waits }) => {
        world.preview = jest.fn<Promise<Preview>, []>().mockRejectedValue(cause);
        expect(await judged(account(1))).toMatchObject({
          state: 'PROPOSED',
          changes: [],
          refusal: { state: 'PreviewChanges', message, remedy },
        });
        expect(world.waits).toEqual(waits);
        expect(world.log.entries).toEqual([
          {
            level: 'error',
            sentence: 'What an adoption would change could not be told',
            keys: { account: idOf(1) },
            cause,
          },
        ]);
      });
    });

    const many = (count: number): readonly AdoptionAccount[] =>
      Array.from({ length: count }, (_, index) => account(index + 1));

    it('four at a time, two dozen in a part', async () => {
      let [atOnce, most] = [0, 0];
      world.preview = async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await Promise.resolve();
        atOnce -= 1;
        return { changes: [], refusal: null };
      };
      await world.start(adoption(), { mapping: [] });
      await know(...many(25));
      const first = await judge();
      expect(first).toEqual(judging({ cursor: idOf(24), judged: 24 }));
      expect(most).toBe(4);
      expect(await judge(first)).toEqual(judging({ phase: 'SUMMING', cursor: null, judged: 25 }));
    });

    it('and none is begun after a minute', async () => {
      world.preview = () => {
        world.seconds += 7.5;
        return Promise.resolve({ changes: [], refusal: null });
      };
      await world.start(adoption(), { mapping: [] });
      await know(...many(9));
      expect(await judge()).toEqual(judging({ cursor: idOf(8), judged: 8 }));
      expect(await world.accounts(8, 9)).toMatchObject([{ state: 'PROPOSED' }, { state: 'LISTED' }]);
    });

    it('and tell a hundred faults, and that there are more', async () => {
      world.configured(['platform.import', { tag: TAG }]);
      const faults = Array.from({ length: 99 }, (_, index) => ({
        field: `line ${index}`,
        message: 'is wrong',
      }));
      await world.start(adoption(), { mapping: [] });
      await know(...many(4).map((one) => ({ ...one, place: ELSEWHERE })));
      const told = (await judge({ faults })).faults;
      expect(told).toHaveLength(101);
      expect(told.slice(0, 99)).toEqual(faults);
      expect(told.slice(99).map(({ field }) => field)).toEqual(['line 1, accountId', 'line 2, accountId']);
    });
  });

  describe('end with their sum', () => {
    const summing = (changes: Partial<AdoptionRecord> = {}): AdoptionRecord =>
      adoption({ phase: 'SUMMING', cursor: 'x', ...changes });

    const sum = (changes: Partial<AdoptionRecord> = {}): Promise<AdoptionRecord> =>
      sumUp({ ledger: world.ledger, now: () => after(60) }, summing(changes));

    it('unless the mapping has faults', async () => {
      const faults = [{ field: 'line 1', message: 'is wrong' }];
      expect(await sum({ faults })).toEqual(summing({ phase: 'REFUSED', faults, endedAt: after(60).toISOString() }));
    });

    it('by which somebody consents to all of them, for a day', async () => {
      const refusal = { state: 'Mapping', message: 'No.', remedy: null };
      const [good, bad] = [account(1, { state: 'PROPOSED' }), account(3, { state: 'PROPOSED', refusal })];
      await know(good, account(2, { state: 'LEFT_OUT' }), bad);
      const written = world.ledger.writes.length;
      expect(await sum()).toEqual(
        summing({
          phase: 'PROPOSED',
          cursor: null,
          accounts: 2,
          refused: 1,
          proposalsHash: contentHash([ID, proposalHash(good), proposalHash(bad)]),
          expiresAt: after(60 + 24 * 3600).toISOString(),
        }),
      );
      expect(world.ledger.writes).toHaveLength(written);
    });

    it('in which the first of those keeps a name that claim the same', async () => {
      const refusal = { state: 'Mapping', message: 'No.', remedy: null };
      const names = ['ALIAS#one', 'GROUP#a#b'];
      await know(
        account(1, { state: 'PROPOSED', names, refusal }),
        account(2, { state: 'PROPOSED', names }),
        account(3, {
          state: 'PROPOSED',
          names: ['ALIAS#other', 'GROUP#a#b'],
        }),
        account(4, { state: 'PROPOSED', names: ['ALIAS#other'] }),
      );
      const told = await sum();
      expect(told).toMatchObject({ refused: 2, accounts: 4 });
      const [first, second, third, fourth] = await world.accounts(1, 2, 3, 4);
      expect([first?.refusal, second?.refusal, fourth?.refusal]).toEqual([refusal, null, null]);
      expect(third?.refusal).toEqual({
        state: 'PlanVending',
        message: `The group "a#b" would belong to account ${idOf(2)}, which is proposed here, too.`,
        remedy: 'Give the two accounts different projects, or use #{tenantPlatformNumber} in the pattern of this name.',
      });
      expect(await sum()).toEqual(told);
    });
  });
});
