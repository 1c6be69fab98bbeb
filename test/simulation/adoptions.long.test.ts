import { VendingPreviewSchema } from '../../functions/api/vending-responses';
import { TENANT_TAG_KEY } from '../../functions/domain/plan/plan';
import { VendingListSchema } from '../../functions/api/responses';
import { seededRandom } from '../../sandbox/organization/draw';
import type { AccountSeed } from '../../sandbox/organization/organization-seed';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { type Change, changed } from '../functions/domain/examples';
import {
  accountIdOf,
  AdoptionCalls,
  LEGACY,
  legacyAccounts,
  organizationWith,
  rowOf,
  rowsOf,
  watchedLedger,
} from './adopted-organization';
import { fewOrMany } from '../few-or-many';
import { provisioningConfiguration } from './provisioning';
import { plainConfiguration, SimulatedVending, START, type SimulationOptions } from './simulated-vending';

const ACCOUNTS = fewOrMany(12, 200);
const CLOSED = fewOrMany(2, 50);

/** The share of its writes at which the function dies. A message that has come ten times is a dead letter. */
const KILLED = ACCOUNTS > 100 ? 0.004 : 0.03;

/** On a busy machine. */
jest.setTimeout(120_000 + ACCOUNTS * 3000);

const importable: Change = ['platform.import', { organizationalUnits: [LEGACY] }];

