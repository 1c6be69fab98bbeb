import path from 'node:path';

import type { Configuration } from '../../functions/domain/configuration';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { joinByInvitation } from '../../sandbox/organization/organization-planting';
import type { AccountSeed } from '../../sandbox/organization/organization-seed';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const configured = (folder: string): Configuration => loadConfiguration(path.join(projectRoot, 'sandbox', folder));

/** Made by CreateGovCloudAccount in the commercial organization, and since then invited. */
const invited: AccountSeed = {
  id: '555555555555',
  name: 'retail.webshop-dev',
  email: 'aws+gov@corp.example',
  parentId: exampleOrganization().rootId,
  accessRole: 'MeshstackAccountAccessRole',
  tags: { import: 'account-vending' },
};

describe('beyond the commercial partition', () => {
  let simulation: SimulatedVending;

  const begin = (configuration: Configuration, accounts: readonly AccountSeed[] = []): void => {
    const seed = exampleOrganization({ configuration });
    simulation = new SimulatedVending({ configuration, seed: { ...seed, accounts: [...seed.accounts, ...accounts] } });
  };

  afterEach(() => {
    simulation.stop();
  });

  it('an account of GovCloud is imported and enrolled', async () => {
    begin(configured('config-us-gov'), [invited]);
    simulation.sendEvent(['tenant.spec.platformTenantId', invited.id]);
    await simulation.settle();
    const { status, account, lastError } = await simulation.detail();
    expect({ status, account, lastError }).toMatchObject({
      status: 'VENDED',
      account: { id: invited.id, imported: true },
      lastError: null,
    });
    const products = simulation.organization.state.accountFactory?.provisionedProducts.values() ?? [];
    expect([...products]).toMatchObject([{ physicalId: invited.id, status: 'AVAILABLE' }]);
    expect(simulation.outcomesOf('CreateAccount')).toEqual([]);
  });

  it('an account of GovCloud that has not joined yet is not found, and is imported once its invitation is accepted', async () => {
    begin(configured('config-us-gov'));
    simulation.sendEvent(['tenant.spec.platformTenantId', invited.id]);
    await simulation.settle();
    expect((await simulation.detail()).lastError?.message).toContain(invited.id);
    expect(simulation.organization.calls.filter(({ write }) => write)).toEqual([]);

    joinByInvitation(simulation.organization.state, invited, Date.now());
    await simulation.replay();
    await simulation.settle();
    const { status, account } = await simulation.detail();
    expect({ status, account }).toMatchObject({ status: 'VENDED', account: { id: invited.id, imported: true } });
  });

  it('a tenant of GovCloud that names no account is refused before anything is called', async () => {
    begin(configured('config-us-gov'), [invited]);
    const { status, body } = await simulation.post();
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ field: 'tenant.spec.platformTenantId' }] });
    expect(simulation.organization.calls.filter(({ service }) => service !== 'sts')).toEqual([]);
  });

  it('an account is made in the European Sovereign Cloud, and enrolled by its move', async () => {
    begin(configured('config-eusc'));
    simulation.sendEvent();
    await simulation.settle();
    const { status, lastError } = await simulation.detail();
    expect({ status, lastError }).toEqual({ status: 'VENDED', lastError: null });
    expect([...simulation.organization.state.inheritedBaselines.values()]).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it('an account is made in China', async () => {
    begin(
      plainConfiguration(
        ['platform.region', 'cn-north-1'],
        ['platform.accessConfig.organizationRootAccountRole', 'arn:aws-cn:iam::222222222222:role/MeshfedServiceRole'],
        ['platform.automationAccountRole', 'arn:aws-cn:iam::333333333333:role/MeshfedAutomationRole'],
        ['platform.enrollmentConfiguration', undefined],
        ['platform.stackSetExecutionRole', undefined],
      ),
    );
    simulation.sendEvent();
    await simulation.settle();
    const { status, lastError } = await simulation.detail();
    expect({ status, lastError }).toEqual({ status: 'VENDED', lastError: null });
  });
});
