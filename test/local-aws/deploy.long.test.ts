import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deployApp } from '../../sandbox/runtime/ministack/deploy';
import { type RunningMiniStack, startMiniStack } from '../../sandbox/runtime/ministack/ministack';
import { clientFor } from './throw-away-stack';

describe('deployApp', () => {
  let ministack: RunningMiniStack;
  beforeAll(async () => {
    ministack = await startMiniStack({ region: 'eu-central-1', waitScale: 1, endpoints: {} });
  });
  afterAll(async () => {
    await ministack.stop();
  });

  it('deploys an app with an asset, hands it its context, and gives back the outputs', async () => {
    const app = 'tsx test/local-aws/throw-away-app.ts';
    const lines: string[] = [];
    const outputs = await deployApp({
      ministack,
      app,
      context: { greeting: 'a = b, "c"' },
      parameters: { Word: 'not to be told' },
      stacks: ['ThrowAway'],
      log: (line) => lines.push(line),
    });
    expect(outputs).toMatchObject({ ThrowAway: { Greeting: 'a = b, "c"', Parameter: 'not to be told' } });
    expect(outputs['ThrowAway']?.['AssetUrl']).toContain('cdk-hnb659fds-assets-000000000000-eu-central-1');
    expect(lines.join('\n')).toMatch(/CREATE_COMPLETE .*AWS::SQS::Queue/u);
    const message = { QueueUrl: outputs['ThrowAway']?.['QueueUrl'], MessageBody: 'any' };
    await expect(new SQSClient(clientFor(ministack)).send(new SendMessageCommand(message))).resolves.toHaveProperty(
      'MessageId',
    );
  });

  it.each([
    { command: 'synth', app: 'tsx no/such/app.ts', said: 'no/such/app.ts' },
    { command: 'deploy', app: 'tsx test/local-aws/throw-away-app.ts', said: 'be small letters' },
  ])('says what the CDK said when `cdk $command` fails, but no parameter', async ({ command, app, said }) => {
    const parameters = { Word: 'NOT TO BE TOLD' };
    const deployment = { ministack, app, context: {}, parameters, stacks: ['ThrowAway'] };
    const failure: unknown = await deployApp(deployment).catch((error: unknown) => error);
    const start = `\`cdk ${command} ThrowAway\` failed:\n`;
    expect(failure).toMatchObject({ name: 'SandboxError', message: expect.stringContaining(start) as string });
    expect(String(failure)).toContain(said);
    expect(String(failure)).not.toContain('NOT TO BE TOLD');
  });
});
