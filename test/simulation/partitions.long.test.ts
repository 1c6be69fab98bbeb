import path from 'node:path';

import {
  AcceptHandshakeCommand,
  CreateGovCloudAccountCommand,
  DescribeCreateAccountStatusCommand,
  InviteAccountToOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import type { Organization } from '../../sandbox/organization/organization';
import type { AccountSeed, StandaloneSeed } from '../../sandbox/organization/organization-seed';
import { administrator, MANAGEMENT, organizationUnderTest } from '../sandbox/organization/organization-under-test';
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

/** In the commercial organization: the account of GovCloud that it makes, which nobody's organization has yet. */
async function madeForGovCloud(): Promise<StandaloneSeed> {
  const { organization, organizations, clock } = organizationUnderTest();
  const { name: AccountName, email: Email, accessRole: RoleName } = invited;
  const creation = new CreateGovCloudAccountCommand({ AccountName, Email, RoleName });
  const { CreateAccountStatus: asked } = await organizations.send(creation);
  clock.advance(60);
  const status = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: asked?.Id });
  const { CreateAccountStatus: done } = await organizations.send(status);
  const made = organization.state.govCloudAccounts.get(done?.GovCloudAccountId ?? '');
  if (made === undefined) throw new Error('CreateGovCloudAccount has made no account.');
  return made;
}

/** As the two administrators do it: the management account invites, the account accepts. */
async function join(organization: Organization, { id }: StandaloneSeed): Promise<void> {
  const clientOf = (accountId: string): OrganizationsClient =>
    new OrganizationsClient({
      region: 'us-gov-west-1',
      maxAttempts: 1,
      credentials: administrator(accountId),
      requestHandler: inProcessRequestHandler(organization),
    });
  const Tags = Object.entries(invited.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  const invitation = new InviteAccountToOrganizationCommand({ Target: { Id: id, Type: 'ACCOUNT' }, Tags });
  const { Handshake } = await clientOf(MANAGEMENT).send(invitation);
  await clientOf(id).send(new AcceptHandshakeCommand({ HandshakeId: Handshake?.Id }));
}

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

  it('an account made by CreateGovCloudAccount is not found before it has joined, and is imported once its invitation is accepted', async () => {
    const made = await madeForGovCloud();
    begin(configured('config-us-gov'));
    const { organization } = simulation;
    organization.state.standaloneAccounts.set(made.id, made);
    simulation.sendEvent(['tenant.spec.platformTenantId', made.id]);
    await simulation.settle();
    expect((await simulation.detail()).lastError?.message).toContain(made.id);
    expect(organization.calls.filter(({ write }) => write)).toEqual([]);

    await join(organization, made);
    await simulation.replay();
    await simulation.settle();
    const { status, account } = await simulation.detail();
    expect({ status, account }).toMatchObject({ status: 'VENDED', account: { id: made.id, imported: true } });
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
