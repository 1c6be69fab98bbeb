import { AdoptionSchema, ProposalsSchema } from '../../../functions/api/adoption-responses';
import { ProblemSchema } from '../../../functions/api/responses';
import { type AdoptionAccount, type AdoptionRecord, newAdoption } from '../../../functions/domain/adoption/adoption';
import { contentHash } from '../../../functions/domain/base/json';
import { configurationHash } from '../../../functions/domain/configuration/configuration-hash';
import { addAccounts } from '../../../functions/ledger/adoption/adoption-accounts';
import { readAdoption, readWish, startAdoption } from '../../../functions/ledger/adoption/adoptions';
import { releaseFirst } from '../../../functions/ledger/rollout/releases';
import { after, NOW } from '../../fakes/vending';
import { configuration, desiredStateJson } from '../domain/examples';
import { type ApiAnswer, ApiWorld, CALLER, detailOf, expectProblem, PREFLIGHT } from './api-world';

const row = { line: 2, accountId: '700000000001', workspace: 'retail', project: 'shop', landingZone: 'aws-dev' };

describe('the API, asked about adoptions', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const post = (body: unknown, query: Readonly<Record<string, string>> | null = { dryRun: 'true' }) =>
    api.call({
      httpMethod: 'POST',
      resource: '/adoptions',
      queryStringParameters: query,
      body: typeof body === 'string' || body === null ? body : JSON.stringify(body),
    });

  const get = (id: string, query: Readonly<Record<string, string>> | null = null): Promise<ApiAnswer> =>
    api.call({
      httpMethod: 'GET',
      resource: '/adoptions/{id}',
      pathParameters: { id },
      queryStringParameters: query,
    });

  const faultsOf = ({ body }: ApiAnswer): readonly string[] =>
    ProblemSchema.parse(body).errors.map(({ field, message }) => `${field} ${message}`);

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['dryRun', { dryRun: 'maybe' }, ['dryRun']],
    ['limit', { dryRun: 'true', limit: '0' }, ['limit']],
    ['all at once', { dryRun: 'yes', limit: 'x' }, ['dryRun', 'limit']],
  ])('refuses a query that it does not know: %s', async (_, query, fields) => {
    expectProblem(await post({}, query), 400, 'invalid-request', ...fields);
    expect(api.adoptions).toEqual([]);
  });

  it.each<[string, string, number, string]>([
    ['no JSON', '{', 400, 'invalid-request'],
    ['a list', '[]', 422, 'invalid-desired-state'],
    ['a mapping that is none', '{"mapping":"x"}', 422, 'invalid-desired-state'],
    ['a key twice', '{"token":"a","token":"b"}', 400, 'invalid-request'],
  ])('refuses a body that is %s', async (_, body, status, kind) => {
    expect(await post(body)).toMatchObject({ status, body: { type: `urn:account-vending:problem:${kind}` } });
    expect(api.adoptions).toEqual([]);
  });

  it('tells every fault of the shape of a mapping at once', async () => {
    const answer = await post({
      mapping: [row, { ...row, accountId: 700000000001 }, { ...row, workspace: undefined, tags: { a: 1 } }],
      tagKeys: { workspace: 5 },
    });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer)).toEqual([
      expect.stringContaining('mapping[1].accountId must be a string, but is 700000000001'),
      expect.stringContaining('mapping[2].workspace is missing'),
      expect.stringContaining('mapping[2].tags.a must be a string, but is 1'),
      expect.stringContaining('tagKeys.workspace must be a string, but is 5'),
    ]);
  });

  it('adopts nothing without a token, or with one that is nobody’s', async () => {
    const none = await post({}, null);
    expectProblem(none, 422, 'invalid-desired-state', 'token');
    expect(await post(null, null)).toMatchObject({ status: 422 });
    for (const token of ['', 'nonsense', '../x', 'a.b.c']) {
      expect(await post({ token }, { dryRun: 'false' })).toMatchObject({ status: 404 });
    }
    expect(api.adoptions).toEqual([]);
  });

  it('knows an adoption by its id alone', async () => {
    expectProblem(await get('nobody'), 404, 'not-found');
    expectProblem(await post({ id: 'nobody' }), 404, 'not-found');
    expectProblem(await get('nobody', { limit: '101' }), 400, 'invalid-request', 'limit');
  });

  it('answers at once, and has the rest done', async () => {
    const { status, body } = await post({ mapping: [row] });
    const { id, token, pending } = ProposalsSchema.parse(body);
    expect({ status, token, pending }).toEqual({ status: 200, token: null, pending: null });
    expect(api.adoptions).toEqual([{ id, part: 0 }]);
    expect(await get(id)).toMatchObject({ status: 200, body: { status: 'PROPOSING', accounts: 0, adopted: 0 } });
    expect(await post({ token: `${id}.x` }, null)).toMatchObject({ status: 409 });
  });

  it('keeps what was asked for: the rows with their lines, or the keys of tags', async () => {
    const { line: _, ...lineless } = row;
    await post({ mapping: [row, { ...lineless, accountId: '700000000002' }] });
    const asked = { contactEmail: null, tags: {} };
    expect(await readWish(api.ledger, PREFLIGHT)).toEqual({
      mapping: [
        { ...row, ...asked },
        { ...row, ...asked, accountId: '700000000002', line: null },
      ],
      tagKeys: { workspace: 'workspace', project: 'project', landingZone: 'landingZone' },
    });
    expect(await readAdoption(api.ledger, PREFLIGHT)).toMatchObject({ requestedBy: CALLER, phase: 'LISTING' });
    api = new ApiWorld();
    await post({ tagKeys: { workspace: 'team' } });
    expect(await readWish(api.ledger, PREFLIGHT)).toMatchObject({ mapping: null, tagKeys: { workspace: 'team' } });
    api = new ApiWorld();
    expect(await post(null)).toMatchObject({ status: 200 });
    expect(await readWish(api.ledger, PREFLIGHT)).toMatchObject({ mapping: null });
  });

  const WISH = { mapping: null, tagKeys: { workspace: 'workspace', project: 'project', landingZone: 'landingZone' } };

  const adoption = (changes: Partial<AdoptionRecord> = {}): AdoptionRecord => ({
    ...newAdoption(
      {
        id: 'known',
        requestedBy: CALLER,
        wishHash: contentHash(WISH),
        configurationHash: contentHash(api.configuration),
      },
      NOW,
    ),
    ...changes,
  });

  const accountOf = (last: number, changes: Partial<AdoptionAccount> = {}): AdoptionAccount => ({
    accountId: `70000000000${last}`,
    name: `account ${last}`,
    email: `aws+${last}@corp.example`,
    place: { state: 'ACTIVE', unitsAbove: [] },
    row: null,
    tagsHash: null,
    tenantUuid: `7d0c1b1e-0000-4000-8000-00000000000${last}`,
    desiredState: null,
    changes: null,
    changesLeftOut: 0,
    refusal: null,
    names: [],
    enrolls: false,
    enrollmentCountedAt: null,
    state: 'PROPOSED',
    reason: null,
    ...changes,
  });

  const seed = async (changes: Partial<AdoptionRecord>, ...accounts: readonly AdoptionAccount[]): Promise<void> => {
    await startAdoption(api.ledger, adoption(changes), WISH, NOW);
    await addAccounts(api.ledger, 'known', accounts, NOW);
  };

  const refusal = { state: 'EnforceAlias', message: 'It has an alias of another tenant.', remedy: 'Free it.' };

  describe('proposals', () => {
    const read = async (cursor?: string, limit = '50') =>
      ProposalsSchema.parse((await post({ id: 'known', cursor }, { dryRun: 'true', limit })).body);

    it('are told as they are made, and with their token when all are', async () => {
      await seed({ phase: 'JUDGING', part: 2, accounts: 5, judged: 2, refused: 1 });
      expect(await read()).toMatchObject({
        id: 'known',
        status: 'PROPOSING',
        pending: 3,
        accounts: 5,
        refused: 1,
        token: null,
        expiresAt: null,
      });
      api = new ApiWorld();
      const proposed = { phase: 'PROPOSED', part: 3, accounts: 5, judged: 2, proposalsHash: 'all' } as const;
      await seed({ ...proposed, expiresAt: after(60).toISOString() });
      expect(await read()).toMatchObject({
        status: 'PROPOSED',
        pending: 0,
        token: 'known.all',
        expiresAt: after(60).toISOString(),
      });
    });

    it.each(['LISTING', 'JUDGING', 'SUMMING'] as const)('are not there yet while it is %s', async (phase) => {
      await seed({ phase, part: 1 });
      expect(await read()).toMatchObject({ status: 'PROPOSING', pending: phase === 'LISTING' ? null : 0 });
    });

    it('are those of accounts that were looked at and are not left out, page by page', async () => {
      const changes = [{ state: 'TagAccount', what: 'tag env', from: null, to: 'prod' }];
      await seed(
        { phase: 'JUDGING', part: 1, accounts: 4 },
        accountOf(1, { desiredState: desiredStateJson, changes, changesLeftOut: 2 }),
        accountOf(2, { state: 'LISTED' }),
        accountOf(3, { state: 'LEFT_OUT' }),
        accountOf(4, { desiredState: { no: 'desired state' }, refusal }),
      );
      const all = await read();
      expect(all.proposals).toMatchObject([
        {
          accountId: '700000000001',
          accountName: 'account 1',
          changes,
          changesLeftOut: 2,
          refusal: null,
          desiredState: { tenant: { metadata: expect.any(Object) as object } },
        },
        { accountId: '700000000004', desiredState: null, changes: null, refusal: { message: refusal.message } },
      ]);
      expect(all.cursor).toBeNull();
      expect((await read(undefined, '4')).cursor).toBeNull();
      const first = await read(undefined, '2');
      expect(first).toMatchObject({ proposals: [{ accountId: '700000000001' }], cursor: '700000000002' });
      expect(await read('700000000002', '2')).toMatchObject({
        proposals: [{ accountId: '700000000004' }],
        cursor: null,
      });
    });

    it('are begun by the first look where the message was never sent, and by no other', async () => {
      await seed({});
      await read();
      expect(api.adoptions).toEqual([{ id: 'known', part: 0 }]);
      for (const changes of [{ part: 1 }, { takenUntil: after(60).toISOString() }]) {
        api = new ApiWorld();
        await seed(changes);
        await read();
        expect(api.adoptions).toEqual([]);
      }
    });

    it('of a mapping with faults are a refusal that has them all', async () => {
      await seed({ phase: 'REFUSED', faults: [{ field: 'mapping[0].accountId', message: 'is there twice.' }] });
      const answer = await post({ id: 'known' });
      expectProblem(answer, 422, 'invalid-desired-state', 'mapping[0].accountId');
      expect(detailOf(answer)).toContain('fault of the mapping');
    });
  });

  describe('a consent', () => {
    const proposed = (): Partial<AdoptionRecord> => ({
      phase: 'PROPOSED',
      part: 3,
      proposalsHash: 'all',
      expiresAt: after(60).toISOString(),
    });

    it('has the accounts adopted, and a second one has it told again', async () => {
      await seed(proposed());
      const token = { token: 'known.all' };
      expect(await post(token, null)).toMatchObject({ status: 202, body: { id: 'known' } });
      expect(await post(token, { dryRun: 'false' })).toMatchObject({ status: 202 });
      expect(api.adoptions).toEqual([
        { id: 'known', part: 3 },
        { id: 'known', part: 3 },
      ]);
      expect(await readAdoption(api.ledger, 'known')).toMatchObject({ phase: 'VERIFYING', consentedBy: CALLER });
    });

    it('that brings a mapping is held to it', async () => {
      await seed(proposed());
      const other = await post({ token: 'known.all', mapping: [row] }, null);
      expectProblem(other, 409, 'conflict');
      expect(detailOf(other)).toContain('The mapping is not the one');
      const wishHash = contentHash({ ...WISH, mapping: [{ ...row, contactEmail: null, tags: {} }] });
      api = new ApiWorld();
      await seed({ ...proposed(), wishHash });
      expect(await post({ token: 'known.all', mapping: [row] }, null)).toMatchObject({ status: 202 });
    });

    it('is refused where the configuration has changed since', async () => {
      await seed({ ...proposed(), configurationHash: 'older' });
      expectProblem(await post({ token: 'known.all' }, null), 409, 'conflict');
      expect(api.adoptions).toEqual([]);
    });
  });

  describe('where another configuration is deployed than is released', () => {
    const deployAnother = async (): Promise<void> => {
      await releaseFirst(api.ledger, configurationHash(api.configuration), NOW);
      api.earlier.push(api.configuration);
      api.configuration = configuration(['platform.accountAliasPattern', 'new-#{projectIdentifier}']);
    };

    it('proposes by the one that is released', async () => {
      const released = contentHash(api.configuration);
      await deployAnother();
      await post({ mapping: [row] });
      expect(await readAdoption(api.ledger, PREFLIGHT)).toMatchObject({ configurationHash: released });
    });

    it('takes a consent to proposals by the one that is released, and to no others', async () => {
      const proposed = {
        phase: 'PROPOSED',
        part: 3,
        proposalsHash: 'all',
        expiresAt: after(60).toISOString(),
      } as const;
      await seed(proposed);
      await deployAnother();
      expect(await post({ token: 'known.all' }, null)).toMatchObject({ status: 202 });
      api = new ApiWorld();
      await deployAnother();
      await seed(proposed);
      expectProblem(await post({ token: 'known.all' }, null), 409, 'conflict');
      expect(api.adoptions).toEqual([]);
    });
  });

  describe('how far an adoption has come', () => {
    const read = async (query: Readonly<Record<string, string>> | null = null) =>
      AdoptionSchema.parse((await get('known', query)).body);

    it('is told in numbers: the rest waits', async () => {
      await seed({
        phase: 'ADOPTING',
        accounts: 20,
        running: ['a', 'b'],
        adopted: 5,
        failed: 3,
        refused: 1,
        consentedAt: after(5).toISOString(),
        consentedBy: CALLER,
        waitsUntil: after(99).toISOString(),
      });
      expect(await read()).toMatchObject({
        id: 'known',
        status: 'ADOPTING',
        accounts: 20,
        running: 2,
        adopted: 5,
        failed: 4,
        waiting: 9,
        startedAt: NOW.toISOString(),
        consentedAt: after(5).toISOString(),
        consentedBy: CALLER,
        waitsUntil: after(99).toISOString(),
        endedAt: null,
        reason: null,
        details: [],
        cursor: null,
      });
    });

    it('is told with what has changed since the proposals, or with the faults of the mapping', async () => {
      await seed({ phase: 'STALE', staleBecause: 'An account was moved.' });
      expect(await read()).toMatchObject({ status: 'STALE', reason: 'An account was moved.', waiting: 0 });
      api = new ApiWorld();
      const fault = (field: string) => ({ field, message: 'is missing.' });
      await seed({ phase: 'REFUSED', faults: [fault('mapping[0].project'), fault('mapping[1].project')] });
      expect((await read()).reason).toBe('mapping[0].project is missing. mapping[1].project is missing.');
    });

    it('is told account by account', async () => {
      await seed(
        { phase: 'ADOPTING', accounts: 6 },
        accountOf(1, { state: 'RUNNING' }),
        accountOf(2, { state: 'ADOPTED' }),
        accountOf(3, { state: 'FAILED', reason: 'AWS says no.' }),
        accountOf(4, { state: 'LISTED' }),
        accountOf(5, { state: 'PROPOSED' }),
        accountOf(6, { state: 'PROPOSED', refusal }),
        accountOf(7, { state: 'LEFT_OUT' }),
      );
      const { details } = await read();
      expect(details.map(({ accountId, state, reason }) => `${accountId.at(-1) ?? ''} ${state} ${reason}`)).toEqual([
        '1 running null',
        '2 adopted null',
        '3 failed AWS says no.',
        '4 waiting null',
        '5 waiting null',
        '6 failed It has an alias of another tenant.',
      ]);
      expect(details[0]).toMatchObject({ accountName: 'account 1', tenantUuid: accountOf(1).tenantUuid });
      expect(await read({ limit: '2', cursor: '700000000003' })).toMatchObject({
        details: [{ accountId: '700000000004' }, { accountId: '700000000005' }],
        cursor: '700000000005',
      });
    });
  });
});
