import { readFileSync } from 'node:fs';

import { iamMemberRoles } from '../../functions/aws/iam-member-roles';
import type { AccountReading } from '../../sandbox/organization/independent-reader';
import type { OrganizationState } from '../../sandbox/organization/organization-state';
import { seededRandom } from '../../sandbox/organization/draw';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type FaultInjector, randomFaults } from '../../sandbox/organization/fault-injector';
import type { StackSetOperation } from '../../sandbox/organization/services/cloudformation/stack-set-state';
import { accountsInDrift } from '../../sandbox/organization/services/service-catalog/account-factory';
import { expectRejected } from '../fakes/expect-rejected';
import { type Change, desiredStateJson } from '../functions/domain/examples';
import {
  automationAccountId,
  callerIn,
  DEV,
  furnishedAccount,
  furnishedConfiguration,
  LANDING_ZONE_FUNCTION,
  managementAccountId,
  masked,
  PROD,
} from './furnishing';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const ACCESS_ROLE = 'MeshstackAccountAccessRole';
const HOUR = 3600;

/** The source document's final policy, with its placeholders filled. */
function finalPolicy(accountId: string): unknown {
  const file = new URL('../source-document/downgraded-access-role-policy.json', import.meta.url);
  const text = readFileSync(file, 'utf8');
  return JSON.parse(text.replaceAll('{accountId}', accountId).replaceAll('{accessRole}', ACCESS_ROLE));
}

const allowAll = {
  name: 'FullAWSAccess',
  targetIds: [exampleOrganization().rootId],
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
} as const;

const denyRoles = {
  name: 'NoRoles',
  targetIds: [exampleOrganization().rootId],
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:CreateRole', Resource: '*' }] },
} as const;

/** Five operations of other people, which is as many as Control Tower works on. */
function occupyAccountFactory({ accountFactory }: OrganizationState): void {
  const names = { provisionedProductId: 'pp-foreign', provisionedProductName: 'foreign', sessionArn: '', roleArn: '' };
  for (const number of [1, 2, 3, 4, 5]) {
    const id = `rec-foreign-${number}`;
    accountFactory?.records.set(id, {
      ...names,
      ...{
        id,
        token: id,
        request: '',
        artifactId: '',
        pathId: '',
        createdAt: 0,
        updatedAt: 0,
        error: null,
        outputs: [],
      },
      type: 'PROVISION_PRODUCT',
      status: 'IN_PROGRESS',
    });
  }
}

/** Faults that the independent reader does not meet. */
const forFunctions = ({ beforeCall }: FaultInjector): FaultInjector => ({
  beforeCall: (call) => (call.callerFunction === null ? undefined : beforeCall?.(call)),
});

interface State {
  Next?: string | undefined;
  End?: boolean;
  Choices?: { Next: string }[];
}

/** The workflow with other successors; null: it ends there. Of a question, the first answer leads elsewhere. */
function workflowWith(
  successors: Readonly<Record<string, string | null>>,
): NonNullable<SimulationOptions['definition']> {
  const file = new URL('../../statemachines/vend-account.asl.json', import.meta.url);
  const definition = JSON.parse(readFileSync(file, 'utf8')) as { States: Record<string, State> };
  for (const [name, next] of Object.entries(successors)) {
    const state = definition.States[name] ?? {};
    const [choice, ...others] = state.Choices ?? [];
    if (next === null) definition.States[name] = { ...state, Next: undefined, End: true };
    else if (choice === undefined) definition.States[name] = { ...state, Next: next };
    else definition.States[name] = { ...state, Choices: [{ ...choice, Next: next }, ...others] };
  }
  return JSON.parse(JSON.stringify(definition)) as NonNullable<SimulationOptions['definition']>;
}

