import { contentHash } from '../../../functions/domain/base/json';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { switchMode } from '../../../functions/ledger/fleet/landing-zone-modes';
import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import { compose } from '../../../functions/steps/PlanClosing/handler';
import { planClosingRun } from '../../../functions/steps/PlanClosing/step';
import { account, creation, NOW, TENANT, vending } from '../../fakes/vending';
import { accept, close, markForDeletion, open, referenceTo, vended } from '../ledger/ledger-calls';
import { FunctionRuntime } from './function-runtime';
import { projectNameOf } from '../../../functions/domain/customizations/planned-customizations';
import { customized, network } from '../domain/example-customization';
import { type Change, configuration, MANAGEMENT_ACCESS } from '../domain/examples';

const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-dev' };

describe('PlanClosing', () => {
  let pinned: VendingPlan | undefined;
  let zone: readonly Change[] = [];
  let mode: 'act' | 'shadow' = 'act';
  beforeEach(() => {
    zone = [];
    mode = 'act';
  });

  const run = (changes: Partial<TenantRecord>) =>
    planClosingRun(
      {
        repository: { pin: (plan) => Promise.resolve(contentHash((pinned = plan))) },
        configuration: configuration(...zone),
        modeOf: () => Promise.resolve(mode),
      },
      vending({ tenant: { deletion, ...changes } }).tenant,
    );

  it('plans an account in which nobody has access, under the names that AWS knows', async () => {
    expect(await run({ account })).toMatchObject({
      result: { accountKnown: true, accountAsked: false, stackSetRemovals: [] },
    });
    expect(pinned).toMatchObject({
      landingZone: 'aws-dev',
      account: { name: account.name, email: account.email },
      groups: [],
      membersKnown: true,
      identityStore: { identityStoreId: 'd-1234567890' },
      closing: { managementAccountId: '222222222222', closesAccount: false },
    });
  });

  it.each([
    { when: 'AWS makes', tenant: { creation: creation() } },
    { when: 'was asked for, with its answer lost, may make', tenant: { creation: creation({ phase: 'intended' }) } },
  ])('waits for an account that AWS $when', async ({ tenant }) => {
    expect(await run(tenant)).toMatchObject({
      result: { accountKnown: false, accountAsked: true, stackSetRemovals: [] },
    });
  });

  it('knows that there is no account where AWS was never asked', async () => {
    expect(await run({ creation: creation({ attempt: 0, phase: 'cleared' }) })).toMatchObject({
      result: { accountKnown: false, accountAsked: false, stackSetRemovals: [] },
    });
  });

  it('plans the same again when it is tried again, and answers its hash', async () => {
    const first = await run({ account });
    const again = await run({ account });
    expect(again).toEqual(first);
    expect(again).toMatchObject({ result: { planHash: contentHash(pinned) } });
  });

  it.each([
    { landingZone: 'vanished', says: "'vanished' is not configured any more" },
    { landingZone: null, says: 'is not configured any more' },
  ])('needs no landing zone for people to lose their access: $landingZone', async ({ landingZone, says }) => {
    const report = await run({ account, deletion: { ...deletion, landingZone } });
    expect(report.remark).toContain(says);
    expect(pinned).toMatchObject({ stackSets: [], enrollment: null, groups: [] });
  });

  const closes: Change = ['landingZone.closeAccount', true];
  const closesImported: Change = ['landingZone.closeImportedAccounts', true];
  const imported = { ...account, imported: true };

  it.each<{ what: string; changes: readonly Change[]; tenant: Partial<TenantRecord>; says: string | null }>([
    { what: 'closed where the landing zone says so', changes: [closes], tenant: { account }, says: null },
    {
      what: 'closed also where AWS is still making it',
      changes: [closes],
      tenant: { creation: creation() },
      says: null,
    },
    { what: 'kept where the landing zone does not say so', changes: [], tenant: { account }, says: '(closeAccount)' },
    {
      what: 'kept where it was imported and nobody has consented',
      changes: [closes],
      tenant: { account: imported },
      says: '(closeImportedAccounts)',
    },
    {
      what: 'closed where it was imported with consent',
      changes: [closes, closesImported],
      tenant: { account: imported },
      says: null,
    },
  ])('plans that the account is $what', async ({ changes, tenant, says }) => {
    zone = changes;
    const report = await run(tenant);
    expect(report.result['closesAccount']).toBe(says === null);
    expect(pinned?.closing?.closesAccount).toBe(says === null);
    expect(report.remark ?? 'nothing').toContain(says ?? 'nothing');
  });

  it('takes an account that is closed out of Control Tower, no matter who has enrolled it', async () => {
    zone = [closes, ['landingZone.awsEnrollAccount', false]];
    await run({ account });
    expect(pinned?.enrollment).toMatchObject({ strategy: 'account-factory' });
  });

  it('releases the alias of an account that is closed', async () => {
    zone = [closes];
    expect((await run({ account })).result).toMatchObject({ closesAccount: true, releasesAlias: true });
  });

  describe('where somebody has to approve it', () => {
    beforeEach(() => {
      zone = [['landingZone.approval', { close: true, expiresAfterDays: 3 }]];
    });

    it.each([
      { what: 'an account that is known', tenant: { account }, needed: true },
      { what: 'one that AWS is making', tenant: { creation: creation() }, needed: true },
      { what: 'no account', tenant: {}, needed: false },
    ])('asks only where something is taken out of use: $what', async ({ tenant, needed }) => {
      expect((await run(tenant)).result).toMatchObject({ approvalNeeded: needed, approvalSeconds: 259_200 });
    });

    it('asks nobody about a shadow run', async () => {
      mode = 'shadow';
      expect((await run({ account })).result).toMatchObject({ shadow: true, approvalNeeded: false });
    });
  });

  it('says only what is so', async () => {
    const { result } = await run({ account });
    for (const word of ['shadow', 'accessOnly', 'customizations']) expect(result).not.toHaveProperty(word);
    expect(result).toMatchObject({ closesAccount: false, releasesAlias: false });
  });

  it('says that the account is the management account, which is neither closed nor loses its alias', async () => {
    zone = [MANAGEMENT_ACCESS];
    const { result } = await run({ account: { ...account, id: '222222222222' } });
    expect(result).toMatchObject({ accessOnly: true, closesAccount: false, releasesAlias: false });
    expect(pinned).toMatchObject({ accessOnly: true });
  });

  it('says that what was customized is taken away before', async () => {
    zone = [customized(network({ destroy: { command: './destroy.sh' } }))];
    const planned = { landingZone: 'aws-dev', name: 'network' };
    const record = {
      name: 'network',
      project: projectNameOf(planned),
      phase: 'done' as const,
      contentHash: 'x',
      n: 1,
      token: 't',
      askedAt: NOW.toISOString(),
      buildId: null,
      logLink: null,
      inputs: {},
      outputs: {},
    };
    expect((await run({ account, customizations: [record] })).result).toMatchObject({ customizations: true });
    expect((await run({ account })).result).not.toHaveProperty('customizations');
  });

  it('waits in a shadow run for no account that AWS is making, and pins that it changes nothing', async () => {
    mode = 'shadow';
    expect((await run({ creation: creation() })).result).toMatchObject({
      shadow: true,
      accountKnown: true,
      accountAsked: false,
    });
    expect(pinned).toMatchObject({ shadow: true });
  });
});

describe('the function of PlanClosing', () => {
  it.each(['act', 'shadow'] as const)('goes by how the landing zone was switched last: %s', async (mode) => {
    const runtime = new FunctionRuntime();
    const { ledger } = runtime;
    await accept(ledger, 17);
    await open(ledger, 17);
    await ledgerTenantRepository(ledger, TENANT).recordAccount(account);
    await close(ledger, 17, vended);
    await markForDeletion(ledger, 18);
    const given = configuration(['platform.mode', mode === 'act' ? 'shadow' : 'act']);
    await switchMode(ledger, 'aws-dev', { mode, at: NOW, by: null });
    const deps = { configuration: given, configurationAt: () => Promise.reject(new Error('There is no other.')) };
    const result = await compose(runtime, deps)(referenceTo(18));
    expect(Object.keys(result).includes('shadow')).toBe(mode === 'shadow');
  });
});
