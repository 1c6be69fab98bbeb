import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { account, TENANT } from '../../fakes/vending';
import { customization, CustomizationsUnderTest } from './customizations-under-test';

let test: CustomizationsUnderTest;

beforeEach(() => {
  test = new CustomizationsUnderTest();
});

/** An earlier run has had it applied. */
async function applied(): Promise<void> {
  await test.customize();
  test.builds.goOn({ status: 'succeeded', outputs: { VPC: 'vpc-1' } });
  await test.check();
}

describe('CustomizeAccount', () => {
  it('starts a build that is told all it needs', async () => {
    expect(await test.customize()).toMatchObject({
      result: { ready: false, waitSeconds: 30 },
      remark: `The customization network runs as build ${customization().project}:1.`,
    });
    const [request] = test.builds.requests;
    expect(request).toMatchObject({
      project: customization().project,
      timeLimitMinutes: 60,
      variables: {
        CIDR: '10.0.0.0/16',
        VENDING_ACCOUNT_ID: account.id,
        VENDING_TENANT_UUID: TENANT,
        VENDING_ROLE_ARN: `arn:aws:iam::${account.id}:role/NetworkCustomization`,
        VENDING_STATE_KEY: `${customization().project}/${account.id}/terraform.tfstate`,
        VENDING_INPUTS: JSON.stringify({ AccountId: account.id, Stage: 'dev' }),
      },
    });
    expect(request?.variables['VENDING_BUILD']).toBe(request?.token);
    expect(test.record).toMatchObject({ phase: 'running', n: 1 });
  });

  it('starts nothing where all is as wanted, and writes nothing', async () => {
    await applied();
    const { writes } = test.repository;
    expect(await test.customize()).toMatchObject({
      result: { ready: true, waitSeconds: 0 },
      remark: 'Every customization is as it is wanted.',
    });
    expect(test.builds.requests).toHaveLength(1);
    expect(test.repository.writes).toBe(writes);
  });

  it('has nothing to do where the plan has no customizations', async () => {
    test.customizations = undefined;
    expect(await test.customize()).toMatchObject({ result: { ready: true } });
    expect(await test.check()).toMatchObject({ result: { ready: true }, remark: 'No build is under way.' });
  });

  it('leaves the wanted build alone when it is entered again', async () => {
    await test.customize();
    expect(await test.customize()).toMatchObject({ result: { ready: false } });
    expect(test.builds.stopped).toEqual([]);
    expect(test.builds.requests).toHaveLength(1);
  });

  it('tells what a build has changed that was over when CodeBuild was asked for it again', async () => {
    test.repository.killedAt = 2;
    await expect(test.customize()).rejects.toThrow(ProcessKilledError);
    test.builds.goOn({ status: 'succeeded', outputs: { VPC: 'vpc-1' } });
    jest.spyOn(test.builds, 'findByToken').mockResolvedValue(undefined);
    expect((await test.customize()).changes).toEqual([
      { what: 'customization network', from: null, to: 'applied: VPC = vpc-1' },
    ]);
    expect(test.record).toMatchObject({ phase: 'done' });
  });

  it.each([
    ['another image', { image: 'other' }, 2],
    ['another version of the source', { source: { ...customization().source, version: 'v2' } }, 2],
    ['other commands', { buildspec: 'other.yml' }, 2],
    ['another variable', { environment: { CIDR: '10.1.0.0/16' } }, 2],
    ['another input', { inputs: { Stage: 'prod' } }, 2],
    ['another role', { role: { name: 'Other', madeByStackSet: false } }, 2],
    ['another time limit', { timeLimitMinutes: 90 }, 1],
    ['a role that a stack set makes', { role: { name: 'NetworkCustomization', madeByStackSet: true } }, 1],
  ])('is run again for %s, or is not', async (_what, changes, builds) => {
    await applied();
    test.customizations = [customization(changes)];
    await test.customize();
    expect(test.builds.requests).toHaveLength(builds);
  });

  it.each([1, 2])('starts one build, although the process ends at write %d', async (killedAt) => {
    test.repository.killedAt = killedAt;
    await expect(test.customize()).rejects.toThrow(ProcessKilledError);
    test.builds.isTokenValid = false;
    test.at = 3600;
    expect(await test.customize()).toMatchObject({ result: { ready: false } });
    expect(test.builds.requests).toHaveLength(1);
    expect(test.record).toMatchObject({ phase: 'running', n: 1 });
  });

  it('asks again a minute later where CodeBuild has no room, and by the same token', async () => {
    test.builds.isFull = true;
    expect(await test.customize()).toMatchObject({
      result: { ready: false, waitSeconds: 60 },
      remark: 'CodeBuild has no room for the customization network yet.',
    });
    const { token } = test.record ?? {};
    test.builds.isFull = false;
    await test.customize();
    expect(test.builds.requests.map((request) => request.token)).toEqual([token]);
  });

  it('stops a build of other content, and starts the wanted one once that is over', async () => {
    await test.customize();
    test.customizations = [customization({ image: 'other' })];
    expect(await test.customize()).toMatchObject({ result: { ready: false } });
    expect(test.builds.stopped).toEqual([`${customization().project}:1`]);
    expect(test.builds.requests).toHaveLength(1);
    test.builds.goOn({ status: 'stopped' });
    expect(await test.check()).toMatchObject({
      result: { ready: true },
      remark: 'The build of the customization network before this one is over.',
    });
    await test.customize();
    expect(test.builds.requests.map(({ image }) => image)).toEqual([customization().image, 'other']);
  });

  it('goes by the order of the plan', async () => {
    test.customizations = [customization(), customization({ name: 'second', project: 'second' })];
    await applied();
    await test.customize();
    expect(test.builds.requests.map(({ project }) => project)).toEqual([customization().project, 'second']);
  });
});
