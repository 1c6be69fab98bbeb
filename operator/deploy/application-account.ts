import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { type ActingIn, PATIENT } from '../discover/profile-settings';

/** The account of the application, as a deployment asks about it. */
export interface ApplicationAccount {
  /** Whether the CDK may upload what it deploys. */
  readonly isBootstrapped: () => Promise<boolean>;
  /**
   * What the stack keeps as a secret that came in by this parameter; undefined: it has none yet.
   *
   * @param parameter `ExternalId`
   */
  readonly secretOf: (stackName: string, parameter: string) => Promise<string | undefined>;
}

/** The stack of `cdk bootstrap`, unless somebody has named it otherwise. */
const TOOLKIT = 'CDKToolkit';

export function applicationAccount({ settings }: Pick<ActingIn, 'settings'>): ApplicationAccount {
  const stacks = new CloudFormationClient({ ...PATIENT, ...settings });
  const secrets = new SecretsManagerClient({ ...PATIENT, ...settings });
  return {
    isBootstrapped: async () => {
      const { Stacks = [] } =
        (await unlessAbsent(stacks.send(new DescribeStacksCommand({ StackName: TOOLKIT })))) ?? {};
      return Stacks.some(
        ({ StackStatus }) => StackStatus?.endsWith('_COMPLETE') === true && StackStatus !== 'ROLLBACK_COMPLETE',
      );
    },
    secretOf: async (StackName, parameter) => {
      const found = await unlessAbsent(stacks.send(new DescribeStackResourcesCommand({ StackName })));
      const secret = found?.StackResources?.find(
        ({ ResourceType, LogicalResourceId, PhysicalResourceId, ResourceStatus }) =>
          ResourceType === 'AWS::SecretsManager::Secret' &&
          LogicalResourceId?.startsWith(`${parameter}Secret`) === true &&
          PhysicalResourceId !== undefined &&
          ResourceStatus?.startsWith('DELETE') !== true,
      );
      if (secret === undefined) return undefined;
      const value = await secrets.send(new GetSecretValueCommand({ SecretId: secret.PhysicalResourceId }));
      return value.SecretString;
    },
  };
}

async function unlessAbsent<Answer>(asking: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch (error) {
    // CloudFormation has no better name for a stack that is not there.
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}
