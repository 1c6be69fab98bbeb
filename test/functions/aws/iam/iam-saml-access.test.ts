import { iamGrantedRights } from '../../../../functions/aws/iam/iam-granted-rights';
import { iamMemberRoles } from '../../../../functions/aws/iam/iam-member-roles';
import { iamSamlAccess } from '../../../../functions/aws/iam/iam-saml-access';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import type { PolicyDocument } from '../../../../sandbox/organization/organization-seed';
import { expectRejected } from '../../../fakes/expect-rejected';
import { ACCESS_ROLE, entry, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const ARN = `arn:aws:iam::${MEMBER}:saml-provider/meshIdB`;
const METADATA = `<EntityDescriptor entityID="${'x'.repeat(1000)}"/>`;
const NEWER = METADATA.replace('xx', 'yy');
const [VIEW, BILLING] = [
  'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
  'arn:aws:iam::aws:policy/job-function/Billing',
];
const trustOf = (...AWS: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  });
const [TRUST, OTHER_TRUST] = [trustOf('222222222222'), trustOf('333333333333')];
const READER = { name: 'reader', path: '/meshidb/', trust: TRUST };

const samlIn = (world: OrganizationWorld, memberPermissionsBoundary?: string) => {
  const caller = world.caller();
  const bounded = memberPermissionsBoundary === undefined ? {} : { memberPermissionsBoundary };
  return iamSamlAccess({ ...caller, settings: { ...caller.settings, ...bounded } });
};

describe('a SAML provider of a member account', () => {
  it('is made, found and changed, and gone when it is deleted; each of that may have been so before', async () => {
    const world = new OrganizationWorld();
    const saml = samlIn(world);
    expect(await saml.findProvider(entry, ARN)).toBeUndefined();
    await saml.createProvider(entry, { name: 'meshIdB', metadata: METADATA });
    await saml.createProvider(entry, { name: 'meshIdB', metadata: NEWER });
    expect(await saml.findProvider(entry, ARN)).toBe(METADATA);
    await saml.updateProvider(entry, { arn: ARN, metadata: NEWER });
    expect(await saml.findProvider(entry, ARN)).toBe(NEWER);
    await saml.deleteProvider(entry, ARN);
    await saml.deleteProvider(entry, ARN);
    expect(await saml.findProvider(entry, ARN)).toBeUndefined();
  });

  it('is not updated where there is none, and a refusal is never taken for "so already"', async () => {
    await expectRejected(
      samlIn(new OrganizationWorld()).updateProvider(entry, { arn: ARN, metadata: METADATA }),
      `update ${ARN} in account ${MEMBER} (NoSuchEntity`,
      'AWS does not have what',
    );
    const refused = (operation: string) =>
      samlIn(new OrganizationWorld({ faults: faultsFor(operation, refusal('AccessDenied', 403)) }));
    const calls = [
      [refused('GetSAMLProvider').findProvider(entry, ARN), `look for ${ARN}`],
      [
        refused('CreateSAMLProvider').createProvider(entry, { name: 'meshIdB', metadata: METADATA }),
        'make the SAML provider meshIdB',
      ],
      [refused('DeleteSAMLProvider').deleteProvider(entry, ARN), `delete ${ARN}`],
      [refused('GetRole').findRole(entry, 'reader'), 'look for the role reader'],
      [refused('CreateRole').createRole(entry, READER), 'make the role reader'],
      [refused('UpdateAssumeRolePolicy').setTrust(entry, 'reader', TRUST), 'set the trust of reader'],
      [refused('AttachRolePolicy').attachPolicy(entry, 'reader', VIEW), `attach ${VIEW} to reader`],
      [refused('DetachRolePolicy').detachPolicy(entry, 'reader', VIEW), `detach ${VIEW} from reader`],
      [refused('PutRolePermissionsBoundary').setBoundary(entry, 'reader'), 'put the boundary on reader'],
      [refused('DeleteRole').deleteRole(entry, 'reader'), 'delete the role reader'],
    ] as const;
    for (const [call, doing] of calls)
      await expectRejected(call, `${doing} in account ${MEMBER} (AccessDenied`, 'policies');
  });
});

