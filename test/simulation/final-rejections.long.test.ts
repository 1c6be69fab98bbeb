import { faultsFor, refusal } from '../functions/aws/organization-world';
import { type Change, platformJson } from '../functions/domain/examples';
import { ALIAS, EMAIL, TENANT } from './example-vending';
import { SimulatedStory } from './simulated-story';
import { type SimulationOptions, plainConfiguration } from './simulated-vending';

const UNIQUE_ALIAS: readonly Change[] = [['platform.accountAliasPattern', 'corp-#{tenantPlatformNumber}-x']];

describe('the whole workflow in virtual time', () => {
  const story = new SimulatedStory();
  const { simulate } = story;

  describe('a final rejection', () => {
    const stackSets = [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'] }];

    const cases: readonly {
      readonly what: string;
      readonly options: SimulationOptions;
      readonly state: string;
      readonly cause: string;
      readonly remedy: string;
    }[] = [
      {
        what: 'by an OU that does not exist',
        options: { configuration: plainConfiguration(['landingZone.awsTargetOrgUnitId', 'ou-ab12-missing0']) },
        state: 'CreateAccount',
        cause: 'The organizational unit ou-ab12-missing0 of landing zone "aws-dev" does not exist.',
        remedy: 'awsTargetOrgUnitId in landing-zones/aws-dev.json',
      },
      {
        what: 'by AWS, of the request for the account',
        options: { faults: faultsFor('CreateAccount', refusal('ConstraintViolationException')) },
        state: 'CreateAccount',
        cause: 'AWS refused to create account "retail.webshop-dev"',
        remedy: 'replay this run',
      },
      {
        what: 'by a stranger who has the e-mail',
        options: { seed: { foreignEmails: [EMAIL.toUpperCase()] } },
        state: 'CheckAccount',
        cause: 'EMAIL_ALREADY_EXISTS',
        remedy: 'accountEmailPattern in platform.json',
      },
      {
        what: "by the organization's quota of accounts",
        options: { limits: { accounts: 3 } },
        state: 'CheckAccount',
        cause: 'ACCOUNT_LIMIT_EXCEEDED',
        remedy: 'Ask AWS to raise the quota',
      },
      {
        what: 'by an access role that can never be assumed',
        options: { latencies: { accessRole: [1e6, 1e6] } },
        state: 'CheckAccess',
        cause: 'could not be assumed for 15 minutes',
        remedy: 'accountAccessRole in platform.json',
      },
      {
        what: "by a service control policy against the stack sets' execution role",
        options: {
          configuration: plainConfiguration(['landingZone.stackSets', stackSets]),
          seed: {
            serviceControlPolicies: [
              {
                name: 'NoNewRoles',
                targetIds: ['r-ab12'],
                document: {
                  Version: '2012-10-17',
                  Statement: [{ Effect: 'Deny', Action: 'iam:CreateRole', Resource: '*' }],
                },
              },
            ],
          },
        },
        state: 'OpenAccount',
        cause: 'The role AWSCloudFormationStackSetExecutionRole may not be made in account',
        remedy: 'service control policy',
      },
      {
        what: 'by AWS, of the move',
        options: { faults: faultsFor('MoveAccount', refusal('AccessDeniedException')) },
        state: 'MoveAccount',
        cause: 'AWS refused to move account',
        remedy: 'its policies allow this call',
      },
      {
        what: 'by a tag policy',
        options: { faults: faultsFor('TagResource', refusal('ConstraintViolationException')) },
        state: 'TagAccount',
        cause: 'AWS refused to tag account',
        remedy: 'Change what AWS names in the message',
      },
      {
        what: 'by a stranger who has the alias',
        options: { seed: { foreignAliases: [ALIAS] } },
        state: 'SetAccountAlias',
        cause: `The account alias "${ALIAS}" is taken`,
        remedy: 'accountAliasPattern in platform.json',
      },
    ];

    it.each(cases)(
      '$what is tried once, told with its remedy and announced',
      async ({ options, state, cause, remedy }) => {
        simulate(options);
        story.simulation.sendEvent();
        await story.simulation.settle();
        const detail = await story.simulation.detail();
        expect(detail).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
        expect(detail.lastError?.message).toContain(cause);
        expect(detail.lastError?.remedy).toContain(remedy);
        expect(detail.timeline.at(-1)).toMatchObject({ state, finishedAt: null, error: detail.lastError });
        expect(detail.timeline.slice(0, -1).filter(({ error }) => error !== null)).toEqual([]);
        expect(story.simulation.retries).toEqual([]);
        expect(story.simulation.outcomes).toMatchObject([
          {
            type: 'Account Vending Failed',
            detail: { tenantUuid: TENANT, state, error: 'RejectedError', remedy: detail.lastError?.remedy },
          },
        ]);
        expect(story.simulation.application.deadLetters).toEqual([]);
        // Nothing is left half-known: no slot is held, and an account that there is belongs to the tenant.
        expect(await story.simulation.inside()).toEqual([]);
        expect(story.simulation.madeAccounts.map(({ id }) => id)).toEqual(
          detail.account === null ? [] : [detail.account.id],
        );
      },
    );

    it.each<{ what: string; pattern: string; shared: string; changes: readonly Change[] }>([
      { what: 'e-mail', pattern: 'accountEmailPattern', shared: 'shared@corp.example', changes: UNIQUE_ALIAS },
      { what: 'alias', pattern: 'accountAliasPattern', shared: 'corp-shared', changes: [] },
      {
        what: 'group',
        pattern: 'groupNamePattern',
        shared: 'mst-shared',
        changes: [
          ...UNIQUE_ALIAS,
          ['platform.awsIdentityStore', { ...platformJson.awsIdentityStore, groupNamePattern: 'shared' }],
        ],
      },
    ])(
      'by another tenant who has the $what comes before anything is written to AWS',
      async ({ what, pattern, shared, changes }) => {
        const patterns: readonly Change[] = what === 'group' ? [] : [[`platform.${pattern}`, shared]];
        simulate({ configuration: plainConfiguration(...patterns, ...changes) });
        const other = '7d0c1b1e-0000-4000-8000-000000000002';
        story.simulation.sendEvent();
        await story.simulation.settle();
        story.simulation.sendEvent(['tenant.metadata.uuid', other], ['tenantPlatformNumber', 43]);
        await story.simulation.settle();
        const detail = await story.simulation.detail(other);
        expect(detail).toMatchObject({
          status: 'FAILED',
          account: null,
          timeline: [{ state: 'PlanVending', attempts: 1 }],
        });
        const name = what === 'e-mail' ? 'email' : what;
        expect(detail.lastError?.message).toBe(`The ${name} "${shared}" belongs to another tenant (${TENANT}).`);
        expect(detail.lastError?.remedy).toContain(`Make ${pattern} in platform.json render something unique`);
        expect(story.simulation.madeAccounts).toHaveLength(1);
        expect(await story.simulation.inside()).toEqual([]);
      },
    );

    it('leaves the next desired state a way: with another e-mail the account is made', async () => {
      simulate({ seed: { foreignEmails: [EMAIL] } });
      story.simulation.sendEvent();
      await story.simulation.settle();
      story.simulation.sendEvent(['replicationSequence', 18], ['tenantPlatformNumber', 43]);
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
      expect(story.simulation.madeAccounts.map(({ email }) => email)).toEqual([
        'aws+retail.webshop-dev.43@corp.example',
      ]);
    });
  });

  it('gives up where AWS takes no requests for good, and a later desired state is not bound by it', async () => {
    const never = refusal('FinalizingOrganizationException');
    simulate({ faults: faultsFor('CreateAccount', ...Array.from({ length: 37 }, () => never)) });
    story.simulation.sendEvent();
    await story.simulation.settle();
    const detail = await story.simulation.detail();
    expect(detail).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
    expect(detail.lastError?.message).toContain('for 3 hours: AWS is still setting up the organization');
    story.simulation.sendEvent(['replicationSequence', 18], ['tenantPlatformNumber', 43]);
    await story.simulation.settle();
    expect(story.simulation.madeAccounts.map(({ email }) => email)).toEqual(['aws+retail.webshop-dev.43@corp.example']);
  });
});
