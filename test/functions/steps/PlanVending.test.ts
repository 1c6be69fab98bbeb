import { contentHash } from '../../../functions/domain/base/json';
import { configurationHash } from '../../../functions/domain/configuration/configuration-hash';
import { InvalidRequestError, RejectedError } from '../../../functions/domain/base/errors';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { ConfiguredDeps } from '../../../functions/runtime/configuration-for';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { Enrollment } from '../../../functions/domain/records/account-records';
import { planKey } from '../../../functions/ledger/base/keys';
import { switchMode } from '../../../functions/ledger/fleet/landing-zone-modes';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import type { RunRepository } from '../../../functions/ports/repositories';
import { compose } from '../../../functions/steps/PlanVending/handler';
import { planRun } from '../../../functions/steps/PlanVending/step';
import { RELEASE_KEY } from '../../../functions/domain/rollout/release';
import { KnownConfigurations } from '../../../sandbox/runtime/embedded/known-configurations';
import { customized, network } from '../domain/example-customization';
import {
  type Change,
  changed,
  configuration,
  desiredStateJson,
  MANAGEMENT_ZONE,
  PERMISSION_SET,
} from '../domain/examples';
import { expectRejected } from '../../fakes/expect-rejected';
import { RecordingLog, RecordingMetrics, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { account, creation, NOW, plan, TENANT, tenant } from '../../fakes/vending';
import { accept, open, referenceTo, runIn } from '../ledger/ledger-calls';

/** Keeps the newest plan, as the ledger does. */
class FakeRunRepository implements Pick<RunRepository, 'desiredState' | 'pin'> {
  pinned: VendingPlan | null = null;
  readonly #desiredState: unknown;

  constructor(desiredState: unknown) {
    this.#desiredState = desiredState;
  }

  desiredState(): Promise<unknown> {
    return Promise.resolve(this.#desiredState);
  }

  pin(wanted: VendingPlan): Promise<string> {
    this.pinned = wanted;
    return Promise.resolve('its hash');
  }
}

/** Its alias tells any two tenants apart, so the plan has no remark about it. */
const distinct = configuration([
  'platform.accountAliasPattern',
  'corp-#{workspaceIdentifier}-#{projectIdentifier}-#{tenantPlatformNumber}',
]);

/** What a function is composed with where nothing else was ever deployed. */
const deployed = (only: Configuration): ConfiguredDeps => ({
  configuration: only,
  configurationAt: new KnownConfigurations(only).at,
});

const release = async (ledger: RecordingLedgerStore, configurationHash: string): Promise<void> => {
  const [known] = await ledger.read([RELEASE_KEY]);
  const data = { configurationHash, releasedAt: NOW.toISOString(), rolloutId: 'r-1' };
  await ledger.commit([{ key: RELEASE_KEY, expectedVersion: known?.version ?? 0, data }]);
};

/** No landing zone is in shadow mode. */
const acts = () => Promise.resolve('act' as const);

describe('PlanVending', () => {
  it('pins the plan of the desired state under the configuration of now', async () => {
    const repository = new FakeRunRepository(desiredStateJson);
    const report = await planRun({ repository, configuration: distinct, modeOf: acts }, tenant());
    expect(report).toEqual({
      result: {
        planHash: 'its hash',
        accountKnown: false,
        import: false,
        approvalNeeded: false,
        approvalSeconds: 0,
        enrollment: true,
        externalAvm: false,
        stackSetRemovals: [],
        stackSets: ['baseline'],
      },
      configurationHash: configurationHash(distinct),
    });
    expect(repository.pinned).not.toHaveProperty('approval');
    expect(repository.pinned).toMatchObject({
      tenantUuid: desiredStateJson.tenant.metadata.uuid,
      account: { email: 'aws+retail.webshop-dev.42@corp.example' },
    });
  });

  it('says whether the account is known', async () => {
    const repository = new FakeRunRepository(desiredStateJson);
    const report = await planRun({ repository, configuration: configuration(), modeOf: acts }, tenant({ account }));
    expect(report.result).toMatchObject({ accountKnown: true });
  });

  describe('of a desired state that names an account', () => {
    const importable = ['platform.import', { organizationalUnits: ['ou-ab12-legacy01'] }] as const;

    const planFor = (changes: Parameters<typeof tenant>[0]) => {
      const repository = new FakeRunRepository(changed(desiredStateJson, ['tenant.spec.platformTenantId', account.id]));
      const report = planRun({ repository, configuration: configuration(importable), modeOf: acts }, tenant(changes));
      return { repository, report };
    };

    it('imports it where the tenant has none: no account is made', async () => {
      const { repository, report } = planFor({});
      expect((await report).result).toMatchObject({ accountKnown: true, import: true });
      expect(repository.pinned).toMatchObject({
        existingAccountId: account.id,
        import: { organizationalUnits: ['ou-ab12-legacy01'], tag: null },
        serviceAccounts: [{ id: '222222222222' }, { id: '333333333333' }],
      });
    });

    it('imports nothing where imports have been turned off since it was accepted, unless the tenant has the account', async () => {
      const input = changed(desiredStateJson, ['tenant.spec.platformTenantId', account.id]);
      const repository = new FakeRunRepository(input);
      const report = planRun({ repository, configuration: configuration(), modeOf: acts }, tenant());
      await expect(report).rejects.toThrow(InvalidRequestError);
      expect(repository.pinned).toBeNull();
      await planRun({ repository, configuration: configuration(), modeOf: acts }, tenant({ account }));
      expect(repository.pinned).toMatchObject({ existingAccountId: account.id, import: null });
      expect(repository.pinned?.remarks.join(' ')).not.toContain('imports');
    });

    it.each([
      { what: 'has it', changes: { account }, result: { accountKnown: true, import: false } },
      {
        what: 'is about to get it from AWS',
        changes: { creation: creation({ madeAccountId: account.id }) },
        result: { accountKnown: false, import: false },
      },
      {
        what: 'has not been asked for one yet',
        changes: { creation: creation({ phase: 'cleared', attempt: 0 }) },
        result: { accountKnown: true, import: true },
      },
    ])('goes on as ever where the tenant $what', async ({ changes, result }) => {
      expect((await planFor(changes).report).result).toMatchObject(result);
    });

    it.each([
      {
        what: 'has another one',
        changes: { account: { ...account, id: '555555555555' } },
        reason: 'but this tenant has account 555555555555',
        remedy: 'with 555555555555 or null there',
      },
      {
        what: 'may get another one from AWS',
        changes: { creation: creation() },
        reason: 'AWS was asked for an account for this tenant ("retail.webshop-dev")',
        remedy: 'with null there',
      },
    ])('refuses where the tenant $what, and pins nothing', async ({ changes, reason, remedy }) => {
      const { repository, report } = planFor(changes);
      await expectRejected(report, reason, remedy);
      expect(repository.pinned).toBeNull();
    });
  });

  describe('tells the workflow', () => {
    const told = async (changes: readonly Change[], ofTenant: Parameters<typeof tenant>[0] = {}, mode = acts) => {
      const repository = new FakeRunRepository(desiredStateJson);
      const given = configuration(...changes);
      const report = await planRun({ repository, configuration: given, modeOf: mode }, tenant(ofTenant));
      return { ...report, pinned: repository.pinned };
    };
    const withApproval: Change = ['landingZone.approval', { create: true, expiresAfterDays: 2 }];

    it('only what is so', async () => {
      const { result } = await told([]);
      for (const word of ['shadow', 'unenrollment', 'workspaceUnit', 'existingGroups', 'accessOnly', 'customizations'])
        expect(result).not.toHaveProperty(word);
    });

    it('that the account is the management account, of which only access is given', async () => {
      const input = changed(desiredStateJson, ['tenant.spec.platformTenantId', '222222222222']);
      const repository = new FakeRunRepository(input);
      const given = configuration(...MANAGEMENT_ZONE);
      const { result } = await planRun({ repository, configuration: given, modeOf: acts }, tenant());
      expect(result).toMatchObject({ accessOnly: true });
      expect(repository.pinned).toMatchObject({ accessOnly: true });
    });

    it('that the account is customized, whose role nobody can make in a sealed one; a shadow run only looks', async () => {
      const sealed = { account, seal: { boundaryArn: 'arn:b', since: NOW.toISOString() } };
      const shadow = () => Promise.resolve('shadow' as 'act');
      expect((await told([customized(network())], { account })).result).toMatchObject({ customizations: true });
      await expectRejected(told([customized(network())], sealed), 'is sealed', 'madeByStackSet');
      expect((await told([customized(network())], sealed, shadow)).result).toMatchObject({ customizations: true });
    });

    it('that it changes nothing in a shadow run, which needs no account and no approval', async () => {
      const { result, pinned } = await told([withApproval], {}, () => Promise.resolve('shadow' as 'act'));
      expect(result).toMatchObject({ shadow: true, accountKnown: true, approvalNeeded: false });
      expect(pinned).toMatchObject({ shadow: true });
    });

    it.each([
      { what: 'a tenant that has nothing', changes: {}, needed: true },
      { what: 'a tenant whose account AWS is making', changes: { creation: creation() }, needed: false },
      { what: 'a tenant that has its account', changes: { account }, needed: false },
    ])('whether somebody has to approve that an account is made: $what', async ({ changes, needed }) => {
      const { result } = await told([withApproval], changes);
      expect(result).toMatchObject({ approvalNeeded: needed });
    });

    it('that nobody is enrolled', async () => {
      expect((await told([['landingZone.awsEnrollAccount', false]])).result).toMatchObject({ enrollment: false });
    });

    it('that an account leaves Control Tower', async () => {
      const enrolled: Enrollment = {
        phase: 'ended',
        kind: 'provision',
        attempt: 1,
        recordId: null,
        requestHash: null,
        productName: null,
        askedAt: NOW.toISOString(),
        busySince: null,
        hasPaused: false,
        failures: 0,
      };
      const { result } = await told([['landingZone.awsEnrollAccount', false]], { account, enrollment: enrolled });
      expect(result).toMatchObject({ enrollment: false, unenrollment: true });
    });

    it('that another account vending machine is waited for', async () => {
      expect((await told([['platform.waitForExternalAvm', true]])).result).toMatchObject({ externalAvm: true });
    });

    it('that the workspace gets a unit', async () => {
      const { result } = await told([
        ['platform.workspaceOrgUnits', { parentOrgUnitId: 'ou-ab12-parent01', namePattern: '#{workspaceIdentifier}' }],
        ['landingZone.awsTargetOrgUnitId', null],
        ['landingZone.awsEnrollAccount', false],
      ]);
      expect(result).toMatchObject({ workspaceUnit: true });
    });

    it('that groups of others are waited for', async () => {
      const mapping = {
        projectRoleRef: { name: 'admin' },
        awsRole: 'admin',
        permissionSetArns: [PERMISSION_SET],
        existingGroupNamePattern: 'corp-#{projectIdentifier}',
      };
      const { result } = await told([['platform.awsIdentityStore.awsRoleMappings', [mapping]]]);
      expect(result).toMatchObject({ existingGroups: true });
    });
  });

  it('shows everything that an operator should know, each in its sentence', async () => {
    const repository = new FakeRunRepository(changed(desiredStateJson, ['userPermissions.0.euid', null]));
    const report = await planRun({ repository, configuration: configuration(), modeOf: acts }, tenant());
    expect(report.remark).toContain('gets no access. ');
  });

  it('shows what an operator should know', async () => {
    const repository = new FakeRunRepository(changed(desiredStateJson, ['userPermissions.0.euid', null]));
    const report = await planRun({ repository, configuration: distinct, modeOf: acts }, tenant());
    expect(report.remark).toBe('The user u-1 has no euid and gets no access.');
  });

  it('refuses a desired state that does not fit the configuration any more, with every fault', async () => {
    const repository = new FakeRunRepository(
      changed(desiredStateJson, ['tenant.spec.landingZoneRef.name', 'gone'], ['tenant.metadata.ownedByProject', 'NO']),
    );
    const error: unknown = await planRun({ repository, configuration: configuration(), modeOf: acts }, tenant()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InvalidRequestError);
    const faulty = (error as InvalidRequestError).faults.map(({ field }) => field);
    expect(faulty).toEqual(
      expect.arrayContaining(['tenant.spec.landingZoneRef.name', 'tenant.metadata.ownedByProject']),
    );
    expect(repository.pinned).toBeNull();
  });

  it('refuses a run whose desired state is gone', async () => {
    const repository = new FakeRunRepository(undefined);
    await expectRejected(
      planRun({ repository, configuration: configuration(), modeOf: acts }, tenant()),
      'is gone from the ledger',
      'Send the desired state again',
    );
  });

  it('leaves a claim that is taken to the ledger', async () => {
    const refusal = new RejectedError('The alias "x" belongs to another tenant.', 'Make it unique.');
    const repository: Pick<RunRepository, 'desiredState' | 'pin'> = {
      desiredState: () => Promise.resolve(desiredStateJson),
      pin: () => Promise.reject(refusal),
    };
    await expect(planRun({ repository, configuration: configuration(), modeOf: acts }, tenant())).rejects.toBe(refusal);
  });
});

describe('the function of PlanVending', () => {
  const host = (ledger: LedgerStore) => ({
    environment: () => '',
    now: () => NOW,
    log: new RecordingLog(),
    ledger,
    metrics: new RecordingMetrics(),
    wait: () => Promise.resolve(),
    secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
    watch: new RecordingWatch(),
    aws: {},
  });

  it('plans again when it is tried again, and answers the hash of the plan that is pinned then', async () => {
    const ledger = new RecordingLedgerStore();
    await accept(ledger, 17, { desiredState: desiredStateJson });
    const moved: Change = ['landingZone.awsTargetOrgUnitId', 'ou-ab12-other000'];
    const known = new KnownConfigurations(configuration());
    const deps = { configuration: configuration(moved), configurationAt: known.at };
    const first = await compose(host(ledger), { ...deps, configuration: configuration() })(referenceTo(17));
    await release(ledger, known.deploy(configuration(moved)));
    const second = await compose(host(ledger), deps)(referenceTo(17));
    const { plan: pinned } = await open(ledger, 17);
    expect(pinned?.targetOrgUnitId).toBe('ou-ab12-other000');
    expect(second).toMatchObject({ planHash: contentHash(pinned) });
    expect(first).not.toMatchObject({ planHash: contentHash(pinned) });
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ state: 'PlanVending', attempts: 2 }]);
  });

  it.each(['act', 'shadow'] as const)('goes by how the landing zone was switched last: %s', async (mode) => {
    const ledger = new RecordingLedgerStore();
    await accept(ledger, 17, { desiredState: desiredStateJson });
    const other = configuration(['platform.mode', mode === 'act' ? 'shadow' : 'act']);
    await switchMode(ledger, 'aws-dev', { mode, at: NOW, by: null });
    const result = await compose(host(ledger), deployed(other))(referenceTo(17));
    expect(result).toEqual(expect.objectContaining(mode === 'shadow' ? { shadow: true } : {}));
    expect(Object.keys(result).includes('shadow')).toBe(mode === 'shadow');
  });

  it('takes no plan that stood there before it: somebody else may have written it', async () => {
    const ledger = new RecordingLedgerStore();
    await accept(ledger, 17, { desiredState: desiredStateJson });
    await compose(host(ledger), deployed(configuration()))(referenceTo(17));
    const key = planKey(TENANT, 17, 1);
    const [own] = await ledger.read([key]);
    const planted = { plan: plan({ targetOrgUnitId: 'ou-ab12-other000' }) };
    await ledger.commit([{ key, expectedVersion: own?.version ?? 0, data: planted }]);
    await compose(host(ledger), deployed(configuration()))(referenceTo(17));
    const [pinned] = await ledger.read([key]);
    expect(pinned?.data).toEqual(own?.data);
  });
});