describe('adopting an organization', () => {
  let simulation: SimulatedVending;
  let calls: AdoptionCalls;
  let written: ReadonlySet<string>;

  const begin = (options: SimulationOptions = {}): void => {
    const watched = watchedLedger();
    ({ written } = watched);
    simulation = new SimulatedVending({
      configuration: plainConfiguration(importable),
      ledger: watched.ledger,
      ...options,
    });
    calls = new AdoptionCalls(simulation);
  };

  afterEach(() => {
    simulation.stop();
  });

  const writesToAws = (): readonly string[] =>
    simulation.organization.calls
      .filter(({ write, service }) => write && service !== 'sts')
      .map(({ operation }) => operation);

  /** Partitions of the ledger beside those of adoptions, and of AWS's rates. */
  const otherPartitions = (): readonly string[] =>
    [...written].filter((partition) => !/^(ADOPTION|BUDGET)#/u.test(partition));

  const expectNothingAdopted = (): void => {
    expect(writesToAws()).toEqual([]);
    expect(otherPartitions()).toEqual([]);
  };

  const tenants = async (): Promise<ReadonlyMap<string, string>> => {
    const found = new Map<string, string>();
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '100', ...(cursor === null ? {} : { cursor }) };
      const { body } = await simulation.application.callApi({ method: 'GET', path: '/vendings', query });
      const page = VendingListSchema.parse(body);
      for (const { tenantUuid, accountId, status } of page.vendings)
        found.set(tenantUuid, `${accountId ?? ''} ${status}`);
      ({ cursor } = page);
    } while (cursor !== null);
    return found;
  };

  const dryRun = async (body: unknown): Promise<unknown> => {
    const asked = simulation.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body,
    });
    // Calls that AWS turns away are made again, after a pause.
    await simulation.settle();
    const answer = await asked;
    const { changes, refusal } = VendingPreviewSchema.parse(answer.body);
    return { changes, refusal };
  };

  const after = (desiredState: object, ...changes: readonly Change[]): unknown =>
    changed(desiredState, ['replicationSequence', Date.now()], ...changes);

  it('makes each account one tenant, although the function that does so is killed again and again', async () => {
    const random = seededRandom(5);
    let kills = 0;
    const onEffect = ({ function: name, write }: Effect): 'kill' | 'go-on' => {
      if (name !== 'AdoptAccounts' || !write || kills >= 12 + ACCOUNTS / 20 || random() > KILLED) return 'go-on';
      kills += 1;
      return 'kill';
    };
    const accounts = legacyAccounts(ACCOUNTS);
    begin({
      seed: organizationWith(...accounts),
      configuration: plainConfiguration(
        importable,
        ['landingZone.closeAccount', true],
        ['landingZone.closeImportedAccounts', true],
      ),
      onEffect,
    });
    const mapping = rowsOf(accounts);
    const { proposals, token, refused, id } = await calls.proposals({ mapping });
    expect({ proposals: proposals.length, refused }).toEqual({ proposals: ACCOUNTS, refused: 0 });
    expect(proposals[0]?.changes).toContainEqual({
      state: 'ImportAccount',
      what: 'account',
      from: null,
      to: accountIdOf(0),
    });
    expectNothingAdopted();
    expect(await calls.consent(token)).toMatchObject({ status: 202, body: { id } });
    await simulation.settle();
    expect(kills).toBeGreaterThan(2);
    const adoption = await calls.adoption(id);
    expect(adoption).toMatchObject({ status: 'ENDED', adopted: ACCOUNTS, failed: 0, waiting: 0, running: 0 });
    expect(new Set(adoption.details.map(({ state }) => state))).toEqual(new Set(['adopted']));
    expect([...(await tenants()).values()].toSorted()).toEqual(accounts.map((one) => `${one.id} VENDED`));
    expect(simulation.organization.calls.filter(({ operation }) => operation === 'CreateAccount')).toEqual([]);
    for (const { accountId, tenantUuid, desiredState } of proposals) {
      const { tags } = simulation.organization.state.accounts.get(accountId) ?? {};
      expect(tags?.get(TENANT_TAG_KEY)).toBe(tenantUuid);
      expect(await dryRun(after(desiredState ?? {}))).toEqual({ changes: [], refusal: null });
    }
    await closeAndOrderAgain(proposals.slice(0, CLOSED));
  });

  async function closeAndOrderAgain(
    some: readonly { readonly accountId: string; readonly tenantUuid: string; readonly desiredState: object | null }[],
  ): Promise<void> {
    for (const { desiredState } of some) {
      simulation.application.sendEvent(
        after(desiredState ?? {}, ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']),
      );
    }
    await simulation.settle();
    for (const { accountId } of some) {
      expect(simulation.organization.state.accounts.get(accountId)?.state).toBe('CLOSED');
    }
    const again = some.map(({ tenantUuid }) => tenantUuid.replace(/^.{8}/u, '00000000'));
    for (const [index, { desiredState }] of some.entries()) {
      simulation.application.sendEvent(
        after(desiredState ?? {}, ['tenant.metadata.uuid', again[index]], ['tenant.spec.platformTenantId', null]),
      );
    }
    await simulation.settle();
    const now = await tenants();
    for (const uuid of again) expect(now.get(uuid)).toMatch(/^\d{12} VENDED$/u);
  }

  it('tells everything that is wrong with a mapping at once, with its lines, and writes nothing', async () => {
    const [inside, other, elsewhere, delegated] = legacyAccounts(4);
    const outside = { ...elsewhere, parentId: 'ou-ab12-infra001' };
    begin({
      seed: {
        ...organizationWith(...([inside, other, outside, delegated] as AccountSeed[])),
        delegatedAdministrators: [accountIdOf(3)],
      },
    });
    const mapping = [
      rowOf(accountIdOf(0), 0),
      rowOf(accountIdOf(0), 1),
      rowOf(accountIdOf(2), 2),
      rowOf(accountIdOf(3), 3),
      rowOf('999999999999', 4),
      rowOf('222222222222', 5),
      rowOf('333333333333', 6),
      rowOf('12345', 7),
      rowOf(accountIdOf(1), 8, { landingZone: 'aws-dve', workspace: '' }),
    ];
    const answer = await calls.proposed({ mapping });
    expect(answer).toMatchObject({ status: 422 });
    const { errors } = answer.body as { errors: { field: string; message: string }[] };
    expect(errors.map(({ field, message }) => `${field} ${message}`.slice(0, 70))).toMatchInlineSnapshot(`
      [
        "line 3, accountId is '700000000000', which line 2 names already. An ac",
        "line 4, accountId is '700000000002', which is in ou-ab12-infra001: onl",
        "line 5, accountId is '700000000003', a delegated administrator of an A",
        "line 6, accountId is '999999999999', which is no account of this organ",
        "line 7, accountId is '222222222222', the management account: it can ne",
        "line 8, accountId is '333333333333', the automation account: it can ne",
        "line 9, accountId is '12345'; the id of an account has twelve digits. ",
        "line 10, workspace is missing. Add it.",
        "line 10, landingZone is 'aws-dve', which is not a configured landing z",
      ]
    `);
    expectNothingAdopted();
  });

  it('stops at an account of another tenant before anything is written', async () => {
    const accounts = legacyAccounts(3);
    const foreign = '7d0c1b1e-0000-4000-8000-000000000002';
    begin({
      seed: organizationWith(...accounts.slice(0, 2), {
        ...accounts[2],
        tags: { [TENANT_TAG_KEY]: foreign },
      } as AccountSeed),
    });
    const answer = await calls.proposed({ mapping: rowsOf(accounts) });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'line 4, accountId' }] } });
    expect(JSON.stringify(answer.body)).toContain(foreign);
    expectNothingAdopted();
  });

  it('is consented to by the token of these proposals alone', async () => {
    const accounts = legacyAccounts(2);
    const configuration = plainConfiguration(importable);
    begin({ seed: organizationWith(...accounts), configuration });
    const one = await calls.proposals({ mapping: rowsOf(accounts) });
    const other = await calls.proposals({ mapping: rowsOf(accounts.slice(0, 1)) });
    const swapped = `${one.id}.${other.token?.split('.')[1] ?? ''}`;
    expect(await calls.consent(swapped)).toMatchObject({ status: 409 });
    expect(await calls.consent('nonsense')).toMatchObject({ status: 404 });
    expect(await calls.consent(null)).toMatchObject({ status: 404 });
    const { status, body } = await calls.consent(one.token, { mapping: rowsOf(accounts.slice(0, 1)) });
    expect(status).toBe(409);
    expect(JSON.stringify(body)).toContain('mapping');
    const { import: rules } = configuration.platform;
    Reflect.set(configuration.platform, 'import', { organizationalUnits: ['r-ab12'] });
    expect(await calls.consent(one.token)).toMatchObject({ status: 409 });
    Reflect.set(configuration.platform, 'import', rules);
    await simulation.pass(25 * 3600);
    expect(await calls.consent(one.token)).toMatchObject({ status: 409 });
    expectNothingAdopted();
  });

  it('adopts nothing where the organization has changed since', async () => {
    const accounts = legacyAccounts(3);
    begin({ seed: organizationWith(...accounts) });
    const { token, id } = await calls.proposals({ mapping: rowsOf(accounts) });
    const moved = simulation.organization.state.accounts.get(accountIdOf(2));
    if (moved !== undefined) moved.parentId = 'ou-ab12-infra001';
    expect(await calls.consent(token)).toMatchObject({ status: 202 });
    await simulation.settle();
    const { status, reason } = await calls.adoption(id);
    expect(status).toBe('STALE');
    expect(reason).toContain(accountIdOf(2));
    expectNothingAdopted();
  });

  it('takes an account once, whoever consents to what and how often', async () => {
    const accounts = legacyAccounts(3);
    begin({ seed: organizationWith(...accounts) });
    const one = await calls.proposals({ mapping: rowsOf(accounts) });
    const other = await calls.proposals({
      mapping: accounts.map(({ id }, number) => rowOf(id, number, { project: `other-${number}` })),
    });
    await calls.consent(one.token);
    await calls.consent(one.token);
    await calls.consent(other.token);
    await simulation.settle();
    await calls.consent(one.token);
    await simulation.settle();
    expect((await tenants()).size).toBe(3);
    const [first, second] = [await calls.adoption(one.id), await calls.adoption(other.id)];
    expect(first.adopted + second.adopted).toBe(3);
    expect([...(await tenants()).values()].toSorted()).toEqual(accounts.map((account) => `${account.id} VENDED`));
    const runs = simulation.application.workflow.executions.length;
    expect(runs).toBe(3);
  });

  it('reads what accounts are to be from their tags, and says why an account cannot be adopted', async () => {
    const [first, second, third] = legacyAccounts(3);
    const tags = { team: 'legacy', project: 'app', landingZone: 'aws-dev' };
    const named = [
      { ...first, tags },
      { ...second, tags: { ...tags, project: 'other' }, accessRole: 'SomeOtherRole' },
      third,
    ];
    begin({ seed: organizationWith(...(named as AccountSeed[])) });
    const { proposals, token, refused, id } = await calls.proposals({ tagKeys: { workspace: 'team' } });
    expect(proposals.map(({ accountId, refusal }) => [accountId, refusal?.state ?? null])).toEqual([
      [accountIdOf(0), null],
      [accountIdOf(1), 'ImportAccount'],
      [accountIdOf(2), 'Mapping'],
    ]);
    expect(refused).toBe(2);
    await calls.consent(token);
    await simulation.settle();
    const { details, ...adoption } = await calls.adoption(id);
    expect(adoption).toMatchObject({ status: 'ENDED', adopted: 1, failed: 2 });
    expect(details.map(({ state }) => state)).toEqual(['adopted', 'failed', 'failed']);
    expect((await tenants()).size).toBe(1);
  });

  it('enrolls as many accounts in a week as Control Tower takes, and says until when the others wait', async () => {
    const accounts = legacyAccounts(3);
    begin({
      seed: organizationWith(...accounts),
      configuration: provisioningConfiguration(importable, ['landingZone.stackSets', []]),
      enrollmentsPerWeek: 2,
    });
    const { token, id, proposals } = await calls.proposals({ mapping: rowsOf(accounts) });
    expect(proposals[0]?.changes?.map(({ state }) => state)).toContain('EnrollAccount');
    await calls.consent(token);
    await simulation.pass(24 * 3600);
    const { details, waitsUntil, ...waiting } = await calls.adoption(id);
    expect(waiting).toMatchObject({ status: 'ADOPTING', adopted: 2, waiting: 1, running: 0 });
    expect(details.at(-1)).toMatchObject({ accountId: accountIdOf(2), state: 'waiting' });
    const days = (Date.parse(waitsUntil ?? '') - START.getTime()) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(7);
    expect(days).toBeLessThan(7.1);
    await simulation.settle();
    expect(await calls.adoption(id)).toMatchObject({ status: 'ENDED', adopted: 3, waitsUntil: null });
  });

  it('proposes a name once: of two accounts with one project, the second is refused beforehand', async () => {
    const accounts = legacyAccounts(2);
    begin({ seed: organizationWith(...accounts) });
    const mapping = accounts.map(({ id }, number) => rowOf(id, number, { project: 'same' }));
    const { proposals } = await calls.proposals({ mapping });
    expect(proposals.map(({ refusal }) => refusal?.message ?? null)).toEqual([
      null,
      expect.stringContaining(accountIdOf(0)),
    ]);
  });
});
