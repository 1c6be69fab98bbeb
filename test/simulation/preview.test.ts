import * as z from 'zod';

import { ProblemSchema } from '../../functions/api/responses';
import { type VendingPreview, VendingPreviewSchema } from '../../functions/api/vending-responses';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { OrganizationState } from '../../sandbox/organization/organization-state';
import { assignmentKey } from '../../sandbox/organization/services/sso-admin/identity-center';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type Change, changed, configuration, desiredStateJson } from '../functions/domain/examples';
import { DEV, LANDING_ZONE_FUNCTION } from './provisioning';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const TENANT = desiredStateJson.tenant.metadata.uuid;
const OTHER = '7d0c1b1e-0000-4000-8000-000000000002';
const EXISTING = '555555555555';
const STRANGER = '90675678-0000-4000-8000-000000000001';

const existing = {
  id: EXISTING,
  name: 'Legacy Shop',
  email: 'legacy@corp.example',
  parentId: exampleOrganization().rootId,
  accessRole: 'MeshstackAccountAccessRole',
  tags: { owner: 'finance' },
};

const { awsIdentityStore } = configuration().platform;
const permissionSet = (id: string): string => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${id}`;
const awsRoleMappings = [
  { projectRoleRef: { name: 'admin' }, awsRole: 'admin', permissionSetArns: [permissionSet('ad00000000000001')] },
  {
    projectRoleRef: { name: 'user' },
    awsRole: 'user',
    permissionSetArns: [permissionSet('b000000000000002'), permissionSet('c000000000000003')],
  },
];

const importable: Change = ['platform.import', { organizationalUnits: [exampleOrganization().rootId] }];

/** Control Tower, a stack set in two regions, a function, people, and the downgrade. */
const everything = (...changes: readonly Change[]): Configuration =>
  configuration(
    ['platform.awsIdentityStore', { ...awsIdentityStore, region: 'eu-central-1', awsRoleMappings }],
    ['landingZone.awsLambdaArn', LANDING_ZONE_FUNCTION],
    ['landingZone.stackSets', [{ name: 'baseline', regions: ['eu-central-1', 'eu-west-1'] }]],
    ...changes,
  );

const ourGroups = (identityCenter: OrganizationState['identityCenter']) =>
  [...(identityCenter?.groups.values() ?? [])].filter(({ displayName }) => displayName.startsWith('mst-'));

/** What is drawn by AWS, or told only afterwards, cannot be told beforehand. */
const toldBeforehand = (change: object): unknown =>
  JSON.parse(JSON.stringify(change).replace(/"to":"(?:new mst-[^"]*|[0-9a-f-]{36,47})"/u, '"to":"new"'));

describe('POST /vendings?dryRun=true', () => {
  let simulation: SimulatedVending;

  const begin = (options: SimulationOptions = {}): void => {
    simulation = new SimulatedVending({ configuration: everything(), ...options });
  };

  afterEach(() => {
    simulation.stop();
  });

  const dryRun = async (...changes: readonly Change[]): Promise<VendingPreview> => {
    const body = changed(desiredStateJson, ...changes);
    const answer = await simulation.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body,
    });
    if (answer.status !== 200) throw new Error(JSON.stringify(ProblemSchema.parse(answer.body)));
    return VendingPreviewSchema.parse(answer.body);
  };

  const vend = async (...changes: readonly Change[]): Promise<void> => {
    simulation.sendEvent(...changes);
    await simulation.settle();
  };

  const account = ({ accounts }: OrganizationState) =>
    [...accounts.values()].find(({ joinedMethod }) => joinedMethod === 'CREATED');

  it('says of a tenant without an account that everything is made again', async () => {
    begin();
    expect(await dryRun()).toMatchObject({ tenantUuid: TENANT, changes: null, refusal: null });
  });

  it('says of a tenant that is as wanted that nothing would change, and changes nothing', async () => {
    begin();
    await vend();
    const before = simulation.organization.calls.length;
    expect(await dryRun(['replicationSequence', 18])).toMatchObject({ changes: [], refusal: null });
    const calls = simulation.organization.calls.slice(before);
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.filter(({ write, service }) => write && service !== 'sts')).toEqual([]);
    expect((await simulation.detail()).replicationSequence).toBe(17);
  });

  const drifts: readonly {
    readonly what: string;
    readonly drift?: (state: OrganizationState) => void;
    readonly changes?: readonly Change[];
  }[] = [
    {
      what: 'tags are others',
      changes: [
        ['project.spec.tags', { environment: ['prod'] }],
        ['tenant.status.tags', {}],
      ],
    },
    { what: 'nobody is to have access', changes: [['userPermissions', []]] },
    {
      what: 'somebody else is to have access, by another role',
      changes: [
        ['userPermissions.0.euid', 'omar@corp.example'],
        ['userPermissions.0.roles', ['user']],
      ],
    },
    { what: 'the project has another name', changes: [['tenant.metadata.ownedByProject', 'renamed']] },
    { what: 'the landing zone’s parameters are others', changes: [['projectCreatorEmail', 'omar@corp.example']] },
    {
      what: 'somebody has moved and renamed the account',
      drift: (state) => {
        const found = account(state);
        if (found !== undefined) found.alias = 'somebody-elses';
        found?.tags.set('meshstack_extra', 'x').delete('meshstack_project');
      },
    },
    {
      what: 'somebody has given rights to the access role',
      drift: (state) =>
        account(state)
          ?.roles.get('MeshstackAccountAccessRole')
          ?.inline.set('more', {
            document: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
            effectiveAt: 0,
            previous: null,
          }),
    },
    {
      what: 'somebody has spoilt the execution role',
      drift: (state) => account(state)?.roles.delete('AWSCloudFormationStackSetExecutionRole'),
    },
    {
      what: 'somebody has tainted the product',
      drift: ({ accountFactory }) => {
        for (const product of accountFactory?.provisionedProducts.values() ?? []) product.status = 'TAINTED';
      },
    },
    {
      what: 'somebody has taken a stack instance away',
      drift: ({ stackSets }) => {
        for (const { instances } of stackSets.values()) {
          for (const key of [...instances.keys()].slice(0, 1)) instances.delete(key);
        }
      },
    },
    {
      what: 'somebody has taken the assignments away',
      drift: ({ identityCenter }) => {
        for (const assignment of [...(identityCenter?.assignments.values() ?? [])]) {
          const isOurs = ourGroups(identityCenter).some(({ id }) => id === assignment.principalId);
          if (isOurs) identityCenter?.assignments.delete(assignmentKey(assignment));
        }
      },
    },
    {
      what: 'somebody has put a stranger into a group',
      drift: ({ identityCenter }) => {
        const user = [...(identityCenter?.users.values() ?? [])].find(({ userName }) => userName.startsWith('mei'));
        const [group] = ourGroups(identityCenter);
        if (user === undefined || group === undefined) throw new Error('Nobody to change.');
        identityCenter?.memberships.set(STRANGER, { id: STRANGER, groupId: group.id, userId: user.id });
      },
    },
    {
      what: 'somebody has deleted the groups',
      drift: ({ identityCenter }) => {
        for (const { id } of ourGroups(identityCenter)) identityCenter?.groups.delete(id);
      },
    },
  ];

  it.each(drifts)('tells beforehand exactly what the run then does: $what', async ({ drift, changes = [] }) => {
    begin();
    await vend();
    drift?.(simulation.organization.state);
    const next: readonly Change[] = [['replicationSequence', 18], ...changes];
    const { changes: told, refusal } = await dryRun(...next);
    await vend(...next);
    const detail = await simulation.detail();
    expect(detail).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
    const made = detail.timeline.flatMap(({ state, changes: of }) => of.map((change) => ({ state, ...change })));
    expect(told?.length).toBeGreaterThan(0);
    expect(told?.map(toldBeforehand)).toEqual(made.map(toldBeforehand));
    expect(refusal).toBeNull();
    expect(await dryRun(['replicationSequence', 19], ...changes)).toMatchObject({ changes: [] });
  });

  it('answers ten dry runs that are asked for at once, and writes nothing for it', async () => {
    begin();
    await vend();
    const before = simulation.organization.calls.length;
    const asked = Array.from({ length: 10 }, (_, one) => dryRun(['replicationSequence', 18 + one]));
    const over = new Set<number>();
    asked.forEach((answer, one) => void answer.catch(() => undefined).then(() => over.add(one)));
    // Some of the calls are turned away, and made again after some time.
    while (over.size < asked.length) await simulation.settle();
    expect(await Promise.all(asked)).toEqual(
      asked.map(() => expect.objectContaining({ changes: [], refusal: null }) as unknown),
    );
    const calls = simulation.organization.calls.slice(before);
    expect(calls.filter(({ outcome }) => outcome !== 'ok').length).toBeGreaterThan(0);
    expect(calls.filter(({ write, service }) => write && service !== 'sts')).toEqual([]);
  });

  it('tells what an import would change', async () => {
    begin({
      configuration: everything(importable),
      seed: { accounts: [...exampleOrganization().accounts, existing] },
    });
    const { changes, refusal } = await dryRun(['tenant.spec.platformTenantId', EXISTING]);
    expect(refusal).toBeNull();
    expect(changes).toMatchObject([
      { state: 'ImportAccount', what: 'account', to: EXISTING },
      { state: 'ImportAccount', what: 'tag account-vending:tenant-uuid', to: TENANT },
      { state: 'OpenAccount' },
      { state: 'OpenAccount' },
      { state: 'OpenAccount' },
      { state: 'OpenAccount' },
      { state: 'OpenAccount', to: expect.stringContaining('meshstack-minimum-') as string },
      { state: 'MoveAccount', from: exampleOrganization().rootId, to: DEV },
      ...z.array(z.unknown()).parse(changes).slice(8),
    ]);
    expect(simulation.organization.calls.filter(({ write, service }) => write && service !== 'sts')).toEqual([]);
  });

  it.each([
    {
      what: 'an account of another organization',
      changes: [['tenant.spec.platformTenantId', '666666666666']] satisfies readonly Change[],
      refusal: { state: 'ImportAccount', message: expect.stringContaining('no account 666666666666') as string },
    },
    {
      what: 'a name that another tenant has',
      changes: [['tenant.metadata.uuid', OTHER]] satisfies readonly Change[],
      refusal: { state: 'PlanVending', message: expect.stringContaining(`another tenant (${TENANT})`) as string },
    },
  ])('tells what would be refused: $what', async ({ changes, refusal }) => {
    begin({ configuration: everything(importable) });
    await vend();
    const body =
      changes[0]?.[0] === 'tenant.metadata.uuid' ? changes : [['tenant.metadata.uuid', OTHER], ...NEW, ...changes];
    expect(await dryRun(...(body as readonly Change[]))).toMatchObject({ refusal });
  });

  it('tells of an account that lets nobody in, without waiting for it', async () => {
    begin();
    await vend();
    account(simulation.organization.state)?.roles.delete('MeshstackAccountAccessRole');
    expect(await dryRun(['replicationSequence', 18])).toMatchObject({
      refusal: { state: 'CheckAccess', message: expect.stringContaining('could not be assumed') as string },
    });
  });
});

const NEW: readonly Change[] = [
  ['tenant.metadata.ownedByProject', 'second'],
  ['tenantPlatformNumber', 43],
];
