import { readFileSync } from 'node:fs';

import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { AccountReading } from '../../sandbox/organization/independent-reader';
import { accountsInDrift } from '../fakes/accounts-in-drift';
import { desiredStateJson } from '../functions/domain/examples';
import { DEV, PROD, provisionedAccount, provisioningConfiguration, managementAccountId, masked } from './provisioning';
import { SimulatedStory } from './simulated-story';

const ACCESS_ROLE = 'MeshstackAccountAccessRole';

/** The source document's final policy, with its placeholders filled. */
function finalPolicy(accountId: string): unknown {
  const file = new URL('../source-document/downgraded-access-role-policy.json', import.meta.url);
  const text = readFileSync(file, 'utf8');
  return JSON.parse(text.replaceAll('{accountId}', accountId).replaceAll('{accessRole}', ACCESS_ROLE));
}

describe('provisioning an account', () => {
  const story = new SimulatedStory(() => ({ configuration: provisioningConfiguration() }));
  const { simulate, vend, lastError } = story;

  describe('undisturbed', () => {
    let found: AccountReading;
    let drift: readonly string[];
    let plan: { readonly landingZoneFunction: { readonly payload: object } };

    beforeAll(async () => {
      simulate();
      await vend();
      found = await provisionedAccount(story.simulation);
      drift = accountsInDrift(story.simulation.organization.state);
      const { body } = await story.simulation.application.callApi({
        method: 'POST',
        path: '/vendings',
        query: { dryRun: 'true' },
        body: desiredStateJson,
      });
      plan = body as typeof plan;
      story.simulation.stop();
    });

    it('enrolls it, in its OU and without drift', () => {
      expect(found).toMatchObject({
        ouId: DEV,
        provisionedProduct: {
          status: 'AVAILABLE',
          productId: 'prod-abcd1234',
          provisioningArtifactId: 'pa-current00001',
        },
      });
      expect(drift).toEqual([]);
    });

    it('deploys every stack set, with exactly the parameters that its template declares', () => {
      const current = { status: 'CURRENT', detailedStatus: 'SUCCEEDED', reason: null };
      const baseline = {
        AccountName: 'retail.webshop-dev',
        AccountId: found.id,
        ContactEmail: 'jane@corp.example',
        tagEnvironment: 'dev',
      };
      expect(found.stackInstances).toEqual([
        { stackSet: 'baseline', region: 'eu-central-1', ...current, parameters: baseline },
        { stackSet: 'baseline', region: 'eu-west-1', ...current, parameters: baseline },
        { stackSet: 'network', region: 'eu-central-1', ...current, parameters: { Stage: 'webshop-dev' } },
      ]);
    });

    it("hands the plan's payload to the landing zone's function, and what AWS alone knew", () => {
      const { organizationId } = exampleOrganization();
      const AccountArn = `arn:aws:organizations::${managementAccountId}:account/${organizationId}/${found.id}`;
      expect(found.landingZonePayloads).toEqual([
        { ...plan.landingZoneFunction.payload, AccountId: found.id, AccountArn },
      ]);
    });

    it("leaves the access role with the source document's final policy, and with nothing else", () => {
      const accessRole = found.roles.find(({ name }) => name === ACCESS_ROLE);
      expect(accessRole?.attachedPolicies).toEqual([]);
      expect(accessRole?.inlinePolicies.map(({ document }) => document)).toEqual([finalPolicy(found.id)]);
    });

    it("leaves Control Tower's own role alone", () => {
      const administrator = { name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
      expect(found.roles.find(({ name }) => name === 'AWSControlTowerExecution')).toMatchObject({
        attachedPolicies: [administrator],
        inlinePolicies: [],
      });
    });
  });

  describe('provisioned already', () => {
    beforeEach(async () => {
      simulate();
      await vend();
    });

    it('writes nothing to AWS for an unchanged desired state, and calls the function alone', async () => {
      const before = story.simulation.organization.calls.length;
      const finalOrganization = masked(await provisionedAccount(story.simulation));
      await vend(18);
      const calls = story.simulation.organization.calls
        .slice(before)
        .filter(({ callerFunction }) => callerFunction !== null);
      expect(calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual(['Invoke']);
      expect(masked(await provisionedAccount(story.simulation))).toEqual(finalOrganization);
    });

    it('moves an enrolled account by the Account Factory alone when its landing zone has another OU', async () => {
      const moves = story.simulation.outcomesOf('MoveAccount').length;
      await vend(18, [['tenant.spec.landingZoneRef.name', 'aws-prod']]);
      expect(await lastError()).toBeNull();
      expect(await provisionedAccount(story.simulation)).toMatchObject({
        ouId: PROD,
        provisionedProduct: { status: 'AVAILABLE' },
      });
      expect(story.simulation.outcomesOf('MoveAccount')).toHaveLength(moves);
      expect(story.simulation.outcomesOf('UpdateProvisionedProduct')).toEqual(['ok']);
      expect(accountsInDrift(story.simulation.organization.state)).toEqual([]);
    });

    it('repairs a tainted product, and the account is as it was', async () => {
      const before = masked(await provisionedAccount(story.simulation));
      for (const product of story.simulation.organization.state.accountFactory?.provisionedProducts.values() ?? []) {
        product.status = 'TAINTED';
      }
      await vend(18);
      expect(masked(await provisionedAccount(story.simulation))).toEqual(before);
      expect(story.simulation.outcomesOf('UpdateProvisionedProduct')).toEqual(['ok']);
      expect(story.simulation.outcomesOf('TerminateProvisionedProduct')).toEqual([]);
    });

    it('updates stack instances when what they are told has changed, and nothing else', async () => {
      const before = story.simulation.organization.calls.length;
      await vend(18, [['projectCreatorEmail', 'joe@corp.example']]);
      const { stackInstances } = await provisionedAccount(story.simulation);
      expect(stackInstances.map(({ parameters }) => parameters['ContactEmail'])).toEqual([
        'joe@corp.example',
        'joe@corp.example',
        undefined,
      ]);
      const calls = story.simulation.organization.calls
        .slice(before)
        .filter(({ callerFunction }) => callerFunction !== null);
      expect(calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual([
        'UpdateStackInstances',
        'Invoke',
      ]);
    });
  });

  describe('by the access role', () => {
    it('takes AdministratorAccess also where it is inline', async () => {
      simulate({ seed: { accessRoleRights: 'inline' } });
      await vend();
      const { id, roles } = await provisionedAccount(story.simulation);
      const accessRole = roles.find(({ name }) => name === ACCESS_ROLE);
      expect(accessRole?.attachedPolicies).toEqual([]);
      expect(accessRole?.inlinePolicies.map(({ document }) => document)).toEqual([finalPolicy(id)]);
    });

    it('leaves it as it is when selfDowngradeAccessRole is off', async () => {
      simulate({ configuration: provisioningConfiguration(['platform.selfDowngradeAccessRole', false]) });
      await vend();
      const { roles } = await provisionedAccount(story.simulation);
      expect(roles.find(({ name }) => name === ACCESS_ROLE)).toMatchObject({
        attachedPolicies: [{ name: 'AdministratorAccess' }],
        inlinePolicies: [],
      });
    });
  });
});