describe('furnishing an account', () => {
  let simulation: SimulatedVending;

  const simulate = (options: SimulationOptions = {}): SimulatedVending => {
    simulation = new SimulatedVending({ configuration: furnishedConfiguration(), ...options });
    return simulation;
  };

  /** One vending, of a higher sequence each time it is called. */
  const vend = async (replicationSequence = 17, changes: readonly Change[] = []): Promise<void> => {
    simulation.sendEvent(['replicationSequence', replicationSequence], ...changes);
    await simulation.settle();
  };

  const lastError = async () => (await simulation.detail()).lastError;

  afterEach(() => {
    simulation.stop();
  });

  describe('undisturbed', () => {
    let found: AccountReading;
    let drift: readonly string[];
    let plan: { readonly landingZoneFunction: { readonly payload: object } };

    beforeAll(async () => {
      simulate();
      await vend();
      found = await furnishedAccount(simulation);
      drift = accountsInDrift(simulation.organization.state);
      const { body } = await simulation.application.callApi({
        ...{ method: 'POST', path: '/vendings', query: { dryRun: 'true' }, body: desiredStateJson },
      });
      plan = body as typeof plan;
      simulation.stop();
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

  describe('furnished already', () => {
    beforeEach(async () => {
      simulate();
      await vend();
    });

    it('writes nothing to AWS for an unchanged desired state, and calls the function alone', async () => {
      const before = simulation.organization.calls.length;
      const finalOrganization = masked(await furnishedAccount(simulation));
      await vend(18);
      const calls = simulation.organization.calls.slice(before).filter(({ callerFunction }) => callerFunction !== null);
      expect(calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual(['Invoke']);
      expect(masked(await furnishedAccount(simulation))).toEqual(finalOrganization);
    });

    it('moves an enrolled account by the Account Factory alone when its landing zone has another OU', async () => {
      const moves = simulation.outcomesOf('MoveAccount').length;
      await vend(18, [['tenant.spec.landingZoneRef.name', 'aws-prod']]);
      expect(await lastError()).toBeNull();
      expect(await furnishedAccount(simulation)).toMatchObject({
        ouId: PROD,
        provisionedProduct: { status: 'AVAILABLE' },
      });
      expect(simulation.outcomesOf('MoveAccount')).toHaveLength(moves);
      expect(simulation.outcomesOf('UpdateProvisionedProduct')).toEqual(['ok']);
      expect(accountsInDrift(simulation.organization.state)).toEqual([]);
    });

    it('repairs a tainted product, and the account is as it was', async () => {
      const before = masked(await furnishedAccount(simulation));
      for (const product of simulation.organization.state.accountFactory?.provisionedProducts.values() ?? []) {
        product.status = 'TAINTED';
      }
      await vend(18);
      expect(masked(await furnishedAccount(simulation))).toEqual(before);
      expect(simulation.outcomesOf('UpdateProvisionedProduct')).toEqual(['ok']);
      expect(simulation.outcomesOf('TerminateProvisionedProduct')).toEqual([]);
    });

    it('updates stack instances when what they are told has changed, and nothing else', async () => {
      const before = simulation.organization.calls.length;
      await vend(18, [['projectCreatorEmail', 'joe@corp.example']]);
      const { stackInstances } = await furnishedAccount(simulation);
      expect(stackInstances.map(({ parameters }) => parameters['ContactEmail'])).toEqual([
        'joe@corp.example',
        'joe@corp.example',
        undefined,
      ]);
      const calls = simulation.organization.calls.slice(before).filter(({ callerFunction }) => callerFunction !== null);
      expect(calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual([
        'UpdateStackInstances',
        'Invoke',
      ]);
    });
  });

  describe('disturbed', () => {
    let expected: unknown;

    beforeAll(async () => {
      simulate();
      await vend();
      expected = masked(await furnishedAccount(simulation));
      simulation.stop();
    });

    const expectFurnished = async (): Promise<void> => {
      expect(await lastError()).toBeNull();
      expect(masked(await furnishedAccount(simulation))).toEqual(expected);
      expect(accountsInDrift(simulation.organization.state)).toEqual([]);
    };

    /** Somebody else's work on this organization ends after an hour. */
    const untilAnHourHasPassed = async (end: () => void): Promise<void> => {
      await simulation.until(() => simulation.secondsPassed >= HOUR);
      expect((await simulation.detail()).status).toBe('RUNNING');
      end();
    };

    it.each<{ by: string; options: SimulationOptions; least: number }>([
      { by: 'an enrollment of 25 minutes', options: { latencies: { enrollment: [1500, 1500] } }, least: 1500 },
      {
        by: 'an access role that comes after nine minutes',
        options: { latencies: { accessRole: [540, 540] } },
        least: 540,
      },
      {
        by: 'stack instances of half an hour each',
        options: { latencies: { stackInstance: [1800, 1800] } },
        least: 5400,
      },
      { by: 'IAM that takes its time', options: { latencies: { iamPropagation: [30, 30] } }, least: 1200 },
    ])('by $by, it ends the same', async ({ options, least }) => {
      simulate(options);
      await vend();
      await expectFurnished();
      expect(simulation.secondsPassed).toBeGreaterThan(least);
      expect(simulation.retries).toEqual([]);
    });

    it('by a Control Tower without a place for an hour, it ends the same', async () => {
      simulate();
      occupyAccountFactory(simulation.organization.state);
      simulation.sendEvent();
      await untilAnHourHasPassed(() => {
        for (const record of simulation.organization.state.accountFactory?.records.values() ?? []) {
          if (record.id.startsWith('rec-foreign')) record.status = 'SUCCEEDED';
        }
      });
      await simulation.settle();
      await expectFurnished();
      expect(simulation.retries).toEqual([]);
    });

    it('by a stack set on which somebody else is at work for an hour, it ends the same', async () => {
      simulate();
      const baseline = simulation.organization.state.stackSets.get(`${automationAccountId}:eu-central-1:baseline`);
      const foreign: StackSetOperation = {
        ...{ id: 'foreign', request: '', instanceKeys: [], createdAt: 0, endedAt: null },
        action: 'UPDATE',
        status: 'RUNNING',
      };
      baseline?.operations.set('foreign', foreign);
      simulation.sendEvent();
      await untilAnHourHasPassed(() => baseline?.operations.set('foreign', { ...foreign, status: 'SUCCEEDED' }));
      await simulation.settle();
      await expectFurnished();
      expect(simulation.outcomesOf('CreateStackInstances')).toContain('OperationInProgressException');
      expect(simulation.retries).toEqual([]);
    });

    it('by somebody who changes the stack set after us, it has nothing to do for our next desired state', async () => {
      simulate();
      await vend();
      const { stackSets } = simulation.organization.state;
      for (const instance of stackSets.get(`${automationAccountId}:eu-central-1:baseline`)?.instances.values() ?? []) {
        instance.lastOperationId = 'foreign';
      }
      await vend(18);
      await expectFurnished();
      expect(simulation.outcomesOf('UpdateStackInstances')).toEqual([]);
    });

    it.each([1, 2])('by an enrollment that fails, %i times, it ends the same', async (failures) => {
      let left = failures;
      simulate({
        faults: {
          accountFactory: ({ recordType }) => {
            if (recordType !== 'PROVISION_PRODUCT' || left === 0) return undefined;
            left -= 1;
            return 'AWS Control Tower failed to set up your account.';
          },
        },
      });
      await vend();
      await expectFurnished();
      expect(simulation.outcomesOf('ProvisionProduct')).toHaveLength(failures + 1);
      expect(simulation.outcomesOf('TerminateProvisionedProduct')).toHaveLength(failures);
    });

    it('by a stack instance that fails at first, it ends the same', async () => {
      let left = 2;
      simulate({
        faults: {
          stackInstance: () => {
            left -= 1;
            return left >= 0 ? { status: 'OUTDATED', reason: 'Resource limit exceeded' } : undefined;
          },
        },
      });
      await vend();
      await expectFurnished();
    });

    it.each([1, 2, 3, 4])(
      'by throttles, faults and lost answers here and there (seed %i), it ends the same',
      async (seed) => {
        simulate({
          faults: forFunctions(
            randomFaults(seededRandom(seed), {
              ...{ throttle: 0.05, serverError: 0.01, connectionReset: 0.01, lostAnswer: 0.02 },
            }),
          ),
        });
        await vend();
        await expectFurnished();
      },
    );
  });

  describe('that cannot be furnished', () => {
    it.each<{ what: string; options: SimulationOptions; state: string; reason: string; remedy: string }>([
      {
        what: 'an OU that is not registered',
        options: { configuration: furnishedConfiguration(['landingZone.awsTargetOrgUnitId', 'ou-ab12-legacy01']) },
        state: 'EnrollAccount',
        reason: 'is not registered with Control Tower',
        remedy: '"Register organizational unit"',
      },
      {
        what: 'an execution role of another name',
        options: { configuration: furnishedConfiguration(['platform.stackSetExecutionRole.name', 'AnotherRole']) },
        state: 'CheckStackInstances',
        reason: "should have 'AWSCloudFormationStackSetExecutionRole' role",
        remedy: 'stackSetExecutionRole in platform.json',
      },
      {
        what: 'a function that is missing',
        options: {
          configuration: furnishedConfiguration([
            'landingZone.awsLambdaArn',
            LANDING_ZONE_FUNCTION.replace('landing-zone', 'unknown'),
          ]),
        },
        state: 'InvokeLandingZoneFunction',
        reason: 'unknown does not exist',
        remedy: 'awsLambdaArn',
      },
      {
        what: 'a service control policy in the way',
        options: { seed: { serviceControlPolicies: [allowAll, denyRoles] } },
        state: 'OpenAccount',
        reason: 'may not be made',
        remedy: 'service control policy',
      },
    ])('says so once for all: $what', async ({ options, state, reason, remedy }) => {
      simulate(options);
      await vend();
      const detail = await simulation.detail();
      expect(detail.timeline.at(-1)?.state).toBe(state);
      expect(detail.lastError).toMatchObject({
        name: 'RejectedError',
        message: expect.stringContaining(reason) as string,
        remedy: expect.stringContaining(remedy) as string,
      });
      expect(simulation.retries).toEqual([]);
    });
  });

  describe('by the access role', () => {
    it('takes AdministratorAccess also where it is inline', async () => {
      simulate({ seed: { accessRoleRights: 'inline' } });
      await vend();
      const { id, roles } = await furnishedAccount(simulation);
      const accessRole = roles.find(({ name }) => name === ACCESS_ROLE);
      expect(accessRole?.attachedPolicies).toEqual([]);
      expect(accessRole?.inlinePolicies.map(({ document }) => document)).toEqual([finalPolicy(id)]);
    });

    it('leaves it as it is when selfDowngradeAccessRole is off', async () => {
      simulate({ configuration: furnishedConfiguration(['platform.selfDowngradeAccessRole', false]) });
      await vend();
      const { roles } = await furnishedAccount(simulation);
      expect(roles.find(({ name }) => name === ACCESS_ROLE)).toMatchObject({
        attachedPolicies: [{ name: 'AdministratorAccess' }],
        inlinePolicies: [],
      });
    });
  });

  describe('in another order', () => {
    it("is refused by AWS: Control Tower's role after the move", async () => {
      simulate({ definition: workflowWith({ IsAccountOpen: 'MoveAccount', MoveAccount: null }) });
      await vend();
      const [account] = simulation.madeAccounts;
      expect(account?.parentId).toBe(DEV);
      const call = iamMemberRoles(callerIn(simulation.organization, 'OpenAccount')).ensureRole(
        { accountId: account?.id ?? '', accessRole: ACCESS_ROLE },
        { name: 'AWSControlTowerExecution', trustedAccountId: managementAccountId, managedPolicyArns: [] },
      );
      await expectRejected(call, 'may not be made', 'a Control Tower OU protects its own roles');
      expect(account?.roles.has('AWSControlTowerExecution')).toBe(false);
    });

    it('is healed by OpenAccount, which takes the account out of the OU again', async () => {
      const order = { IsAccountOpen: 'MoveAccount', MoveAccount: 'OpenAccount', OpenAccount: 'TagAccount' };
      simulate({ definition: workflowWith(order) });
      await vend();
      expect(await lastError()).toBeNull();
      expect(await furnishedAccount(simulation)).toMatchObject({
        ouId: DEV,
        provisionedProduct: { status: 'AVAILABLE' },
      });
      expect(simulation.outcomesOf('MoveAccount')).toEqual(['ok', 'ok']);
    });

    it('takes nothing from the access role before it has what it keeps', async () => {
      simulate({ definition: workflowWith({ InvokeLandingZoneFunction: 'ConfirmDowngrade' }) });
      await vend();
      expect(await lastError()).toMatchObject({ name: 'TransientError' });
      const { roles } = await furnishedAccount(simulation);
      expect(roles.find(({ name }) => name === ACCESS_ROLE)).toMatchObject({
        attachedPolicies: [{ name: 'AdministratorAccess' }],
        inlinePolicies: [],
      });
    });

    it('is locked out for a while when it does not wait until what it keeps is in force', async () => {
      simulate({
        definition: workflowWith({ DowngradeAccessRole: 'ConfirmDowngrade' }),
        latencies: { iamPropagation: [30, 30] },
      });
      await vend();
      expect(await lastError()).toMatchObject({
        name: 'RejectedError',
        message: expect.stringContaining('AccessDenied') as string,
      });
    });
  });
});
