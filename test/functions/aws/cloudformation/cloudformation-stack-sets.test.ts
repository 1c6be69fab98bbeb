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
