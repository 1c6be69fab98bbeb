import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import { cloudformationStackSets } from '../../../../functions/aws/cloudformation/cloudformation-stack-sets';
import { iamMemberRoles } from '../../../../functions/aws/iam/iam-member-roles';
import type { StackInstanceRequest } from '../../../../functions/ports/stack-sets';
import { expectRejected } from '../../../fakes/expect-rejected';
import { entry, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const HOME = 'eu-central-1';
const baseline = { name: 'baseline', homeRegion: HOME };

const request = (changes: Partial<StackInstanceRequest> = {}): StackInstanceRequest => ({
  stackSet: baseline,
  accountId: MEMBER,
  regions: [HOME],
  parameters: { AccountId: MEMBER },
  operationId: 'operation-1',
  ...changes,
});

/** A world whose member has the execution role. */
async function preparedWorld(
  options: ConstructorParameters<typeof OrganizationWorld>[0] = {},
): Promise<OrganizationWorld> {
  const world = new OrganizationWorld(options);
  await iamMemberRoles(world.caller()).ensureRole(entry, {
    name: 'AWSCloudFormationStackSetExecutionRole',
    trustedAccountId: '333333333333',
    managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  });
  world.pass(60);
  return world;
}

const stackSetsIn = (world: OrganizationWorld) => cloudformationStackSets(world.caller());

describe('stack sets', () => {
  it('declare parameters, and tell by which roles they work', async () => {
    expect(await stackSetsIn(new OrganizationWorld()).describe(baseline)).toEqual({
      declaredParameters: ['AccountName', 'AccountId', 'ContactEmail', 'tagEnvironment', 'Retention'],
      takesManyOperations: false,
      valuelessParameters: ['AccountName', 'AccountId'],
      isSelfManaged: true,
      executionRoleName: 'AWSCloudFormationStackSetExecutionRole',
      administrationRoleArn: 'arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole',
    });
  });

  it.each([
    { name: 'unknown', homeRegion: HOME },
    { name: 'baseline', homeRegion: 'eu-west-1' },
  ])('are not there as $name in $homeRegion', async (stackSet) => {
    expect(await stackSetsIn(new OrganizationWorld()).describe(stackSet)).toBeUndefined();
  });

  it('make instances, and show our operation on them until its end', async () => {
    const world = await preparedWorld();
    const stackSets = stackSetsIn(world);
    expect(await stackSets.createInstances(request())).toBe('started');
    const instance = { region: HOME, lastOperationId: 'operation-1', reason: null };
    expect(await stackSets.listInstances(baseline, MEMBER)).toEqual([
      { ...instance, status: 'OUTDATED', detailedStatus: 'RUNNING' },
    ]);
    world.pass(200);
    expect(await stackSets.listInstances(baseline, MEMBER)).toEqual([
      { ...instance, status: 'CURRENT', detailedStatus: 'SUCCEEDED' },
    ]);
  });

  it('make instances in several accounts at once, each whatever happens in the others', async () => {
    const world = await preparedWorld();
    const stackSets = stackSetsIn(world);
    // Only the first account has the role by which CloudFormation comes in.
    await stackSets.createInstances(request({ alsoIn: ['666666666666', '777777777777'] }));
    expect(await stackSets.listInstances(baseline, '777777777777')).toMatchObject([{ detailedStatus: 'RUNNING' }]);
    world.pass(200);
    expect(await stackSets.listInstances(baseline, MEMBER)).toMatchObject([{ detailedStatus: 'SUCCEEDED' }]);
    expect(await stackSets.listInstances(baseline, '666666666666')).toMatchObject([{ detailedStatus: 'FAILED' }]);
    expect(await stackSets.operationOf(baseline, request().operationId)).toBe('succeeded');
  });

  it("tell the instance's own reason when it has failed", async () => {
    const world = new OrganizationWorld();
    await stackSetsIn(world).createInstances(request());
    world.pass(60);
    expect(await stackSetsIn(world).listInstances(baseline, MEMBER)).toMatchObject([
      { detailedStatus: 'FAILED', reason: expect.stringContaining('AWSCloudFormationStackSetExecutionRole') as string },
    ]);
  });

  it('take a repeated call for the same operation, and a lost answer does no harm', async () => {
    const world = await preparedWorld({ faults: faultsFor('CreateStackInstances', { kind: 'lost-answer' }) });
    const stackSets = stackSetsIn(world);
    await stackSets.createInstances(request()).catch(() => undefined);
    expect(await stackSets.createInstances(request())).toBe('started');
    expect(world.organization.state.stackSets.get(`333333333333:${HOME}:baseline`)?.operations.size).toBe(1);
  });

  it('say "started" for an id that they know from another request: an earlier call was taken', async () => {
    const world = await preparedWorld();
    await stackSetsIn(world).createInstances(request());
    expect(await stackSetsIn(world).createInstances(request({ regions: ['eu-west-1'] }))).toBe('started');
  });

  it('are busy while another operation is at work', async () => {
    const world = await preparedWorld();
    const stackSets = stackSetsIn(world);
    await stackSets.createInstances(request());
    expect(await stackSets.updateInstances(request({ operationId: 'operation-2' }))).toBe('busy');
    world.pass(200);
    expect(await stackSets.updateInstances(request({ operationId: 'operation-2' }))).toBe('started');
  });

  it('refuse parameters that the template does not declare', async () => {
    const call = stackSetsIn(new OrganizationWorld()).createInstances(request({ parameters: { Stage: 'dev' } }));
    await expectRejected(call, 'Parameters: [Stage] do not exist in the template', 'Change what AWS names');
  });

  it('tell how an operation is, and that there is none', async () => {
    const world = await preparedWorld();
    const stackSets = stackSetsIn(world);
    expect(await stackSets.operationOf(baseline, request().operationId)).toBe('unknown');
    await stackSets.createInstances(request());
    expect(await stackSets.operationOf(baseline, request().operationId)).toBe('running');
    world.pass(200);
    expect(await stackSets.operationOf(baseline, request().operationId)).toBe('succeeded');
  });

  it.each(['StaleRequestException', 'Throttling'])('ask to come again after %s', async (code) => {
    const faults = faultsFor('CreateStackInstances', ...Array.from({ length: 9 }, () => refusal(code, 409)));
    const call = stackSetsIn(new OrganizationWorld({ faults })).createInstances(request());
    await expect(call).rejects.toMatchObject({ name: 'TransientError', nothingDone: true });
  });

  it.each([
    { status: 'CURRENT', detailedStatus: 'SUCCEEDED' },
    { status: 'OUTDATED', detailedStatus: 'PENDING' },
  ] as const)(
    'have instances from before there was a detailed status: $status is $detailedStatus',
    async (instance) => {
      const world = await preparedWorld();
      await stackSetsIn(world).createInstances(request());
      world.pass(200);
      const model = world.organization.state.stackSets
        .get(`333333333333:${HOME}:baseline`)
        ?.instances.get(`${MEMBER}/${HOME}`);
      Object.assign(model ?? {}, { status: instance.status, detailedStatus: undefined });
      expect(await stackSetsIn(world).listInstances(baseline, MEMBER)).toMatchObject([instance]);
    },
  );
});

/** CloudFormation with one answer to everything, and what it was asked. */
async function answering<Result>(answer: object, ask: (stackSets: ReturnType<typeof stackSetsIn>) => Promise<Result>) {
  const send = jest.spyOn(CloudFormationClient.prototype, 'send');
  send.mockReturnValue(Promise.resolve(answer) as never);
  try {
    const result = await ask(stackSetsIn(new OrganizationWorld()));
    return { result, asked: send.mock.calls.map(([{ input }]) => input) };
  } finally {
    send.mockRestore();
  }
}

describe('what is read of a stack set', () => {
  it.each([{}, { StackSet: { Status: 'DELETED' } }])('is that it is not there: %j', async (answer) => {
    expect(await answering(answer, (stackSets) => stackSets.describe(baseline))).toEqual({
      result: undefined,
      asked: [{ StackSetName: 'baseline' }],
    });
  });

  const seen = {
    declaredParameters: [],
    takesManyOperations: false,
    valuelessParameters: [],
    isSelfManaged: true,
    executionRoleName: null,
    administrationRoleArn: null,
  };

  it.each([
    [{}, {}],
    [{ ManagedExecution: {} }, {}],
    [{ ManagedExecution: { Active: false } }, {}],
    [{ ManagedExecution: { Active: true } }, { takesManyOperations: true }],
    [{ PermissionModel: 'SERVICE_MANAGED' }, { isSelfManaged: false }],
    [{ PermissionModel: 'SELF_MANAGED' }, {}],
    [
      { Parameters: [{ ParameterKey: 'A', ParameterValue: '' }, { ParameterKey: 'B' }, { ParameterValue: 'c' }] },
      { declaredParameters: ['A', 'B'], valuelessParameters: ['B'] },
    ],
  ])('is, of %j, %j', async (StackSet, read) => {
    const { result } = await answering({ StackSet }, (stackSets) => stackSets.describe(baseline));
    expect(result).toEqual({ ...seen, ...read });
  });

  it.each([
    [{}, { region: '', status: 'OUTDATED', detailedStatus: 'PENDING' }],
    [
      { Region: HOME, Status: 'CURRENT' },
      { region: HOME, status: 'CURRENT', detailedStatus: 'SUCCEEDED' },
    ],
    [
      { Region: HOME, Status: 'INOPERABLE', StackInstanceStatus: { DetailedStatus: 'FAILED' } },
      { region: HOME, status: 'INOPERABLE', detailedStatus: 'FAILED' },
    ],
  ])('is, of the instance %j, %j', async (summary, read) => {
    const { result, asked } = await answering({ Summaries: [summary] }, (sets) => sets.listInstances(baseline, MEMBER));
    expect(result).toEqual([{ ...read, reason: null, lastOperationId: null }]);
    expect(asked).toEqual([{ StackSetName: 'baseline', StackInstanceAccount: MEMBER }]);
    expect((await answering({}, (sets) => sets.listInstances(baseline, MEMBER))).result).toEqual([]);
  });

  it.each([
    ['QUEUED', 'waiting'],
    ['RUNNING', 'running'],
    ['STOPPING', 'running'],
    ['SUCCEEDED', 'succeeded'],
    ['FAILED', 'failed'],
    ['STOPPED', 'failed'],
  ])('is that an operation which is %s is %s', async (Status, status) => {
    const answer = { StackSetOperation: { Status } };
    expect(await answering(answer, (stackSets) => stackSets.operationOf(baseline, 'op'))).toEqual({
      result: status,
      asked: [{ StackSetName: 'baseline', OperationId: 'op' }],
    });
  });

  it('is what an instance has of its own, and nothing of one that is not there', async () => {
    const ParameterOverrides = [{ ParameterKey: 'A', ParameterValue: '1' }, { ParameterKey: 'B' }];
    const ask = (stackSets: ReturnType<typeof stackSetsIn>) => stackSets.overridesOf(baseline, MEMBER, 'eu-west-1');
    expect(await answering({ StackInstance: { ParameterOverrides } }, ask)).toEqual({
      result: { A: '1', B: '' },
      asked: [{ StackSetName: 'baseline', StackInstanceAccount: MEMBER, StackInstanceRegion: 'eu-west-1' }],
    });
    expect((await answering({ StackInstance: {} }, ask)).result).toEqual({});
    expect(await ask(stackSetsIn(new OrganizationWorld()))).toEqual({});
  });
});

describe('what is changed by a stack set', () => {
  const targets = { StackSetName: 'baseline', Accounts: [MEMBER], Regions: [HOME], OperationId: 'operation-1' };
  const values = { ParameterOverrides: [{ ParameterKey: 'AccountId', ParameterValue: MEMBER }] };

  it('is in one account and in the regions that are named, with the values of this account', async () => {
    const { asked } = await answering({}, async (stackSets) => {
      await stackSets.createInstances(request());
      await stackSets.updateInstances(request());
      await stackSets.deleteInstances(request());
    });
    expect(asked).toEqual([
      { ...targets, ...values },
      { ...targets, ...values },
      { ...targets, RetainStacks: false },
    ]);
  });

  it('goes with all that it has made', async () => {
    const world = await preparedWorld();
    const stackSets = stackSetsIn(world);
    await stackSets.createInstances(request());
    world.pass(200);
    expect(await stackSets.deleteInstances(request({ operationId: 'operation-2' }))).toBe('started');
    world.pass(200);
    expect(await stackSets.listInstances(baseline, MEMBER)).toEqual([]);
  });

  it.each([
    ['DescribeStackSet', 'describe the stack set baseline', 'describe'],
    ['ListStackInstances', 'list the instances of stack set baseline', 'listInstances'],
    ['DescribeStackInstance', `describe the instance of stack set baseline in ${MEMBER}`, 'overridesOf'],
    ['DescribeStackSetOperation', `describe the operation ${MEMBER} of stack set baseline`, 'operationOf'],
    ['CreateStackInstances', 'create instances of stack set baseline', 'createInstances'],
    ['UpdateStackInstances', 'update instances of stack set baseline', 'updateInstances'],
    ['DeleteStackInstances', 'remove instances of stack set baseline', 'deleteInstances'],
  ] as const)('is not taken for done where %s is refused', async (operation, doing, call) => {
    const world = new OrganizationWorld({ faults: faultsFor(operation, refusal('AccessDenied', 403)) });
    const stackSets = stackSetsIn(world);
    const made =
      call === 'createInstances' || call === 'updateInstances' || call === 'deleteInstances'
        ? stackSets[call](request())
        : stackSets[call](baseline, MEMBER, MEMBER);
    await expectRejected(made, `AWS refused to ${doing} (AccessDenied`, 'policies');
  });

  it.each(['OperationIdAlreadyExists', 'OperationIdAlreadyExistsException'])('was taken before: %s', async (code) => {
    const world = new OrganizationWorld({ faults: faultsFor('DeleteStackInstances', refusal(code)) });
    expect(await stackSetsIn(world).deleteInstances(request())).toBe('started');
  });
});
