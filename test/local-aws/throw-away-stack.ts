import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import type { RunningMiniStack } from '../../sandbox/runtime/ministack/ministack';

/** What every SDK client needs to call MiniStack. */
export interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export const clientFor = ({ endpoint, region, accountId }: RunningMiniStack): ClientConfiguration => ({
  endpoint,
  region,
  credentials: { accessKeyId: accountId, secretAccessKey: 'test' },
});

export const roleArn = 'arn:aws:iam::000000000000:role/any';

export interface FunctionOptions {
  readonly handler?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** A Lambda function with its source in the template. */
export const nodeFunction = (name: string, source: string, options: FunctionOptions = {}): object => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: options.handler ?? 'index.handler',
    Role: roleArn,
    Timeout: 20,
    Code: { ZipFile: source },
    Environment: { Variables: options.variables ?? {} },
  },
});

/** Creates a stack of a few resources that only one test needs; it goes with its MiniStack. */
export const createThrowAwayStack = async (ministack: RunningMiniStack, Resources: object): Promise<void> => {
  const client = new CloudFormationClient(clientFor(ministack));
  const StackName = 'throw-away';
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 300, minDelay: 1, maxDelay: 1 }, { StackName });
};