describe('a role for people in a member account', () => {
  it('is made with its path and trust, changed, and gone when it is deleted; each of that may have been so before', async () => {
    const saml = samlIn(new OrganizationWorld());
    expect(await saml.findRole(entry, 'reader')).toBeUndefined();
    await saml.createRole(entry, READER);
    await saml.createRole(entry, { ...READER, trust: OTHER_TRUST });
    const found = { path: '/meshidb/', trust: TRUST, policyArns: [], lacksBoundary: false };
    expect(await saml.findRole(entry, 'reader')).toEqual(found);
    await saml.attachPolicy(entry, 'reader', VIEW);
    await saml.attachPolicy(entry, 'reader', BILLING);
    await saml.setTrust(entry, 'reader', OTHER_TRUST);
    const changed = await saml.findRole(entry, 'reader');
    expect(changed).toMatchObject({ trust: OTHER_TRUST });
    expect(changed?.policyArns.toSorted()).toEqual([BILLING, VIEW]);
    await saml.detachPolicy(entry, 'reader', BILLING);
    await saml.detachPolicy(entry, 'reader', BILLING);
    expect((await saml.findRole(entry, 'reader'))?.policyArns).toEqual([VIEW]);
    await saml.detachPolicy(entry, 'reader', VIEW);
    await saml.deleteRole(entry, 'reader');
    await saml.deleteRole(entry, 'reader');
    expect(await saml.findRole(entry, 'reader')).toBeUndefined();
  });

  it('is kept as long as a policy is attached to it', async () => {
    const saml = samlIn(new OrganizationWorld());
    await saml.createRole(entry, READER);
    await saml.attachPolicy(entry, 'reader', VIEW);
    await expectRejected(saml.deleteRole(entry, 'reader'), 'DeleteConflict', 'detach that');
  });

  it('has the permissions boundary that is asked for, from the beginning or later', async () => {
    const world = new OrganizationWorld();
    const boundaryOf = () => world.organization.state.accounts.get(MEMBER)?.roles.get('reader')?.boundary.arn;
    await samlIn(world).createRole(entry, READER);
    expect(boundaryOf()).toBeNull();
    expect(await samlIn(world, VIEW).findRole(entry, 'reader')).toMatchObject({ lacksBoundary: true });
    await samlIn(world, VIEW).setBoundary(entry, 'reader');
    expect(boundaryOf()).toBe(VIEW);
    expect(await samlIn(world, VIEW).findRole(entry, 'reader')).toMatchObject({ lacksBoundary: false });
    expect(await samlIn(world, BILLING).findRole(entry, 'reader')).toMatchObject({ lacksBoundary: true });
    await samlIn(world, BILLING).createRole(entry, { ...READER, name: 'writer' });
    expect(await samlIn(world, BILLING).findRole(entry, 'writer')).toMatchObject({ lacksBoundary: false });
  });

  it('waits for a boundary of the account itself', async () => {
    const saml = samlIn(new OrganizationWorld(), 'Vending');
    await expect(saml.createRole(entry, READER)).rejects.toMatchObject({
      name: 'TransientError',
      nothingDone: true,
      message: expect.stringContaining(`no policy arn:aws:iam::${MEMBER}:policy/Vending yet`) as unknown,
    });
  });

  it('does not wait where it is refused for another reason than the boundary', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('CreateRole', refusal('AccessDenied', 403)) });
    await expectRejected(samlIn(world, VIEW).createRole(entry, READER), 'make the role reader', 'policies');
  });

  it('is told from one that is not there: an account that knows no boundary waits for none', async () => {
    const call = samlIn(new OrganizationWorld()).setTrust(entry, 'reader', TRUST);
    await expectRejected(call, 'NoSuchEntity', 'AWS does not have what');
  });
});

