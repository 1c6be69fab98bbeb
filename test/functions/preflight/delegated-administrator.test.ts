import { exampleAuthorization } from '../../../sandbox/organization/authorization/example-authorization';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { changed, type Defect, expectFound, functionRole, openTrust, trusting, without } from './planted-defects';
import { CONFIGURATION, findingsIn, PreflightWorld } from './preflight-world';

const ROLE = 'MeshfedIdentityCenterRole';
const configuration = {
  ...CONFIGURATION,
  platform: { ...CONFIGURATION.platform, identityCenterRole: `arn:aws:iam::333333333333:role/${ROLE}` },
};
const seed = exampleOrganization({ configuration });
const deployed = exampleAuthorization(configuration);

const defects: readonly Defect[] = [
  {
    defect: 'an account that is not registered',
    planted: { configuration, seed: exampleOrganization(), roles: () => deployed },
    finds: ['identity-center-administrator'],
    remedy: /register-delegated-administrator --account-id 333333333333 --service-principal sso\.amazonaws\.com/u,
  },
  {
    defect: 'an account that administers other services alone',
    planted: {
      configuration,
      seed: { ...exampleOrganization(), delegatedAdministrators: ['333333333333'] },
      roles: () => deployed,
    },
    finds: ['identity-center-administrator'],
    remedy: /Or correct identityCenterRole in platform\.json/u,
  },
  {
    defect: 'a stack that was not deployed',
    planted: { configuration, seed, roles: () => without(`${ROLE}-Read`)(without(ROLE)(deployed)) },
    finds: [`role-lets-in:${ROLE}-Read`],
    remedy: /Deploy IdentityCenterAccountStack in account 333333333333/u,
  },
  {
    defect: 'a role that somebody has deleted',
    planted: { configuration, seed, roles: () => without(ROLE)(deployed) },
    finds: [`role-exists:${ROLE}`],
    remedy: /Deploy IdentityCenterAccountStack in account 333333333333: it makes this role/u,
  },
  {
    defect: 'a role that lets others in',
    planted: {
      configuration,
      seed,
      roles: () => changed(ROLE, trusting(functionRole('GrantAccess'), functionRole('CreateAccount')))(deployed),
    },
    finds: [`role-trust:${ROLE}`],
    remedy: /Deploy IdentityCenterAccountStack again in account 333333333333/u,
  },
  {
    defect: 'a role that asks for no ExternalId',
    planted: { configuration, seed, roles: () => changed(ROLE, openTrust)(deployed) },
    finds: [`role-trust:${ROLE}`],
    remedy: /Deploy IdentityCenterAccountStack again/u,
  },
];

beforeAll(loadPolicyTables);

describe('a preflight of a delegated administrator account of IAM Identity Center', () => {
  it('finds nothing where all is deployed, and looks at the account and at its role', async () => {
    const reports = await new PreflightWorld({ configuration, seed, roles: () => deployed }).look();

    expect(findingsIn(reports)).toEqual([]);
    const ids = reports.filter(({ result }) => result === 'ok').map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'identity-center-administrator',
        `role-lets-in:${ROLE}-Read`,
        `role-asks-for-external-id:${ROLE}-Read`,
        `role-exists:${ROLE}`,
        `role-trust:${ROLE}`,
      ]),
    );
  });

  it('has no such checks where none is configured', async () => {
    const reports = await new PreflightWorld().look();

    expect(reports.filter(({ id }) => /IdentityCenterRole|identity-center-administrator/u.test(id))).toEqual([]);
  });

  it.each(defects)('finds $defect, and nothing else', async (defect) => {
    await expectFound(defect);
  });
});
