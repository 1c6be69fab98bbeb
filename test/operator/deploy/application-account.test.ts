import { CloudFormationClient, DescribeStacksCommand, type StackResource } from '@aws-sdk/client-cloudformation';
import { type GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { applicationAccount } from '../../../operator/deploy/application-account';

const settings = { region: 'eu-central-1', credentials: { accessKeyId: '640000000003', secretAccessKey: 'test' } };

const absent = (): Error => Object.assign(new Error('Stack does not exist'), { name: 'ValidationError' });

const secret = (id: string, changes: Partial<StackResource> = {}): StackResource => ({
  ResourceType: 'AWS::SecretsManager::Secret',
  LogicalResourceId: `${id}Secret0A1B2C3D`,
  PhysicalResourceId: `arn:${id}`,
  ResourceStatus: 'CREATE_COMPLETE',
  Timestamp: undefined,
  ...changes,
});

describe('the account of the application', () => {
  let asked: unknown[];
  /** What CloudFormation says of the CDK's own stack. */
  let toolkit: () => object;
  /** What the stack of the application has. */
  let resources: () => readonly StackResource[];
  let spies: readonly jest.SpyInstance[];

  beforeEach(() => {
    asked = [];
    toolkit = () => ({ Stacks: [{ StackStatus: 'CREATE_COMPLETE' }] });
    resources = () => [];
    const stacks = (command: { readonly input: unknown }): Promise<object> => {
      asked.push(command.input);
      return Promise.resolve().then(() =>
        command instanceof DescribeStacksCommand ? toolkit() : { StackResources: resources() },
      );
    };
    const secrets = ({ input }: GetSecretValueCommand): Promise<object> =>
      Promise.resolve({ SecretString: `kept in ${input.SecretId ?? ''}` });
    spies = [
      jest.spyOn(CloudFormationClient.prototype, 'send').mockImplementation(stacks as never),
      jest.spyOn(SecretsManagerClient.prototype, 'send').mockImplementation(secrets as never),
    ];
  });

  afterEach(() => {
    for (const spy of spies) spy.mockRestore();
  });

  const account = () => applicationAccount({ settings });

  it.each([
    ['CREATE_COMPLETE', true],
    ['UPDATE_COMPLETE', true],
    ['UPDATE_ROLLBACK_COMPLETE', true],
    ['ROLLBACK_COMPLETE', false],
    ['CREATE_IN_PROGRESS', false],
    ['CREATE_FAILED', false],
  ])('is bootstrapped where the stack of the CDK is there: %s, %s', async (StackStatus, isBootstrapped) => {
    toolkit = () => ({ Stacks: [{ StackStatus }] });
    expect(await account().isBootstrapped()).toBe(isBootstrapped);
    expect(asked).toEqual([{ StackName: 'CDKToolkit' }]);
  });

  it('is not bootstrapped where there is no such stack, and is not judged where nobody may look', async () => {
    toolkit = () => {
      throw absent();
    };
    expect(await account().isBootstrapped()).toBe(false);
    toolkit = () => {
      throw Object.assign(new Error('No.'), { name: 'AccessDenied' });
    };
    await expect(account().isBootstrapped()).rejects.toThrow('No.');
  });

  it('keeps what came in by a parameter in the secret of that name, and in no other resource', async () => {
    resources = () => [
      secret('MeteringExternalId'),
      secret('ExternalId', { ResourceType: 'AWS::IAM::Policy', PhysicalResourceId: 'a policy' }),
      secret('ExternalId'),
    ];
    expect(await account().secretOf('VendingStack', 'ExternalId')).toBe('kept in arn:ExternalId');
    expect(await account().secretOf('VendingStack', 'MeteringExternalId')).toBe('kept in arn:MeteringExternalId');
    expect(asked).toContainEqual({ StackName: 'VendingStack' });
  });

  it.each<[string, () => readonly StackResource[]]>([
    [
      'the stack',
      () => {
        throw absent();
      },
    ],
    ['the secret in it', () => [secret('MeteringExternalId')]],
    ['the secret any more', () => [secret('ExternalId', { ResourceStatus: 'DELETE_COMPLETE' })]],
    ['the secret yet', () => [secret('ExternalId', { PhysicalResourceId: undefined })]],
  ])('keeps none where there is not %s: a new one is drawn', async (_, there) => {
    resources = there;
    expect(await account().secretOf('VendingStack', 'ExternalId')).toBeUndefined();
  });
});
