import { adoptAccounts } from '../../../functions/adopt/adopt-accounts';
import { compose } from '../../../functions/adopt/handler';
import { sumOfProposals } from '../../../functions/adopt/sum-up';
import { takeAccounts } from '../../../functions/adopt/take-accounts';
import { verifyAccounts } from '../../../functions/adopt/verify-accounts';
import type { AdoptionAccount, AdoptionRecord } from '../../../functions/domain/adoption/adoption';
import { proposedState } from '../../../functions/domain/adoption/proposed-state';
import { RejectedError } from '../../../functions/domain/base/errors';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { contentHash } from '../../../functions/domain/base/json';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { RELEASE_KEY } from '../../../functions/domain/rollout/release';
import { addAccounts, writeAccount } from '../../../functions/ledger/adoption/adoption-accounts';
import { readAdoption } from '../../../functions/ledger/adoption/adoptions';
import { accountClaim, claimKey, desiredStateKey, runKey, tenantKey } from '../../../functions/ledger/base/keys';
import { readRun, readTenant } from '../../../functions/ledger/tenants/tenant-items';
import { RecordingMetrics, RecordingWatch } from '../../fakes/recording-edges';
import { account as vendedAccount, after, NOW, tenant } from '../../fakes/vending';
import { OrganizationWorld } from '../aws/organization-world';
import { type Change, configuration } from '../domain/examples';
import { overwrite } from '../ledger/ledger-calls';
import { account, adoption, AdoptionWorld, ID, idOf, placed, row, UNIT } from './adoption-world';

const SEQUENCE = NOW.getTime();
const ASK_AGAIN = 'Ask for new proposals (POST /adoptions?dryRun=true).';
const HOUR = 3600;

