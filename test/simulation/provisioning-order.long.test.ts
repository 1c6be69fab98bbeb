import { iamMemberRoles } from '../../functions/aws/iam/iam-member-roles';
import { deployedDefinition } from '../../sandbox/runtime/embedded/local-definition';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { expectRejected } from '../fakes/expect-rejected';
import {
  DEV,
  LANDING_ZONE_FUNCTION,
  callerIn,
  provisionedAccount,
  provisioningConfiguration,
  managementAccountId,
} from './provisioning';
import { SimulatedStory } from './simulated-story';
import type { SimulationOptions } from './simulated-vending';

const ACCESS_ROLE = 'MeshstackAccountAccessRole';

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

interface State {
  Next?: string | undefined;
  End?: boolean;
  Default?: string;
}

/** The workflow with other successors; null: it ends there. Of a question, what it leads to otherwise. */
function workflowWith(
  successors: Readonly<Record<string, string | null>>,
): NonNullable<SimulationOptions['definition']> {
  const definition = deployedDefinition('vend-account') as { States: Record<string, State> };
  for (const [name, next] of Object.entries(successors)) {
    const state = definition.States[name] ?? {};
    if (next === null) definition.States[name] = { ...state, Next: undefined, End: true };
    else if (state.Default === undefined) definition.States[name] = { ...state, Next: next };
    else definition.States[name] = { ...state, Default: next };
  }
  return JSON.parse(JSON.stringify(definition)) as NonNullable<SimulationOptions['definition']>;
}

describe('provisioning an account', () => {
  const story = new SimulatedStory(() => ({ configuration: provisioningConfiguration() }));
  const { simulate, vend, lastError } = story;

  describe('that cannot be provisioned', () => {
    it.each<{
      what: string;
      options: SimulationOptions;
      state: string;
      reason: string;
      remedy: string;
      mayBeRetried?: string;
    }>([
      {
        what: 'an OU that is not registered, as landing zones before 4.0 tell',
        options: {
          configuration: provisioningConfiguration(['landingZone.awsTargetOrgUnitId', 'ou-ab12-legacy01']),
          seed: { controlTower: { version: '3.3' } },
        },
        state: 'EnrollAccount',
        reason: 'is not registered with Control Tower',
        remedy: '"Register organizational unit"',
      },
      {
        what: "an OU that is not registered, by Control Tower's own answer",
        options: { configuration: provisioningConfiguration(['landingZone.awsTargetOrgUnitId', 'ou-ab12-legacy01']) },
        state: 'CheckEnrollment',
        reason: 'is not registered with AWS Control Tower',
        remedy: 'the OU ou-ab12-legacy01 has to be registered with Control Tower',
        // After each enrollment that was taken back, AWS may refuse Control Tower's role once, and no oftener.
        mayBeRetried: 'OpenAccount',
      },
      {
        what: 'an execution role of another name',
        options: { configuration: provisioningConfiguration(['platform.stackSetExecutionRole.name', 'AnotherRole']) },
        state: 'CheckStackInstances',
        reason: "should have 'AWSCloudFormationStackSetExecutionRole' role",
        remedy: 'stackSetExecutionRole in platform.json',
      },
      {
        what: 'a function that is missing',
        options: {
          configuration: provisioningConfiguration([
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
    ])('says so once for all: $what', async ({ options, state, reason, remedy, mayBeRetried }) => {
      simulate(options);
      await vend();
      const detail = await story.simulation.detail();
      expect(detail.timeline.at(-1)?.state).toBe(state);
      expect(detail.lastError).toMatchObject({
        name: 'RejectedError',
        message: expect.stringContaining(reason) as string,
        remedy: expect.stringContaining(remedy) as string,
      });
      const { retries } = story.simulation;
      expect(retries.filter((one) => one !== mayBeRetried)).toEqual([]);
      expect(retries.length).toBeLessThanOrEqual(story.simulation.outcomesOf('TerminateProvisionedProduct').length);
    });
  });

  describe('in another order', () => {
    it("is refused by AWS: Control Tower's role after the move", async () => {
      simulate({ definition: workflowWith({ IsAccountOpen: 'MoveAccount', MoveAccount: null }) });
      await vend();
      const [account] = story.simulation.madeAccounts;
      expect(account?.parentId).toBe(DEV);
      const call = iamMemberRoles(callerIn(story.simulation.organization, 'OpenAccount')).ensureRole(
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
      expect(await provisionedAccount(story.simulation)).toMatchObject({
        ouId: DEV,
        provisionedProduct: { status: 'AVAILABLE' },
      });
      expect(story.simulation.outcomesOf('MoveAccount')).toEqual(['ok', 'ok']);
    });

    // Where no role is made, the access role gets what it keeps in the end.
    const withoutRoles = (): ReturnType<typeof provisioningConfiguration> =>
      provisioningConfiguration(['landingZone.awsEnrollAccount', false], ['landingZone.stackSets', []]);

    it('takes nothing from the access role before it has what it keeps, and gives it that first', async () => {
      simulate({
        configuration: withoutRoles(),
        definition: workflowWith({ InvokeLandingZoneFunction: 'ConfirmDowngrade' }),
      });
      await vend();
      expect(await lastError()).toBeNull();
      const writes = ['PutRolePolicy', 'DetachRolePolicy'];
      const made = story.simulation.organization.calls.filter(({ operation }) => writes.includes(operation));
      expect(made.map(({ operation }) => operation)).toEqual(writes);
      const { roles } = await provisionedAccount(story.simulation);
      expect(roles.find(({ name }) => name === ACCESS_ROLE)).toMatchObject({
        attachedPolicies: [],
        inlinePolicies: [{ name: expect.stringContaining('meshstack-minimum') as string }],
      });
    });

    it('is locked out for a while when it does not wait until what it keeps is in force', async () => {
      simulate({
        configuration: withoutRoles(),
        definition: workflowWith({ DowngradeAccessRole: 'ConfirmDowngrade' }),
        latencies: { iamPropagation: [30, 30] },
      });
      await vend();
      expect(await lastError()).toMatchObject({
        name: 'RejectedError',
        message: expect.stringContaining('AccessDenied') as string,
      });
    });

    it('needs no wait in the end where the role got what it keeps when the account was opened', async () => {
      simulate({
        definition: workflowWith({ DowngradeAccessRole: 'ConfirmDowngrade' }),
        latencies: { iamPropagation: [30, 30] },
      });
      await vend();
      expect(await lastError()).toBeNull();
      const { roles } = await provisionedAccount(story.simulation);
      expect(roles.find(({ name }) => name === ACCESS_ROLE)).toMatchObject({
        attachedPolicies: [],
        inlinePolicies: [{ name: expect.stringContaining('meshstack-minimum-') as string }],
      });
    });
  });
});
