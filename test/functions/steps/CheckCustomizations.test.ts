import { CustomizationError } from '../../../functions/domain/base/errors';
import { customization, CustomizationsUnderTest } from './customizations-under-test';

const LOG = 'https://console.aws.amazon.com/log';

let test: CustomizationsUnderTest;

beforeEach(async () => {
  test = new CustomizationsUnderTest();
  await test.customize();
});

const refusal = async (): Promise<CustomizationError> => {
  const error: unknown = await test.check().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CustomizationError);
  return error as CustomizationError;
};

describe('CheckCustomizations', () => {
  it('waits for a build that runs, and looks less often the longer it takes', async () => {
    test.builds.goOn({ logLink: LOG });
    test.at = 30;
    expect(await test.check()).toMatchObject({ result: { ready: false, waitSeconds: 15 } });
    test.at = 1200;
    expect(await test.check()).toMatchObject({
      result: { ready: false, waitSeconds: 120 },
      remark: `The customization network goes on. Its log: ${LOG}`,
    });
  });

  it('looks at the one that runs, whatever has become of those before it', async () => {
    test.builds.goOn({ status: 'succeeded' });
    await test.check();
    test.customizations = [customization(), customization({ name: 'second', project: 'second' })];
    await test.customize();
    expect(await test.check()).toMatchObject({
      result: { ready: false },
      remark: 'The customization second goes on.',
    });
  });

  it('says of one that takes everything away again what it has done', async () => {
    test = new CustomizationsUnderTest();
    test.customizations = [customization({ destroys: true })];
    await test.customize();
    test.builds.goOn({ status: 'succeeded', outputs: { VPC: 'vpc-1' } });
    expect(await test.check()).toMatchObject({
      remark: 'The customization network has ended well.',
      changes: [{ what: 'customization network', from: null, to: 'destroyed' }],
    });
  });

  it('keeps what a build has exported, and shows it with the link to the log', async () => {
    test.builds.goOn({ status: 'succeeded', outputs: { VPC: 'vpc-1', ZONE: 'z-1' }, logLink: LOG });
    expect(await test.check()).toEqual({
      result: { ready: true, waitSeconds: 0 },
      remark: `The customization network has ended well. Its log: ${LOG}`,
      changes: [{ what: 'customization network', from: null, to: 'applied: VPC = vpc-1, ZONE = z-1' }],
    });
    expect(test.record).toMatchObject({ phase: 'done', outputs: { VPC: 'vpc-1', ZONE: 'z-1' }, logLink: LOG });
    expect(await test.check()).toMatchObject({ result: { ready: true } });
  });

  it.each(['failed', 'stopped'] as const)('fails with the log where the build was or has %s', async (status) => {
    test.builds.goOn({ status, reason: 'FAILED in BUILD exit status 1', logLink: LOG });
    const { name, reason, remedy } = await refusal();
    expect(name).toBe('CustomizationError');
    expect(reason).toContain('FAILED in BUILD exit status 1');
    expect(reason).toContain(LOG);
    expect(remedy).toContain('replay this run');
    expect(test.record).toMatchObject({ phase: 'failed' });
  });

  it('runs a failed one again when the run is replayed, under another token', async () => {
    test.builds.goOn({ status: 'failed' });
    await refusal();
    await test.customize();
    const tokens = test.builds.requests.map(({ token }) => token);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(2);
    expect(test.record).toMatchObject({ phase: 'running', n: 2 });
  });

  it('fails where CodeBuild has the build no more', async () => {
    test.builds.builds.splice(0);
    expect((await refusal()).reason).toBe(
      `The customization "network" has failed (build ${customization().project}:1): CodeBuild has it no more.`,
    );
  });

  it('says that CodeBuild gives no reason where it gives none', async () => {
    test.builds.goOn({ status: 'failed' });
    expect((await refusal()).reason).toContain('no reason given');
  });

  it('waits no longer for a build that CodeBuild does not end', async () => {
    test.at = 60 * (60 + 480 + 30);
    expect(await test.check()).toMatchObject({ result: { ready: false } });
    test.at += 60;
    expect((await refusal()).reason).toContain('571 minutes');
    expect(test.record).toMatchObject({ phase: 'failed' });
  });
});
