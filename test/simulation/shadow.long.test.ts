import { LandingZoneListSchema, type ShadowReport, ShadowReportSchema } from '../../functions/api/shadow-responses';
import { configuredMode } from '../../functions/domain/planning/planned-platform';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { accountClaim, aliasClaim, emailClaim, groupClaim, tenantKey } from '../../functions/ledger/base/keys';
import { TenantRecordSchema } from '../../functions/domain/records/ledger-records';
import type { AccountSeed } from '../../sandbox/organization/organization-seed';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { deployedDefinition } from '../../sandbox/runtime/embedded/local-definition';
import { CALLER } from '../../sandbox/runtime/embedded/gateway-resource';
import { type Change, desiredStateJson } from '../functions/domain/examples';
import { fewOrMany } from '../few-or-many';
import { provisioningConfiguration } from './provisioning';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const TENANT = desiredStateJson.tenant.metadata.uuid;
const ZONE = 'aws-dev';
const { rootId } = exampleOrganization();

const importable: Change = ['platform.import', { organizationalUnits: [rootId] }];
const piloted = (...changes: readonly Change[]): Configuration =>
  provisioningConfiguration(importable, ['platform.mode', 'shadow'], ...changes);

const uuidOf = (one: number): string => `7d0c1b1e-0000-4000-8000-${String(one).padStart(12, '0')}`;
const accountOf = (one: number): string => String(550_000_000_000 + one);

/** Accounts that another tool has made, which differ in what is wrong with them. */
const ofOtherTool = (one: number): AccountSeed => ({
  id: accountOf(one),
  name: `Legacy ${one}`,
  email: `legacy-${one}@corp.example`,
  parentId: rootId,
  accessRole: one % 5 === 4 ? 'OrganizationAccountAccessRole' : 'MeshstackAccountAccessRole',
  tags: one % 3 === 0 ? {} : { owner: 'finance', meshstack_old: 'x' },
});

/** What AWS draws, and a group that the run makes, have no id beforehand. */
const toldBeforehand = (change: object): unknown =>
  JSON.parse(JSON.stringify(change).replace(/"to":"(?:new mst-[^"]*|[0-9a-f-]{36,47})"/u, '"to":"new"'));

/** What a report says of the run that may act. */
const expectedOf = ({ tenantUuid, verdict, changes, refusal }: ShadowReport['tenants'][number]): object => ({
  tenantUuid,
  status: verdict === 'REFUSED' ? 'FAILED' : 'VENDED',
  isNew: verdict === 'CREATE',
  changes: changes?.map(toldBeforehand) ?? null,
  refused: refusal === null ? null : { state: refusal.state, message: refusal.message },
});

