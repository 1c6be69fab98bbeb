import { readOrganization } from '../../sandbox/organization/independent-reader';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { assignmentKey } from '../../sandbox/organization/services/sso-admin/identity-center';
import { grantFactoryUser } from '../../sandbox/organization/services/sso-admin/grant-factory-user';
import { samlMetadata } from '../contract/saml-provider-cases';
import { type Change, configuration, desiredStateJson } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const region = 'eu-central-1';
const FACTORY_SET = 'AWSAdministratorAccess';
const POWER_USER = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-b000000000000002';
const VIEW = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-c000000000000003';
const awsRoleMappings = [{ projectRoleRef: { name: 'admin' }, awsRole: 'admin', permissionSetArns: [VIEW] }];
const { awsIdentityStore, enrollmentConfiguration } = configuration().platform;

const configured = (...changes: readonly Change[]) =>
  plainConfiguration(
    ['platform.awsIdentityStore', { ...awsIdentityStore, region, awsRoleMappings }],
    ['platform.enrollmentConfiguration', { ...enrollmentConfiguration, region }],
    ['landingZone.awsTargetOrgUnitId', 'ou-ab12-cdefgh34'],
    ['landingZone.awsEnrollAccount', true],
    ...changes,
  );

const byMeshIdB: readonly Change[] = [
  ['platform.awsIdentityStore', undefined],
  [
    'platform.meshIdB',
    {
      samlProvider: { name: 'meshIdB', metadataDocument: samlMetadata('idb.corp.example') },
      awsRoleMappings: [
        {
          projectRoleRef: { name: 'admin' },
          awsRole: 'mesh-admin',
          policies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        },
      ],
    },
  ],
];

/** On a busy machine. */
describe('the user of the Account Factory', () => {
  let simulation: SimulatedVending | undefined;
  afterEach(() => {
    simulation?.stop();
  });

  const begun = async (...changes: readonly Change[]) => {
    simulation = new SimulatedVending({ configuration: configured(...changes) });
    simulation.sendEvent();
    await simulation.settle();
    return simulation;
  };

  /** By the word of the independent reader: what users have themselves in the accounts that were made. */
  const directIn = async ({ organization, madeAccounts }: SimulatedVending) => {
    const where = { region, managementAccountId: '222222222222', automationAccountId: '333333333333' };
    const requestHandler = inProcessRequestHandler(organization);
    const readings = await readOrganization({ ...where, requestHandler, accountIds: madeAccounts.map(({ id }) => id) });
    return readings.flatMap(({ assignments }) =>
      assignments.flatMap(({ principalType, principal, permissionSet }) =>
        principalType === 'USER' ? [`${principal ?? ''}: ${permissionSet}`] : [],
      ),
    );
  };

  const giveAgain = ({ organization, madeAccounts }: SimulatedVending, email = 'cloud@corp.example') => {
    const person = { SSOUserEmail: email, SSOUserFirstName: 'Cloud', SSOUserLastName: 'Foundation' };
    for (const { id } of madeAccounts) grantFactoryUser(organization.state, person, id);
  };

  it('administers no account that was vended', async () => {
    const vended = await begun();
    expect(await vended.detail()).toMatchObject({ status: 'VENDED' });
    expect(vended.outcomesOf('DeleteAccountAssignment')).toEqual(['ok']);
    expect(await directIn(vended)).toEqual([]);
  });

  it('stays where it is to stay', async () => {
    const vended = await begun(['platform.enrollmentConfiguration.keepFactoryUser', true]);
    expect(await directIn(vended)).toEqual([`cloud@corp.example: ${FACTORY_SET}`]);
    expect(vended.outcomesOf('DeleteAccountAssignment')).toEqual([]);
  });

  it('loses it also where people come in by meshIdB, and nobody has configured IAM Identity Center', async () => {
    const vended = await begun(...byMeshIdB);
    expect(await vended.detail()).toMatchObject({ status: 'VENDED' });
    expect(await directIn(vended)).toEqual([]);
  });

  it('loses in the night what it has got again, and the report tells it; a night without that writes nothing', async () => {
    const vended = await begun();
    giveAgain(vended);
    vended.application.startNight();
    await vended.settle();

    expect(await directIn(vended)).toEqual([]);
    const { body } = await vended.application.callApi({ method: 'GET', path: '/drift-reports/latest', query: {} });
    expect(body).toMatchObject({
      changed: 1,
      drifts: [{ changes: [{ state: 'RevokeAccess', what: "assignment of the Account Factory's user", to: null }] }],
    });

    const before = vended.organization.calls.length;
    vended.sendEvent(['replicationSequence', 18]);
    await vended.settle();
    expect(vended.organization.calls.slice(before).filter(({ write }) => write)).toEqual([]);
  });

  it('keeps what somebody else has given it: another permission set, and what comes by a group', async () => {
    const vended = await begun();
    const { identityCenter } = vended.organization.state;
    const user = [...(identityCenter?.users.values() ?? [])].find(({ email }) => email === 'cloud@corp.example');
    const accountId = vended.madeAccounts[0]?.id ?? '';
    const principal = { principalType: 'USER', principalId: user?.id ?? '' } as const;
    const byHand = { accountId, permissionSetArn: POWER_USER, ...principal };
    identityCenter?.assignments.set(assignmentKey(byHand), byHand);
    giveAgain(vended);
    vended.sendEvent(
      ['replicationSequence', 18],
      ['userPermissions', [{ ...desiredStateJson.userPermissions[0], euid: 'cloud@corp.example' }]],
    );
    await vended.settle();

    expect(await directIn(vended)).toEqual(['cloud@corp.example: PowerUserAccess']);
    const groups = [...(identityCenter?.groups.values() ?? [])].filter(({ displayName }) =>
      displayName.startsWith('mst-'),
    );
    const members = [...(identityCenter?.memberships.values() ?? [])].filter(
      ({ groupId, userId }) => userId === user?.id && groups.some(({ id }) => id === groupId),
    );
    expect(members).toHaveLength(1);
  });

  it('has nothing left in an account that is kept when its tenant goes', async () => {
    const vended = await begun();
    giveAgain(vended);
    vended.sendEvent(['replicationSequence', 18], ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']);
    await vended.settle();

    expect(await vended.detail()).toMatchObject({ status: 'CLOSED' });
    expect(await directIn(vended)).toEqual([]);
  });

  it('is told by a dry run, which takes nothing away', async () => {
    const vended = await begun();
    giveAgain(vended);
    const { body } = await vended.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body: { ...desiredStateJson, replicationSequence: 18 },
    });

    expect(JSON.stringify(body)).toContain("assignment of the Account Factory's user");
    expect(await directIn(vended)).toEqual([`cloud@corp.example: ${FACTORY_SET}`]);
  });
});
