import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import { RecordingLog } from '../fakes/recording-edges';
import { faultsFor, refusal } from '../functions/aws/organization-world';
import { type Change, desiredStateJson, platformJson } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending, type SimulationOptions, START } from './simulated-vending';

const TENANT = desiredStateJson.tenant.metadata.uuid;
const EMAIL = 'aws+retail.webshop-dev.42@corp.example';
const ALIAS = 'corp-retail-webshop-dev';
const OU = 'ou-ab12-legacy01';
const ROOT = exampleOrganization().rootId;

/** The states on the way of a new account, as far as this landing zone needs them. */
const WAY = [
  'PlanVending',
  'CreateAccount',
  'CheckAccount',
  'CheckAccess',
  'OpenAccount',
  'MoveAccount',
  'TagAccount',
  'SetAccountAlias',
];

const UNIQUE_ALIAS: readonly Change[] = [['platform.accountAliasPattern', 'corp-#{tenantPlatformNumber}-x']];

describe('the whole workflow in virtual time', () => {
  let simulation: SimulatedVending;

  const simulate = (options: SimulationOptions = {}): SimulatedVending => {
    simulation = new SimulatedVending(options);
    return simulation;
  };

  afterEach(() => {
    simulation.stop();
  });

  describe('an account that is vended', () => {
    it('comes out of an event as it was wanted', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      expect(simulation.madeAccounts).toHaveLength(1);
      const [made] = simulation.madeAccounts;
      expect(made).toMatchObject({
        name: 'retail.webshop-dev',
        email: EMAIL,
        parentId: OU,
        alias: ALIAS,
        state: 'ACTIVE',
      });
      expect(Object.fromEntries(made?.tags ?? [])).toEqual({
        'account-vending:tenant-uuid': TENANT,
        meshstack_costCenter: '4711',
        meshstack_environment: 'dev',
        meshstack_project: 'webshop-dev',
      });
      expect(simulation.outcomes).toEqual([
        {
          type: 'Account Vended',
          detail: {
            tenantUuid: TENANT,
            replicationSequence: 17,
            run: 1,
            workspaceIdentifier: 'retail',
            projectIdentifier: 'webshop-dev',
            accountId: made?.id,
            accountName: 'retail.webshop-dev',
            email: EMAIL,
            alias: ALIAS,
            organizationalUnitId: OU,
            changes: [
              { state: 'CheckAccount', what: 'account', from: null, to: made?.id },
              { state: 'MoveAccount', what: 'organizational unit', from: ROOT, to: OU },
              ...['meshstack_costCenter', 'meshstack_environment', 'meshstack_project'].map((key) => ({
                ...{ state: 'TagAccount', what: `tag ${key}`, from: null },
                to: made?.tags.get(key),
              })),
              { state: 'SetAccountAlias', what: 'alias', from: null, to: ALIAS },
            ],
            changesLeftOut: 0,
          },
        },
      ]);
      expect(simulation.application.unreadableEvents).toEqual([]);
      expect(simulation.application.deadLetters).toEqual([]);
    });

    it('comes out of a call of the API, which tells the story afterwards', async () => {
      simulate();
      expect(await simulation.post()).toMatchObject({ status: 202, body: { status: 'ACCEPTED', tenantUuid: TENANT } });
      await simulation.settle();
      const detail = await simulation.detail();
      const [made] = simulation.madeAccounts;
      expect(detail).toMatchObject({
        status: 'VENDED',
        account: { id: made?.id, email: EMAIL },
        lastError: null,
        waitingSequence: null,
        executionArn: simulation.application.workflow.executions[0]?.executionArn,
      });
      const states = detail.timeline.map(({ state }) => state);
      expect(states.filter((state) => WAY.includes(state))).toEqual(WAY);
      expect(states.at(-1)).toBe('CompleteVending');
      for (const { startedAt, finishedAt, error } of detail.timeline) {
        expect(error).toBeNull();
        expect(Date.parse(finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startedAt));
      }
    });

    it('is waited for where AWS takes its time, with no retry', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      expect(simulation.retries).toEqual([]);
      const { timeline } = await simulation.detail();
      const attempts = (state: string): number => timeline.find((step) => step.state === state)?.attempts ?? 0;
      expect(attempts('CheckAccount')).toBeGreaterThan(1);
      expect(attempts('CheckAccess')).toBeGreaterThan(1);
      expect(simulation.outcomesOf('CreateAccount')).toEqual(['ok']);
      expect(simulation.outcomesOf('AssumeRole')).toContain('AccessDenied');
      expect(simulation.outcomesOf('ListAccounts')).toEqual([]);
      expect(simulation.secondsPassed).toBeLessThan(300);
    });

    it('is not written to again by an unchanged desired state', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      const callsBefore = simulation.organization.calls.length;
      simulation.sendEvent(['replicationSequence', 18]);
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
      const calls = simulation.organization.calls.slice(callsBefore);
      expect(calls.length).toBeGreaterThan(0);
      expect(calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual([]);
      expect(simulation.outcomes.map(({ detail }) => detail.replicationSequence)).toEqual([17, 18]);
    });

    it('follows a changed desired state', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      simulation.sendEvent(['replicationSequence', 18], ['project.spec.tags', { environment: ['prod'] }]);
      await simulation.settle();
      expect(simulation.madeAccounts).toHaveLength(1);
      expect(simulation.madeAccounts[0]?.tags.get('meshstack_environment')).toBe('prod');
      const { timeline } = await simulation.detail();
      expect(timeline.find(({ state }) => state === 'TagAccount')?.changes).toEqual([
        { what: 'tag meshstack_environment', from: 'dev', to: 'prod' },
      ]);
    });

    it('leaves no person in the history of its execution, nor in the log', async () => {
      const log = new RecordingLog();
      simulate({ log });
      simulation.sendEvent();
      await simulation.settle();
      const history = JSON.stringify(simulation.application.workflow.executions[0]?.history);
      expect(history).toContain(TENANT);
      expect(history).not.toMatch(/jane|corp\.example/i);
      expect(JSON.stringify(log.entries)).not.toMatch(/jane|corp\.example/i);
    });

    it('is one of many that do not disturb each other', async () => {
      simulate();
      const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-00000000000${number}`;
      for (const number of [1, 2, 3]) {
        simulation.sendEvent(
          ['tenant.metadata.uuid', uuidOf(number)],
          ['tenant.metadata.ownedByProject', `shop-${number}`],
          ['tenantPlatformNumber', number],
        );
      }
      await simulation.settle();
      expect(simulation.madeAccounts.map(({ alias }) => alias).toSorted()).toEqual([
        'corp-retail-shop-1',
        'corp-retail-shop-2',
        'corp-retail-shop-3',
      ]);
      for (const number of [1, 2, 3])
        expect(await simulation.detail(uuidOf(number))).toMatchObject({ status: 'VENDED' });
    });
  });

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
        simulation.sendEvent();
        await simulation.settle();
        const detail = await simulation.detail();
        expect(detail).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
        expect(detail.lastError?.message).toContain(cause);
        expect(detail.lastError?.remedy).toContain(remedy);
        expect(detail.timeline.at(-1)).toMatchObject({ state, finishedAt: null, error: detail.lastError });
        expect(detail.timeline.slice(0, -1).filter(({ error }) => error !== null)).toEqual([]);
        expect(simulation.retries).toEqual([]);
        expect(simulation.outcomes).toMatchObject([
          {
            type: 'Account Vending Failed',
            detail: { tenantUuid: TENANT, state, error: 'RejectedError', remedy: detail.lastError?.remedy },
          },
        ]);
        expect(simulation.application.deadLetters).toEqual([]);
        // Nothing is left half-known: no slot is held, and an account that there is belongs to the tenant.
        expect(await simulation.inside()).toEqual([]);
        expect(simulation.madeAccounts.map(({ id }) => id)).toEqual(detail.account === null ? [] : [detail.account.id]);
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
        simulation.sendEvent();
        await simulation.settle();
        simulation.sendEvent(['tenant.metadata.uuid', other], ['tenantPlatformNumber', 43]);
        await simulation.settle();
        const detail = await simulation.detail(other);
        expect(detail).toMatchObject({
          status: 'FAILED',
          account: null,
          timeline: [{ state: 'PlanVending', attempts: 1 }],
        });
        const name = what === 'e-mail' ? 'email' : what;
        expect(detail.lastError?.message).toBe(`The ${name} "${shared}" belongs to another tenant (${TENANT}).`);
        expect(detail.lastError?.remedy).toContain(`Make ${pattern} in platform.json render something unique`);
        expect(simulation.madeAccounts).toHaveLength(1);
        expect(await simulation.inside()).toEqual([]);
      },
    );

    it('leaves the next desired state a way: with another e-mail the account is made', async () => {
      simulate({ seed: { foreignEmails: [EMAIL] } });
      simulation.sendEvent();
      await simulation.settle();
      simulation.sendEvent(['replicationSequence', 18], ['tenantPlatformNumber', 43]);
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
      expect(simulation.madeAccounts.map(({ email }) => email)).toEqual(['aws+retail.webshop-dev.43@corp.example']);
    });
  });

  describe('a fault that passes', () => {
    const throttled = (operation: string): FaultInjector =>
      faultsFor(operation, refusal('TooManyRequestsException'), refusal('TooManyRequestsException'));

    it('of CreateAccount is not retried: the vending queues again, and asks at its own rate', async () => {
      simulate({ faults: throttled('CreateAccount') });
      simulation.sendEvent();
      await simulation.settle();
      const { status, timeline } = await simulation.detail();
      expect(status).toBe('VENDED');
      expect(timeline.filter(({ state }) => state.includes('Creat'))).toMatchObject([
        { state: 'AwaitCreationTurn', attempts: 3 },
        { state: 'CreateAccount', attempts: 3, error: null },
      ]);
      expect(simulation.retries).toEqual([]);
      expect(simulation.madeAccounts).toHaveLength(1);
      expect(simulation.outcomesOf('ListAccounts')).toEqual([]);
    });

    it.each(['DescribeCreateAccountStatus', 'MoveAccount', 'TagResource'])(
      'is retried with pauses until it has passed: a throttle of %s',
      async (operation) => {
        simulate({ faults: throttled(operation) });
        simulation.sendEvent();
        await simulation.settle();
        expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
        // The pauses are drawn: short ones may meet a rate of AWS as well.
        expect(simulation.retries.length).toBeGreaterThanOrEqual(2);
        expect(simulation.outcomesOf(operation).slice(0, 3)).toEqual([
          'TooManyRequestsException',
          'TooManyRequestsException',
          'ok',
        ]);
        expect(simulation.madeAccounts).toHaveLength(1);
        expect(simulation.outcomesOf('ListAccounts')).toEqual([]);
      },
    );

    it('fails the run in the end when it does not pass, and tells how to go on', async () => {
      simulate({
        faults: { beforeCall: ({ operation }) => (operation === 'MoveAccount' ? refusal('Odd', 503) : undefined) },
      });
      simulation.sendEvent();
      await simulation.settle();
      const detail = await simulation.detail();
      expect(detail).toMatchObject({ status: 'FAILED', lastError: { name: 'TransientError' } });
      expect(detail.lastError?.remedy).toContain('replay this run');
      expect(detail.timeline.at(-1)).toMatchObject({ state: 'MoveAccount', attempts: 11 });
    });

    it.each(['MoveAccount', 'TagResource', 'CreateAccountAlias'])(
      'may have lost the answer of %s',
      async (operation) => {
        simulate({ faults: faultsFor(operation, { kind: 'lost-answer' }) });
        simulation.sendEvent();
        await simulation.settle();
        expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
        expect(simulation.madeAccounts[0]).toMatchObject({ parentId: OU, alias: ALIAS });
      },
    );
  });

  it.each([
    { what: 'the organization is being set up', fault: refusal('FinalizingOrganizationException'), times: 10 },
    {
      what: 'its accounts of the day are made',
      fault: refusal('ConstraintViolationException', 400, { Reason: 'ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED' }),
      times: 30,
    },
  ])('waits without retries while $what', async ({ fault, times }) => {
    simulate({ faults: faultsFor('CreateAccount', ...Array.from({ length: times }, () => fault)) });
    simulation.sendEvent();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(simulation.outcomesOf('CreateAccount')).toHaveLength(times + 1);
    expect(simulation.madeAccounts).toHaveLength(1);
    expect(simulation.retries).toEqual([]);
    expect(simulation.organization.calls.filter(({ operation }) => operation.startsWith('List')).length).toBeLessThan(
      9,
    );
  });

  it('gives up where AWS takes no requests for good, and a later desired state is not bound by it', async () => {
    const never = refusal('FinalizingOrganizationException');
    simulate({ faults: faultsFor('CreateAccount', ...Array.from({ length: 37 }, () => never)) });
    simulation.sendEvent();
    await simulation.settle();
    const detail = await simulation.detail();
    expect(detail).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
    expect(detail.lastError?.message).toContain('for 3 hours: AWS is still setting up the organization');
    simulation.sendEvent(['replicationSequence', 18], ['tenantPlatformNumber', 43]);
    await simulation.settle();
    expect(simulation.madeAccounts.map(({ email }) => email)).toEqual(['aws+retail.webshop-dev.43@corp.example']);
  });

  it('waits for an access role that comes late', async () => {
    simulate({ latencies: { accessRole: [600, 600] } });
    simulation.sendEvent();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(simulation.retries).toEqual([]);
    expect(simulation.secondsPassed).toBeGreaterThan(600);
    expect(simulation.secondsPassed).toBeLessThan(700);
  });

  describe('a lost answer of CreateAccount', () => {
    it.each<{ what: string; faults: FaultInjector; requests: readonly string[] }>([
      {
        what: 'AWS has made the account',
        faults: faultsFor('CreateAccount', { kind: 'lost-answer' }),
        requests: ['lost-answer'],
      },
      {
        what: 'AWS was never reached',
        faults: faultsFor('CreateAccount', { kind: 'connection-reset' }),
        requests: ['connection-reset', 'ok'],
      },
      {
        what: 'AWS has failed, several times in a row',
        faults: faultsFor('CreateAccount', refusal('ServiceException', 500), refusal('ServiceException', 500)),
        requests: ['ServiceException', 'ServiceException', 'ok'],
      },
      {
        what: 'AWS has made the account after several failures',
        faults: faultsFor('CreateAccount', refusal('ServiceException', 500), { kind: 'lost-answer' }),
        requests: ['ServiceException', 'lost-answer'],
      },
    ])('leads to exactly one account: $what', async ({ faults, requests }) => {
      simulate({ faults });
      simulation.sendEvent();
      await simulation.settle();
      expect(simulation.madeAccounts).toHaveLength(1);
      expect(simulation.outcomesOf('CreateAccount')).toEqual(requests);
      expect(await simulation.detail()).toMatchObject({
        status: 'VENDED',
        account: { id: simulation.madeAccounts[0]?.id },
      });
    });

    it('leads to exactly one account even when AWS lists it only minutes later', async () => {
      simulate({
        faults: faultsFor('CreateAccount', { kind: 'lost-answer' }),
        latencies: { accountListing: [180, 180] },
      });
      simulation.sendEvent();
      await simulation.settle();
      expect(simulation.madeAccounts).toHaveLength(1);
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    });

    it('never takes an account of the same name that belongs to another tenant', async () => {
      const other = '7d0c1b1e-0000-4000-8000-000000000002';
      const configured = plainConfiguration(['platform.accountAliasPattern', 'corp-#{tenantPlatformNumber}-x']);
      let calls = 0;
      simulate({
        configuration: configured,
        faults: {
          beforeCall: ({ operation }) => {
            if (operation !== 'CreateAccount') return undefined;
            calls += 1;
            return calls === 2 ? { kind: 'connection-reset' } : undefined;
          },
        },
      });
      simulation.sendEvent();
      simulation.sendEvent(['tenant.metadata.uuid', other], ['tenantPlatformNumber', 43]);
      await simulation.settle();
      const [first, second] = [await simulation.detail(), await simulation.detail(other)];
      expect([first.status, second.status]).toEqual(['VENDED', 'VENDED']);
      expect(first.account?.id).not.toBe(second.account?.id);
      expect(simulation.madeAccounts).toHaveLength(2);
    });

    it('asks AWS again after an internal failure, and makes one account', async () => {
      let failures = 0;
      simulate({
        faults: {
          accountCreation: () => {
            failures += 1;
            return failures <= 2 ? 'INTERNAL_FAILURE' : undefined;
          },
        },
      });
      simulation.sendEvent();
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
      expect(simulation.madeAccounts).toHaveLength(1);
    });
  });

  describe('a newer desired state', () => {
    const running = (): boolean => simulation.outcomesOf('CreateAccount').length > 0;

    it('that comes during a run begins when that has ended, and the newest of several alone', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.until(running);
      expect(await simulation.post(['replicationSequence', 18])).toMatchObject({
        status: 202,
        body: { status: 'QUEUED', executionArn: null },
      });
      simulation.sendEvent(['replicationSequence', 19]);
      await simulation.until(() => simulation.outcomes.length > 0);
      await simulation.settle();
      expect(simulation.outcomes.map(({ type, detail }) => `${type} ${detail.replicationSequence}`)).toEqual([
        'Account Vended 17',
        'Account Vended 19',
      ]);
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 19 });
      expect(simulation.madeAccounts).toHaveLength(1);
    });

    it('that comes during a run which fails begins when that is recorded', async () => {
      simulate({ faults: faultsFor('TagResource', refusal('ConstraintViolationException')) });
      simulation.sendEvent();
      await simulation.until(running);
      simulation.sendEvent(['replicationSequence', 18]);
      await simulation.settle();
      expect(simulation.outcomes.map(({ type, detail }) => `${type} ${detail.replicationSequence}`)).toEqual([
        'Account Vending Failed 17',
        'Account Vended 18',
      ]);
      expect(simulation.madeAccounts).toHaveLength(1);
    });
  });

  describe('a replay', () => {
    it('goes on at the state that has failed for a while, and calls nothing before that again', async () => {
      const outage = Array.from({ length: 11 }, () => refusal('Odd', 503));
      simulate({ faults: faultsFor('MoveAccount', ...outage) });
      simulation.sendEvent();
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'FAILED', lastError: { name: 'TransientError' } });
      expect(await simulation.replay()).toMatchObject({ status: 202, body: { replay: 'redriven', status: 'RUNNING' } });
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', run: 1, lastError: null });
      expect(simulation.outcomesOf('CreateAccount')).toEqual(['ok']);
      expect(simulation.outcomes.map(({ type }) => type)).toEqual(['Account Vending Failed', 'Account Vended']);
      expect(await simulation.replay()).toMatchObject({ status: 409 });
    });

    it('begins a new run with a new plan once what was refused has been put right', async () => {
      simulate({ faults: faultsFor('TagResource', refusal('ConstraintViolationException')) });
      simulation.sendEvent();
      await simulation.settle();
      expect(await simulation.replay()).toMatchObject({
        status: 202,
        body: { replay: 'restarted', status: 'ACCEPTED' },
      });
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 17, run: 2 });
      expect(simulation.madeAccounts).toHaveLength(1);
      expect(simulation.application.deadLetters).toEqual([]);
    });
  });

  it('records the end of an execution that no event has told of', async () => {
    simulate({
      statusChangeDelays: () => [],
      faults: faultsFor('TagResource', refusal('ConstraintViolationException')),
    });
    simulation.sendEvent();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
    expect(simulation.outcomes).toMatchObject([{ type: 'Account Vending Failed' }]);
  });

  describe('a deletion', () => {
    const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];

    it('that comes while AWS makes the account lets the run go to its end, and closes then', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.until(() => simulation.outcomesOf('CreateAccount').length > 0);
      simulation.sendEvent(['replicationSequence', 18]);
      expect(await simulation.post(['replicationSequence', 19], deletion)).toMatchObject({
        status: 202,
        body: { status: 'RUNNING', remark: expect.stringContaining('sequence 17 goes to its end') as string },
      });
      await simulation.settle();
      expect(simulation.outcomes.map(({ type, detail }) => `${type} ${detail.replicationSequence}`)).toEqual([
        'Account Vended 17',
        'Account Closed 19',
      ]);
      const detail = await simulation.detail();
      expect(detail).toMatchObject({
        status: 'CLOSED',
        replicationSequence: 19,
        deletion: { replicationSequence: 19 },
      });
      expect(detail.deletion?.remark).toContain(`close account ${detail.account?.id ?? ''}`);
      expect(simulation.madeAccounts).toHaveLength(1);
    });

    it('that comes before AWS is asked ends the run without an account, and another tenant may have its names', async () => {
      const other = '7d0c1b1e-0000-4000-8000-000000000002';
      simulate({ faults: faultsFor('CreateAccount', refusal('FinalizingOrganizationException')) });
      simulation.sendEvent();
      await simulation.until(() => simulation.outcomesOf('CreateAccount').length > 0);
      simulation.sendEvent(['replicationSequence', 18], deletion);
      simulation.sendEvent(['tenant.metadata.uuid', other]);
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', supersededBy: 18, account: null });
      expect(await simulation.detail(other)).toMatchObject({ status: 'VENDED' });
      expect(simulation.outcomes.map(({ type, detail }) => `${type} ${detail.tenantUuid}`)).toEqual([
        `Account Vended ${other}`,
      ]);
      expect(simulation.madeAccounts).toHaveLength(1);
    });

    it('is taken back by a newer desired state', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      simulation.sendEvent(['replicationSequence', 18], deletion);
      await simulation.settle();
      simulation.sendEvent(['replicationSequence', 19], ['project.spec.tags', { environment: ['prod'] }]);
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 19, deletion: null });
      expect(simulation.madeAccounts[0]?.tags.get('meshstack_environment')).toBe('prod');
    });
  });

  describe('an event', () => {
    it('that cannot be read goes to the dead letters, with reason and field', async () => {
      simulate();
      simulation.sendEvent(['tenant.metadata.uuid', undefined]);
      await simulation.settle();
      expect(simulation.application.unreadableEvents).toMatchObject([{ field: 'tenant.metadata.uuid' }]);
      expect(simulation.organization.calls).toEqual([]);
    });

    it('that is refused is shown beside the account that there is', async () => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      simulation.sendEvent(['replicationSequence', 18], ['projectCreatorEmail', 7]);
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({
        status: 'VENDED',
        account: { email: EMAIL },
        rejection: { replicationSequence: 18, faults: [{ field: 'projectCreatorEmail' }] },
      });
    });
  });

  it('tells the same story for the same seed', async () => {
    const story = async (): Promise<unknown> => {
      simulate();
      simulation.sendEvent();
      await simulation.settle();
      const calls = simulation.organization.calls.map(({ at, operation, outcome }) => [
        at - START.getTime(),
        operation,
        outcome,
      ]);
      simulation.stop();
      return calls;
    };
    expect(await story()).toEqual(await story());
  });
});