describe('shadow mode', () => {
  let simulation: SimulatedVending;

  const begin = (options: SimulationOptions = {}): void => {
    simulation = new SimulatedVending({ configuration: piloted(), ...options });
  };

  afterEach(() => {
    simulation.stop();
  });

  const writes = () =>
    simulation.organization.calls
      .filter(({ write, service }) => write && service !== 'sts')
      .map(({ service, operation }) => `${service}:${operation}`);

  const vend = async (...changes: readonly Change[]): Promise<void> => {
    simulation.sendEvent(...changes);
    await simulation.settle();
  };

  const report = async (): Promise<ShadowReport['tenants']> => {
    const tenants: ShadowReport['tenants'] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { limit: '3', landingZone: ZONE, ...(cursor === undefined ? {} : { cursor }) };
      const { body } = await simulation.application.callApi({ method: 'GET', path: '/shadow-report', query });
      const page = ShadowReportSchema.parse(body);
      tenants.push(...page.tenants);
      ({ cursor } = page);
    }
    return tenants;
  };

  const switchTo = (mode: string) =>
    simulation.application.callApi({ method: 'POST', path: `/landing-zones/${ZONE}/mode`, body: { mode } });

  const replayAll = async (tenants: ShadowReport['tenants']): Promise<void> => {
    for (const { tenantUuid } of tenants) {
      const path = `/vendings/${tenantUuid}/replay`;
      expect(await simulation.application.callApi({ method: 'POST', path })).toMatchObject({ status: 202 });
    }
    await simulation.settle();
  };

  /** What the run has changed in the end, or why it was refused. */
  const madeOf = async (tenantUuid: string): Promise<object> => {
    const { status, account, timeline, lastError } = await simulation.detail(tenantUuid);
    const isNew = account?.imported === false;
    const changes = timeline.flatMap(({ state, changes: of }) => of.map((change) => ({ state, ...change })));
    const refused = lastError === null ? null : { state: timeline.at(-1)?.state, message: lastError.message };
    return { tenantUuid, status, isNew, changes: isNew ? null : changes.map(toldBeforehand), refused };
  };

  const claimed = async (...claims: readonly string[]): Promise<readonly boolean[]> =>
    (await simulation.application.ledger.read(claims.map((partition) => ({ partition, sort: 'CLAIM' })))).map(
      (item) => item !== undefined,
    );

  it('plans a tenant, tells what it would do, and writes neither to AWS nor a claim', async () => {
    begin();
    await vend();
    expect(await simulation.detail()).toMatchObject({
      status: 'SHADOWED',
      account: null,
      lastError: null,
      shadow: { verdict: 'CREATE', landingZone: ZONE, accountId: null, changes: null, refusal: null },
      timeline: [{ state: 'PlanVending' }, { state: 'AwaitReconciliationTurn' }, { state: 'CompleteShadow' }],
    });
    expect(writes()).toEqual([]);
    const [item] = await simulation.application.ledger.read([tenantKey(TENANT)]);
    expect(TenantRecordSchema.parse(item?.data)).toMatchObject({ claims: [], turns: {}, creation: null });
    const claims = [emailClaim('aws+retail.webshop-dev.42@corp.example'), aliasClaim('corp-retail-webshop-dev')];
    expect(await claimed(...claims, groupClaim('mst-retail-webshop-dev-admin'))).toEqual([false, false, false]);
    expect(simulation.outcomes).toEqual([]);
    expect(simulation.application.shadows).toMatchObject([
      { type: 'Account Vending Shadowed', detail: { tenantUuid: TENANT, verdict: 'CREATE', landingZone: ZONE } },
    ]);
    expect(simulation.application.deadLetters).toEqual([]);
  });

  it('reports of every tenant exactly what the acting run then changes', async () => {
    const all = Array.from({ length: TENANTS }, (_, one) => one);
    begin({ seed: { accounts: [...exampleOrganization().accounts, ...all.map(ofOtherTool)] } });
    for (const one of all) simulation.sendEvent(...tenantOf(one));
    await simulation.settle();
    const told = await report();
    expect(told).toHaveLength(TENANTS);
    expect(writes()).toEqual([]);
    expect(new Set(told.map(({ verdict }) => verdict))).toEqual(new Set(['CHANGE', 'REFUSED', 'CREATE']));

    expect(await switchTo('act')).toMatchObject({ status: 200, body: { mode: 'act', configuredMode: 'shadow' } });
    expect(writes()).toEqual([]);
    await replayAll(told);
    const made = [];
    for (const { tenantUuid } of told) made.push(await madeOf(tenantUuid));
    expect(made).toEqual(told.map(expectedOf));
    expect(await report()).toEqual([]);
  });

  it('says of a tenant that is as wanted that it is the same, once its landing zone is set back', async () => {
    begin();
    await switchTo('act');
    await vend();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    await switchTo('shadow');
    const before = writes().length;
    await vend(['replicationSequence', 18]);
    const { account, shadow, status } = await simulation.detail();
    expect({ status, shadow }).toMatchObject({ status: 'SHADOWED', shadow: { verdict: 'SAME', changes: [] } });
    expect(shadow?.accountId).toBe(account?.id);
    await vend(
      ['replicationSequence', 19],
      ['project.spec.tags', { environment: ['prod'] }],
      ['tenant.status.tags', {}],
    );
    expect(await simulation.detail()).toMatchObject({ status: 'SHADOWED', shadow: { verdict: 'CHANGE' } });
    expect(writes()).toHaveLength(before);
  });

  it('takes no account out of use: a deletion is told of, too', async () => {
    begin({ configuration: piloted(['landingZone.closeAccount', true]) });
    await switchTo('act');
    await vend();
    await switchTo('shadow');
    const before = writes().length;
    await vend(['replicationSequence', 18], ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']);
    expect(await simulation.detail()).toMatchObject({
      status: 'SHADOWED',
      workflow: 'close-account',
      deletion: { replicationSequence: 18 },
      shadow: { verdict: 'CHANGE' },
    });
    expect(writes()).toHaveLength(before);
    expect(simulation.application.shadows).toMatchObject([{ type: 'Account Closing Shadowed' }]);
    await switchTo('act');
    await replayAll(await report());
    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
  });

  it('is refused what another tenant has, and takes it from nobody', async () => {
    begin({ configuration: provisioningConfiguration() });
    await vend();
    await switchTo('shadow');
    await vend(['tenant.metadata.uuid', uuidOf(2)]);
    expect(await simulation.detail(uuidOf(2))).toMatchObject({
      status: 'SHADOWED',
      shadow: { verdict: 'REFUSED', refusal: { state: 'PlanVending' } },
    });
    expect(await claimed(accountClaim((await simulation.detail()).account?.id ?? ''))).toEqual([true]);
  });

  it.each(['PlanVending', 'WaitForReconciliationTurn'])(
    'is stopped by the state itself where the state machine goes on after %s as if it might act',
    async (after) => {
      begin({
        configuration: piloted(),
        seed: { accounts: [...exampleOrganization().accounts, ofOtherTool(1)] },
        definition: goingOnAfter(after),
      });
      await vend(['tenant.spec.platformTenantId', accountOf(1)]);
      expect(await simulation.detail()).toMatchObject({
        status: 'FAILED',
        lastError: { name: 'RejectedError', message: expect.stringContaining('This is a shadow run') as string },
      });
      expect(writes()).toEqual([]);
    },
  );

  it('asks nobody for an approval', async () => {
    begin({ configuration: piloted(['landingZone.approval', { create: true }]) });
    await vend();
    expect(await simulation.detail()).toMatchObject({ status: 'SHADOWED', approval: null });
    expect(simulation.application.approvalsAsked).toEqual([]);
  });

  it('is switched in the ledger, which keeps who and when; the same switch again writes nothing', async () => {
    begin();
    await switchTo('act');
    await switchTo('act');
    await switchTo('shadow');
    const { body } = await simulation.application.callApi({ method: 'GET', path: '/landing-zones' });
    const zones = LandingZoneListSchema.parse(body).landingZones;
    expect(zones.find(({ name }) => name === ZONE)).toEqual({
      name: ZONE,
      mode: 'shadow',
      configuredMode: 'shadow',
      switches: ['act', 'shadow'].map((mode) => ({ mode, at: expect.any(String) as string, by: CALLER })),
    });
    expect(await switchTo('perhaps')).toMatchObject({ status: 400 });
    const path = '/landing-zones/elsewhere/mode';
    const body404 = { mode: 'act' };
    expect(await simulation.application.callApi({ method: 'POST', path, body: body404 })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining(ZONE) as string },
    });
  });
});