describe('the rights of a role, as IAM simulates them', () => {
  const ROLE = `arn:aws:iam::${MEMBER}:role/reader`;
  const TAGGED = { resourceArn: 'arn:aws:organizations::2:account/o-1/5', tags: { owner: 'vending' } };
  const statements = [
    { Effect: 'Allow', Action: ['iam:getrole', 'sso:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'organizations:CloseAccount',
      Resource: TAGGED.resourceArn,
      Condition: { StringEquals: { 'aws:ResourceTag/owner': 'vending' } },
    },
    {
      Effect: 'Allow',
      Action: 'servicecatalog:DescribeRecord',
      Resource: '*',
      Condition: { StringEquals: { 'servicecatalog:userLevel': 'self' } },
    },
  ];
  const role = {
    accountId: MEMBER,
    name: 'reader',
    trust: JSON.parse(TRUST) as PolicyDocument,
    inlinePolicies: { rights: { Version: '2012-10-17', Statement: statements } },
  };

  const [trusting] = exampleOrganization().serviceRoles;
  const looker = {
    accountId: MEMBER,
    name: 'looker',
    trust: trusting?.trust ?? {},
    attachedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  };
  const seed = { serviceRoles: [role, looker] };

  const rightsIn = (world = new OrganizationWorld({ seed })) =>
    iamGrantedRights(world.caller(), { roleArn: `arn:aws:iam::${MEMBER}:role/looker` });

  it('are named where they are missing, whatever the case, and on whatever page they stand', async () => {
    const asked = ['iam:GetRole', 'iam:PassRole', 'sso:ListInstances', 's3:GetObject'];
    expect(await rightsIn().missing(ROLE, asked)).toEqual(['iam:PassRole', 's3:GetObject']);
  });

  it('are those on one resource with its tags, where one is asked about', async () => {
    const close = (subject?: typeof TAGGED) => rightsIn().missing(ROLE, ['organizations:CloseAccount'], subject);
    expect(await close(TAGGED)).toEqual([]);
    expect(await close({ ...TAGGED, tags: { owner: 'somebody' } })).toHaveLength(1);
    expect(await close({ ...TAGGED, resourceArn: `${TAGGED.resourceArn}5` })).toHaveLength(1);
    expect(await close()).toHaveLength(1);
  });

  it('are those of a session on products of its own', async () => {
    expect(await rightsIn().missing(ROLE, ['servicecatalog:DescribeRecord'])).toEqual([]);
  });

  it('cannot be told of a role that is not there', async () => {
    await expectRejected(rightsIn().missing(`${ROLE}-2`, ['iam:GetRole']), `simulate the policies of ${ROLE}-2`, 'AWS');
  });

  it('go with its trust, where the role is there under this very path', async () => {
    expect(JSON.parse((await rightsIn().trustOf(ROLE)) ?? '')).toEqual(JSON.parse(TRUST));
    expect(await rightsIn().trustOf(`arn:aws:iam::${MEMBER}:role/path/reader`)).toBeUndefined();
    expect(await rightsIn().trustOf(`${ROLE}-2`)).toBeUndefined();
    const faults = faultsFor('GetRole', refusal('AccessDenied', 403));
    await expectRejected(
      rightsIn(new OrganizationWorld({ seed, faults })).trustOf(ROLE),
      `look at the role ${ROLE}`,
      'policies',
    );
  });

  it.each([
    ['management', 'MeshfedServiceRole-ControlTower'],
    ['automation', 'MeshfedAutomationRole-StackSets'],
    [{ roleArn: 'arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole' }, 'MeshCostExplorerServiceRole'],
  ] as const)('are looked up in the account that is named: %j', async (account, roleName) => {
    const world = new OrganizationWorld();
    await iamGrantedRights(world.caller(), account).trustOf(ROLE);
    expect(world.callsOf('GetRole').map(({ principal }) => principal)).toMatchObject([{ roleName }]);
  });
});

describe('a member account that has roles', () => {
  it('is asked whether it has one', async () => {
    const roles = iamMemberRoles(new OrganizationWorld().caller());
    expect([await roles.hasRole(entry, ACCESS_ROLE), await roles.hasRole(entry, 'reader')]).toEqual([true, false]);
  });
});
