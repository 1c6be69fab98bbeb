import { samlTrust } from '../../functions/domain/access/role-trust';
import { samlMetadata } from '../contract/saml-provider-cases';
import type { Change } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const policy = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const mapping = (name: string, ...policies: readonly string[]) => ({
  projectRoleRef: { name },
  awsRole: `mesh-${name}`,
  policies: policies.map(policy),
});

/** As the operator has configured it; a test changes it between two runs, as a deployment would. */
const configured = (...changes: readonly Change[]) =>
  plainConfiguration(
    [
      'platform.meshIdB',
      {
        samlProvider: { name: 'meshIdB', metadataDocument: samlMetadata('idb.corp.example') },
        awsRoleMappings: [
          mapping('admin', 'AdministratorAccess'),
          mapping('reader', 'AWSServiceCatalogEndUserFullAccess'),
        ],
      },
    ],
    ['platform.selfDowngradeAccessRole', true],
    ...changes,
  );

describe('access by roles of meshIdB', () => {
  let simulation: SimulatedVending;
  let configuration: ReturnType<typeof configured>;

  beforeEach(async () => {
    configuration = configured();
    simulation = new SimulatedVending({ configuration });
    simulation.sendEvent();
    await simulation.settle();
  });

  afterEach(() => {
    simulation.stop();
  });

  const accessIn = () => {
    const [account] = simulation.madeAccounts;
    const roles = [...(account?.roles.values() ?? [])].filter(({ path }) => path === '/meshidb/');
    return {
      providers: [...(account?.samlProviders.keys() ?? [])],
      roles: Object.fromEntries(roles.map(({ name, attached }) => [name, [...attached.keys()]])),
      trusts: [...new Set(roles.map(({ trust }) => trust.document))],
    };
  };

  const again = async (replicationSequence: number) => {
    const before = simulation.organization.calls.length;
    simulation.sendEvent(['replicationSequence', replicationSequence]);
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence, lastError: null });
    return simulation.organization.calls
      .slice(before)
      .filter(({ write, service }) => write && service !== 'sts')
      .map(({ operation }) => operation);
  };

  it('is given in the account, by the rights that are deployed', async () => {
    const provider = `arn:aws:iam::${simulation.madeAccounts[0]?.id ?? ''}:saml-provider/meshIdB`;
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
    expect(accessIn()).toEqual({
      providers: [provider],
      roles: {
        'mesh-admin': [policy('AdministratorAccess')],
        'mesh-reader': [policy('AWSServiceCatalogEndUserFullAccess')],
      },
      trusts: [samlTrust(provider)],
    });
  });

  it('is left as it is by a second run, which writes nothing', async () => {
    expect(await again(18)).toEqual([]);
  });

  it('goes with a role that is mapped no more, although the access role was downgraded', async () => {
    configuration.platform.meshIdB?.awsRoleMappings.splice(1);
    expect(await again(18)).toEqual(['DetachRolePolicy', 'DeleteRole']);
    expect(accessIn().roles).toEqual({ 'mesh-admin': [policy('AdministratorAccess')] });
  });

  it('goes as a whole with its configuration, and so do the rights to change it', async () => {
    Object.assign(configuration.platform, { meshIdB: undefined });
    await again(18);
    expect(accessIn()).toEqual({ providers: [], roles: {}, trusts: [] });
    expect(await again(19)).toEqual([]);
  });
});