describe('the configured mode', () => {
  it.each([
    { what: 'acts by itself', changes: [], mode: 'act' },
    { what: 'is the platform’s', changes: [['platform.mode', 'shadow']], mode: 'shadow' },
    {
      what: 'is the landing zone’s own before that',
      changes: [
        ['platform.mode', 'shadow'],
        ['landingZone.mode', 'act'],
      ],
      mode: 'act',
    },
  ] as const)('$what', ({ changes, mode }) => {
    expect(configuredMode(provisioningConfiguration(...changes), ZONE)).toBe(mode);
  });
});

/** Somebody has changed the state machine, or a release has a mistake in it. */
function goingOnAfter(state: string): object {
  const definition = deployedDefinition('vend-account') as { readonly States: Readonly<Record<string, object>> };
  const changed = { ...definition.States[state], Next: 'ImportAccount' };
  return { ...definition, States: { ...definition.States, [state]: changed } };
}

const TENANTS = fewOrMany(10, 100);

/** Every fourth has no account yet; of the others, some may not be entered. */
function tenantOf(one: number): readonly Change[] {
  return [
    ['tenant.metadata.uuid', uuidOf(one + 1)],
    ['tenant.metadata.ownedByProject', `shop-${one}`],
    ['project.metadata.name', `shop-${one}`],
    ['tenantPlatformNumber', 100 + one],
    ...(one % 4 === 3 ? [] : [['tenant.spec.platformTenantId', accountOf(one)] as const]),
  ];
}