describe('an adoption', () => {
  let world: AdoptionWorld;

  beforeEach(() => {
    world = new AdoptionWorld();
  });

  const know = (...accounts: readonly AdoptionAccount[]): Promise<void> => addAccounts(world.ledger, ID, accounts, NOW);

  /** What was proposed for an account, and consented to. */
  const proposal = (number: number, changes: Partial<AdoptionAccount> = {}): AdoptionAccount => {
    const listed = account(number);
    const desiredState = proposedState(listed, row(number), adoption());
    return {
      ...listed,
      state: 'PROPOSED',
      desiredState,
      changes: [],
      ...changes,
    };
  };

  describe('compares the organization with what was consented to', () => {
    const verifying = (changes: Partial<AdoptionRecord> = {}): AdoptionRecord =>
      adoption({ phase: 'VERIFYING', ...changes });

    const verify = async (changes: Partial<AdoptionRecord> = {}): Promise<AdoptionRecord> => {
      const { hash } = await sumOfProposals(world.ledger, ID);
      return verifyAccounts(world.ports, verifying({ proposalsHash: hash, ...changes }));
    };

    const became = (told: string) => ({
      phase: 'STALE',
      endedAt: NOW.toISOString(),
      cursor: null,
      staleBecause: `The organization has changed since the proposals were made: account ${idOf(1)} ${told}. Nothing was adopted. ${ASK_AGAIN}`,
    });

    it('and begins where it is the same', async () => {
      world.placed.push(placed(1));
      world.tags.set(idOf(1), { a: 'b' });
      await know(proposal(1, { tagsHash: contentHash({ a: 'b' }) }));
      const { hash } = await sumOfProposals(world.ledger, ID);
      expect(await verify()).toEqual(adoption({ phase: 'ADOPTING', proposalsHash: hash }));
    });

    it('and has no regard for tags that decide nothing', async () => {
      world.placed.push(placed(1));
      world.tags.set(idOf(1), { a: 'b' });
      await know(proposal(1));
      expect(await verify()).toMatchObject({ phase: 'ADOPTING' });
    });

    it('and adopts nothing where the proposals are others', async () => {
      await know(proposal(1));
      expect(await verify({ proposalsHash: 'other' })).toEqual(
        verifying({
          proposalsHash: 'other',
          phase: 'STALE',
          endedAt: NOW.toISOString(),
          staleBecause: `The proposals are not those that were consented to. ${ASK_AGAIN}`,
        }),
      );
    });

    it.each<{
      readonly told: string;
      readonly change: () => unknown;
      readonly at?: AdoptionAccount['place'];
    }>([
      {
        told: 'is no account of the organization now',
        change: () => undefined,
      },
      {
        told: 'is SUSPENDED now',
        change: () => world.placed.push(placed(1, { state: 'SUSPENDED' })),
      },
      {
        told: 'is in no known state now',
        change: () => world.placed.push(placed(1, { state: null })),
      },
      {
        told: `is in ou-ab12-other now, and was in ${UNIT}`,
        change: () => world.placed.push(placed(1, { unitsAbove: ['ou-ab12-other', 'r-ab12'] })),
      },
      {
        told: `is in ${UNIT} as before, which has another unit above it now`,
        change: () => world.placed.push(placed(1, { unitsAbove: [UNIT, 'ou-ab12-other', 'r-ab12'] })),
      },
      {
        told: `is in another unit now, and was in ${UNIT}`,
        change: () => world.placed.push(placed(1, { unitsAbove: [] })),
      },
      {
        told: `is in ${UNIT} now, and was in none`,
        change: () => world.placed.push(placed(1)),
        at: { state: 'ACTIVE', unitsAbove: [] },
      },
      {
        told: 'belongs to tenant tenant-7 now',
        change: () => {
          world.placed.push(placed(1));
          return overwrite(world.ledger, claimKey(accountClaim(idOf(1))), {
            tenantUuid: 'tenant-7',
          });
        },
      },
      {
        told: 'is a delegated administrator of an AWS service now',
        change: () => {
          world.placed.push(placed(1));
          world.delegated = [idOf(1)];
        },
      },
      {
        told: 'has other tags now',
        change: () => {
          world.placed.push(placed(1));
          world.tags.set(idOf(1), { a: 'c' });
        },
      },
    ])('and adopts nothing where an account $told', async ({ told, change, at }) => {
      const tagsHash = contentHash(told.includes('tags') ? { a: 'b' } : {});
      await know(proposal(1, { tagsHash, ...(at === undefined ? {} : { place: at }) }));
      await change();
      expect(await verify()).toMatchObject(became(told));
    });

    it.each<Partial<AdoptionAccount>>([
      { state: 'LEFT_OUT' },
      { refusal: { state: 'Mapping', message: 'No.', remedy: null } },
    ])('and looks at none that is not to be adopted: %j', async (changes) => {
      await know(proposal(1, changes));
      expect(await verify()).toMatchObject({ phase: 'ADOPTING' });
    });

    it('two hundred accounts in a part, and the proposals once', async () => {
      const numbers = Array.from({ length: 201 }, (_, index) => index + 1);
      world.placed.push(...numbers.slice(0, 200).map((number) => placed(number)));
      await know(...numbers.map((number) => proposal(number)));
      const first = await verify();
      expect(first).toMatchObject({ phase: 'VERIFYING', cursor: idOf(200) });
      expect(await verifyAccounts(world.ports, { ...first, proposalsHash: 'other' })).toMatchObject({
        phase: 'STALE',
        staleBecause: expect.stringContaining(`account ${idOf(201)} is no account`) as string,
      });
      expect(await verifyAccounts(world.ports, { ...first, cursor: idOf(201) })).toMatchObject({ phase: 'ADOPTING' });
    });
  });

  describe('gives accounts their runs', () => {
    const adopting = (changes: Partial<AdoptionRecord> = {}): AdoptionRecord =>
      adoption({
        phase: 'ADOPTING',
        consentedAt: NOW.toISOString(),
        consentedBy: 'arn:joe',
        ...changes,
      });

    const take = (changes: Partial<AdoptionRecord> = {}): Promise<AdoptionRecord> =>
      takeAccounts(world.ports, adopting(changes));

    const uuidOf = (number: number): string => account(number).tenantUuid;

    it('only where somebody has consented', async () => {
      await know(proposal(1));
      await expect(take({ consentedAt: null })).rejects.toThrow(`Nobody has consented to the adoption ${ID}.`);
      expect(world.workflow.calls).toEqual([]);
    });

    it('in the name of who has consented', async () => {
      await know(proposal(1), proposal(2));
      expect(await take({ waitsUntil: 'then' })).toEqual(
        adopting({
          cursor: idOf(2),
          running: [idOf(1), idOf(2)],
          waitsUntil: null,
        }),
      );
      expect(await world.accounts(1)).toEqual([proposal(1, { state: 'RUNNING' })]);
      expect(world.workflow.calls).toEqual([`${uuidOf(1)}-${SEQUENCE}`, `${uuidOf(2)}-${SEQUENCE}`]);
      expect(
        await readRun(world.ledger, {
          tenantUuid: uuidOf(1),
          replicationSequence: SEQUENCE,
          run: 1,
        }),
      ).toMatchObject({
        status: 'ACCEPTED',
        requestedBy: 'arn:joe',
      });
      expect(world.ledger.lastWriteOf(desiredStateKey(uuidOf(1), SEQUENCE).sort)?.data).toMatchObject({
        trigger: 'api',
        requestedBy: 'arn:joe',
      });
    });

    it('once, wherever it was killed', async () => {
      await know(proposal(1));
      const taken = await take();
      expect(await take()).toEqual(taken);
      await writeAccount(world.ledger, ID, proposal(1), NOW);
      expect(await take()).toEqual(taken);
      expect(new Set(world.workflow.calls).size).toBe(1);
    });

    it('twenty at once, and then as many as have ended', async () => {
      const numbers = Array.from({ length: 22 }, (_, index) => index + 1);
      await know(...numbers.map((number) => proposal(number)));
      const first = await take();
      expect(first).toMatchObject({
        cursor: idOf(20),
        running: numbers.slice(0, 20).map(idOf),
        phase: 'ADOPTING',
      });
      const reads = jest.spyOn(world.ledger, 'readPartition');
      expect(await takeAccounts(world.ports, first)).toEqual(first);
      expect(reads).not.toHaveBeenCalled();
      await end(3);
      expect(await takeAccounts(world.ports, first)).toMatchObject({
        cursor: idOf(21),
        adopted: 1,
        failed: 0,
        phase: 'ADOPTING',
        running: [...numbers.filter((number) => number !== 3 && number < 22)].map(idOf),
      });
    });

    /** Its run has ended, in whatever way. */
    const end = async (number: number, changes: Partial<TenantRecord> = {}, error: object | null = null) => {
      const known = await readTenant(world.ledger, uuidOf(number));
      await overwrite(world.ledger, tenantKey(uuidOf(number)), {
        ...known,
        status: 'VENDED',
        activeRun: null,
        account: { ...vendedAccount, id: idOf(number) },
        ...changes,
      });
      const run = await readRun(world.ledger, {
        tenantUuid: uuidOf(number),
        replicationSequence: SEQUENCE,
        run: 1,
      });
      await overwrite(world.ledger, runKey(uuidOf(number), SEQUENCE, 1), {
        ...run,
        error,
      });
    };

    it('and ends when the last one has ended', async () => {
      await know(proposal(1));
      const taken = await take();
      await end(1);
      expect(await takeAccounts(world.ports, taken)).toEqual(
        adopting({
          ...taken,
          phase: 'ENDED',
          running: [],
          adopted: 1,
          endedAt: NOW.toISOString(),
        }),
      );
      expect(await world.accounts(1)).toMatchObject([{ state: 'ADOPTED', reason: null }]);
    });

    it('and ends after those that are left alone, twenty of which have no room for others', async () => {
      const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
      await know(...numbers.map((number) => proposal(number, { state: 'LEFT_OUT' })));
      const first = await take();
      expect(first).toEqual(adopting({ cursor: idOf(20) }));
      expect(await takeAccounts(world.ports, first)).toMatchObject({ phase: 'ENDED' });
    });

    it('and waits for the end of one whose tenant nobody sees', async () => {
      await know(proposal(1));
      const taken = await take();
      await overwrite(world.ledger, tenantKey(uuidOf(1)), null);
      expect(await takeAccounts(world.ports, taken)).toEqual(taken);
    });

    it('and ends at once where there is none', async () => {
      expect(await take()).toMatchObject({
        phase: 'ENDED',
        endedAt: NOW.toISOString(),
      });
    });

    it.each<{
      readonly why: string;
      readonly changes?: Partial<TenantRecord>;
      readonly error?: object;
    }>([
      {
        why: 'AWS says no. Ask again.',
        changes: { status: 'FAILED' },
        error: { message: 'AWS says no.', remedy: 'Ask again.' },
      },
      {
        why: 'AWS says no.',
        changes: { status: 'FAILED' },
        error: { message: 'AWS says no.', remedy: null },
      },
      { why: 'Its tenant is CLOSED.', changes: { status: 'CLOSED' } },
      { why: 'Its tenant is VENDED.', changes: { account: null } },
      { why: 'Its tenant is VENDED.', changes: { account: vendedAccount } },
    ])('and tells why one has failed: $why', async ({ why, changes, error }) => {
      await know(proposal(1));
      const taken = await take();
      await end(1, changes, error === undefined ? null : { name: 'RejectedError', ...error });
      expect(await takeAccounts(world.ports, taken)).toMatchObject({
        failed: 1,
        adopted: 0,
        running: [],
        phase: 'ENDED',
      });
      expect(await world.accounts(1)).toMatchObject([{ state: 'FAILED', reason: why }]);
    });

    it.each<Partial<AdoptionAccount>>([
      { state: 'LEFT_OUT' },
      { refusal: { state: 'Mapping', message: 'No.', remedy: null } },
      { state: 'LISTED' },
    ])('but to none that was not proposed: %j', async (changes) => {
      await know(proposal(1, changes));
      expect(await take()).toMatchObject({
        cursor: idOf(1),
        adopted: 0,
        failed: 0,
        running: [],
        phase: 'ENDED',
      });
      expect(world.workflow.calls).toEqual([]);
      expect(await world.accounts(1)).toEqual([proposal(1, changes)]);
    });

    it.each([
      { state: 'ADOPTED', counted: { adopted: 1, failed: 0, running: [] } },
      { state: 'FAILED', counted: { adopted: 0, failed: 1, running: [] } },
      {
        state: 'RUNNING',
        counted: { adopted: 0, failed: 0, running: [idOf(1)] },
      },
    ] as const)('and counts one that is $state, whatever the record says', async ({ state, counted }) => {
      await know(proposal(1, { state }));
      expect(await take()).toMatchObject(counted);
      expect(world.workflow.calls).toEqual([]);
    });

    it('but to none that belongs to another tenant meanwhile', async () => {
      await overwrite(world.ledger, claimKey(accountClaim(idOf(1))), {
        tenantUuid: 'tenant-7',
      });
      await know(proposal(1));
      expect(await take()).toMatchObject({ failed: 1, running: [] });
      expect(await world.accounts(1)).toMatchObject([
        {
          state: 'FAILED',
          reason: 'The account belongs to tenant tenant-7 now.',
        },
      ]);
      expect(world.workflow.calls).toEqual([]);
    });

    const known = (changes: Partial<TenantRecord>): Promise<void> =>
      overwrite(world.ledger, tenantKey(uuidOf(1)), tenant({ tenantUuid: uuidOf(1), activeRun: null, ...changes }));

    it.each<{ readonly what: string; readonly changes: Partial<TenantRecord> }>([
      {
        what: 'is at work',
        changes: { activeRun: { replicationSequence: 17, run: 1 } },
      },
      { what: 'has its account', changes: { account: vendedAccount } },
    ])('but to none of which another adoption $what', async ({ changes }) => {
      await known(changes);
      await know(proposal(1));
      expect(await take()).toMatchObject({ failed: 1 });
      expect(await world.accounts(1)).toMatchObject([
        {
          state: 'FAILED',
          reason: `Another adoption has made this account the tenant ${uuidOf(1)} already, or is about to.`,
        },
      ]);
    });

    it('to one that was this tenant before, and has nothing any more', async () => {
      await known({ status: 'FAILED' });
      await overwrite(world.ledger, claimKey(accountClaim(idOf(1))), {
        tenantUuid: uuidOf(1),
      });
      await know(proposal(1));
      expect(await take()).toMatchObject({ running: [idOf(1)] });
    });

    it('but to none of which somebody wants something else since', async () => {
      await known({ latestSequence: SEQUENCE + 1 });
      await know(proposal(1));
      expect(await take()).toMatchObject({ failed: 1 });
      expect(await world.accounts(1)).toMatchObject([
        {
          state: 'FAILED',
          reason: 'The tenant of this account has a newer desired state.',
        },
      ]);
    });

    it('but to none that is refused at the door, with every reason', async () => {
      world.configured(
        ['platform.import', { organizationalUnits: [UNIT] }],
        ['platform.identifierLimits.workspaceIdentifier', 3],
        ['platform.identifierLimits.projectIdentifier', 3],
      );
      await know(proposal(1), proposal(2, { desiredState: null }));
      expect(await take()).toMatchObject({ failed: 2 });
      const [first, second] = await world.accounts(1, 2);
      expect(first?.reason).toMatch(/ownedByWorkspace .+ .*ownedByProject .+/u);
      expect(second).toMatchObject({
        state: 'FAILED',
        reason: expect.stringMatching(/./u) as string,
      });
    });

    describe('as many as AWS enrolls in a week', () => {
      beforeEach(async () => {
        world.enrollmentsPerWeek = 1;
        await know(proposal(1, { enrolls: true }), proposal(2, { enrolls: true }), proposal(3));
      });

      const UNTIL = after((7 * 24 + 1) * HOUR).toISOString();

      it('and waits with the next one until there is room', async () => {
        const taken = await take();
        expect(taken).toEqual(adopting({ cursor: idOf(1), running: [idOf(1)], waitsUntil: UNTIL }));
        expect(await world.accounts(1, 2)).toEqual([
          proposal(1, {
            enrolls: true,
            state: 'RUNNING',
            enrollmentCountedAt: NOW.toISOString(),
          }),
          proposal(2, { enrolls: true }),
        ]);
        world.seconds = (7 * 24 + 1) * HOUR;
        expect(await takeAccounts(world.ports, taken)).toMatchObject({
          cursor: idOf(3),
          running: [idOf(1), idOf(2), idOf(3)],
          waitsUntil: null,
        });
      });

      it('and does not count one that is refused', async () => {
        await overwrite(world.ledger, claimKey(accountClaim(idOf(1))), {
          tenantUuid: 'tenant-7',
        });
        expect(await take()).toMatchObject({
          running: [idOf(2), idOf(3)],
          failed: 1,
          waitsUntil: null,
        });
      });
    });
  });

  describe('goes on part by part', () => {
    const PART = { id: ID, part: 0 };

    const deliver = async (...bodies: readonly unknown[]): Promise<readonly string[]> => {
      const Records = bodies.map((body, index) => ({
        messageId: `m-${index}`,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }));
      const { batchItemFailures } = await adoptAccounts(world.ports, {
        Records,
      });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    };

    const record = async (): Promise<AdoptionRecord | undefined> => readAdoption(world.ledger, ID);

    it('from the list to the proposals, and then waits for a consent', async () => {
      world.placed.push(placed(1));
      await world.start(adoption(), { mapping: [row(1)] });
      expect(await deliver({ ...PART, ofNewerRelease: true })).toEqual([]);
      expect(await record()).toMatchObject({
        phase: 'JUDGING',
        part: 1,
        takenUntil: null,
      });
      expect(world.sent).toEqual([{ part: { id: ID, part: 1, ofNewerRelease: true }, delaySeconds: 5 }]);
      await deliver({ id: ID, part: 1 });
      await deliver({ id: ID, part: 2 });
      expect(await record()).toMatchObject({ phase: 'PROPOSED', part: 3 });
      expect(world.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([5, 5]);
    });

    it('again where a message cannot be read, and takes the others', async () => {
      await world.start(adoption());
      expect(await deliver('{', { part: 0 }, { id: ID, part: -1 }, { id: ID, part: 0.5 }, PART)).toEqual([
        'm-0',
        'm-1',
        'm-2',
        'm-3',
      ]);
      expect(await record()).toMatchObject({ part: 1 });
      expect(world.log.entries).toHaveLength(4);
      expect(world.log.entries[0]).toEqual({
        level: 'error',
        sentence: 'An adoption could not go on now; it will be tried again',
        keys: { messageId: 'm-0' },
        cause: expect.any(SyntaxError) as Error,
      });
    });

    it('not while it waits for a consent', async () => {
      await world.start(adoption({ phase: 'PROPOSED' }));
      expect(await deliver(PART)).toEqual([]);
      expect(world.log.entries).toEqual([
        {
          level: 'info',
          sentence: 'This part of the adoption is done, or it waits for a consent',
          keys: PART,
        },
      ]);
      expect(world.sent).toEqual([]);
    });

    it('later while another function is at work on a part', async () => {
      await world.start(adoption({ takenUntil: after(1).toISOString() }));
      expect(await deliver(PART)).toEqual(['m-0']);
      expect(world.log.entries[0]?.cause).toMatchObject({
        name: 'TransientError',
        message: `Part 0 of the adoption ${ID} is being worked on.`,
      });
    });

    it('not where AWS refuses for good, and a person is told', async () => {
      const faults = [{ field: 'line 1', message: 'is wrong' }];
      await world.start(adoption({ faults }));
      const cause = new RejectedError('AWS denies ListAccounts.', 'Grant it.');
      world.ownAccount.failure = cause;
      expect(await deliver(PART)).toEqual([]);
      expect(await record()).toMatchObject({
        phase: 'REFUSED',
        endedAt: NOW.toISOString(),
        faults: [
          ...faults,
          {
            field: 'organization',
            message: 'could not be read: AWS denies ListAccounts. Grant it.',
          },
        ],
      });
      expect(world.log.entries).toEqual([
        {
          level: 'error',
          sentence: 'An adoption could not be begun',
          keys: { adoption: ID },
          cause,
        },
      ]);
      expect(world.sent).toEqual([]);
    });

    it('later where AWS does not answer', async () => {
      await world.start(adoption());
      world.ownAccount.failure = new Error('The connection was reset.');
      expect(await deliver(PART)).toEqual(['m-0']);
      expect(await record()).toMatchObject({ phase: 'LISTING', part: 0 });
    });

    it('with what was consented to', async () => {
      await world.start(adoption({ phase: 'VERIFYING', proposalsHash: 'other' }));
      await deliver(PART);
      expect(await record()).toMatchObject({ phase: 'STALE', part: 1 });
      expect(world.sent).toEqual([]);
    });

    describe('while accounts are adopted', () => {
      const start = (changes: Partial<AdoptionRecord> = {}): Promise<void> =>
        world.start(
          adoption({
            phase: 'ADOPTING',
            consentedAt: NOW.toISOString(),
            ...changes,
          }),
        );

      const delays = (): readonly number[] => world.sent.map(({ delaySeconds }) => delaySeconds);

      it('after some seconds, and later where nothing moves', async () => {
        await know(proposal(1));
        await start();
        await deliver(PART);
        await deliver({ id: ID, part: 1 });
        expect(delays()).toEqual([20, 60]);
      });

      it.each([{ status: 'FAILED' as const }, { status: 'VENDED' as const }])(
        'soon where one has ended as $status',
        async ({ status }) => {
          await know(proposal(1), proposal(2));
          await start();
          await deliver(PART);
          const { tenantUuid } = proposal(1);
          const known = await readTenant(world.ledger, tenantUuid);
          const ended = {
            ...known,
            status,
            activeRun: null,
            account: { ...vendedAccount, id: idOf(1) },
          };
          await overwrite(world.ledger, tenantKey(tenantUuid), ended);
          await deliver({ id: ID, part: 1 });
          expect(await record()).toMatchObject(status === 'VENDED' ? { adopted: 1 } : { failed: 1 });
          expect(delays()).toEqual([20, 20]);
        },
      );

      it.each([
        { seconds: (7 * 24 + 1) * HOUR - 901, delay: 900 },
        { seconds: (7 * 24 + 1) * HOUR - 899.5, delay: 900 },
        { seconds: (7 * 24 + 1) * HOUR - 61, delay: 61 },
        { seconds: (7 * 24 + 1) * HOUR - 1, delay: 60 },
      ])('when AWS enrolls again, in quarters of an hour at most: $delay s', async ({ seconds, delay }) => {
        world.enrollmentsPerWeek = 1;
        const enrollmentCountedAt = null;
        await know(proposal(1, { enrolls: true }), proposal(2, { enrolls: true, enrollmentCountedAt }));
        await start();
        await deliver(PART);
        expect(delays()).toEqual([20]);
        const known = await readTenant(world.ledger, proposal(1).tenantUuid);
        await overwrite(world.ledger, tenantKey(proposal(1).tenantUuid), {
          ...known,
          status: 'FAILED',
          activeRun: null,
        });
        world.seconds = seconds;
        await deliver({ id: ID, part: 1 });
        expect(delays()).toEqual([20, delay]);
      });

      it('after some seconds where twenty were left alone', async () => {
        const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
        await know(...numbers.map((number) => proposal(number, { state: 'LEFT_OUT' })));
        await start();
        await deliver(PART);
        expect(delays()).toEqual([20]);
      });

      it('later where AWS refuses a call: what has begun is not given up', async () => {
        await know(proposal(1));
        await start();
        world.ownAccount.failure = new RejectedError('AWS says no.', 'Ask.');
        expect(await deliver(PART)).toEqual(['m-0']);
        expect(await record()).toMatchObject({ phase: 'ADOPTING', part: 0 });
      });
    });
  });

  describe('as it is composed', () => {
    const NOBODY: readonly Change[] = [
      ['platform.enrollmentConfiguration', undefined],
      ['landingZone.awsEnrollAccount', false],
    ];

    interface ComposedWith {
      readonly enrolls?: boolean;
      readonly enrollmentsPerWeek?: number;
      readonly changes?: readonly Change[];
      /** Another configuration than the deployed one. */
      readonly released?: Configuration;
    }

    const run = async (
      { enrolls = true, enrollmentsPerWeek, released, changes = [] }: ComposedWith,
      record = adoption(),
    ) => {
      const aws = new OrganizationWorld();
      const caller = aws.caller();
      // Its own account, STS tells.
      const { ownAccount: _, ...ports } = world.ports;
      await world.start(record);
      const adopt = compose(
        {
          environment: (name) => (name === 'MANAGEMENT_ROLE_ARN' ? caller.managementRoleArn() : name),
          now: () => NOW,
          log: world.log,
          ledger: world.ledger,
          metrics: new RecordingMetrics(),
          wait: () => Promise.resolve(),
          secrets: caller.secrets,
          watch: new RecordingWatch(),
          aws: caller.settings,
        },
        {
          ...ports,
          enrollmentsPerWeek,
          configuration: configuration(
            ['platform.import', { organizationalUnits: ['r-ab12'] }],
            ...(enrolls ? [] : NOBODY),
            ...changes,
          ),
          configurationAt: (hash) =>
            released !== undefined && contentHash(released) === hash
              ? Promise.resolve(released)
              : Promise.reject(new Error('No other configuration is released.')),
        },
      );
      const answer = await adopt({
        Records: [{ messageId: 'm', body: JSON.stringify({ id: ID, part: 0 }) }],
      });
      return {
        answer,
        calls: aws.organization.calls,
        asked: aws.organization.calls.map(({ operation }) => operation),
      };
    };

    it.each([true, false])(
      'reads the organization, and Control Tower where accounts are enrolled: %s',
      async (enrolls) => {
        const { answer, asked } = await run({ enrolls });
        expect(world.log.entries).toEqual([]);
        expect(answer).toEqual({ batchItemFailures: [] });
        expect(await readAdoption(world.ledger, ID)).toMatchObject({
          phase: 'JUDGING',
        });
        expect(asked.includes('ListLandingZones')).toBe(enrolls);
      },
    );

    it('reads all that in its own name, no faster than AWS answers, and Control Tower in its own region', async () => {
      const { calls } = await run({ changes: [['platform.enrollmentConfiguration.region', 'eu-west-1']] });
      expect(new Set(calls.map(({ callerFunction }) => callerFunction))).toEqual(new Set(['AdoptAccounts']));
      const regionsOf = (name: string) =>
        calls.flatMap(({ operation, region }) => (operation === name ? [region] : []));
      expect([regionsOf('ListLandingZones'), regionsOf('GetCallerIdentity')]).toEqual([
        ['eu-west-1'],
        ['eu-central-1'],
      ]);
      const sessions = calls.flatMap(({ operation, input }) =>
        operation === 'AssumeRole' ? [(input as { RoleSessionName: string }).RoleSessionName] : [],
      );
      expect(sessions).toEqual(['AdoptAccounts']);
      const paced = world.ledger.writes.map(({ key }) => key.partition).filter((one) => one.startsWith('BUDGET#'));
      expect(paced).not.toEqual([]);
    });

    it('judges by the configuration that is released, whatever is deployed', async () => {
      const released = configuration(['platform.import', { organizationalUnits: ['r-ab12'] }], ...NOBODY);
      const release = { configurationHash: contentHash(released), releasedAt: NOW.toISOString(), rolloutId: null };
      await overwrite(world.ledger, RELEASE_KEY, release);
      expect((await run({ released })).asked).not.toContain('ListLandingZones');
    });

    it.each([
      { limit: undefined, enrolled: 999, isRoom: true },
      { limit: undefined, enrolled: 1000, isRoom: false },
      { limit: 7, enrolled: 7, isRoom: false },
    ])('enrolls $limit accounts in a week, or as many as AWS does', async ({ limit, enrolled, isRoom }) => {
      await know(proposal(1, { enrolls: true }));
      const week = { hours: [{ hour: '2026-11-24T09', enrollments: enrolled }] };
      await overwrite(world.ledger, { partition: 'ADOPTION#ENROLLMENTS', sort: 'WEEK' }, week);
      const adopting = adoption({ phase: 'ADOPTING', consentedAt: NOW.toISOString() });
      await run(limit === undefined ? {} : { enrollmentsPerWeek: limit }, adopting);
      expect((await readAdoption(world.ledger, ID))?.waitsUntil === null).toBe(isRoom);
    });
  });
});
