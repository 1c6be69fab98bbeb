import { setTimeout as pause } from 'node:timers/promises';

import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../organization/example-organization';
import { deployStack } from '../../../operator/deploy/deploy-stack';

export interface AccountStackPlace {
  /** The endpoint of the organization. */
  readonly endpoint: string;
  readonly region: string;
  /** Templates as JSON, by the name of their stack. */
  readonly templateOf: (stack: string) => Promise<string>;
  /** The delegated administrator account of IAM Identity Center; absent: there is none. */
  readonly identityCenterAccountId: string | undefined;
}

/**
 * Deploys the stacks of the management and the automation account, and of the one that administers IAM Identity Center,
 * each as administrator of its account.
 *
 * @throws SandboxError when CloudFormation refuses one
 */
export async function deployAccountStacks({
  endpoint,
  region,
  templateOf,
  identityCenterAccountId,
}: AccountStackPlace): Promise<void> {
  const { managementAccountId, automationAccountId, meshcloudAccountId } = exampleOrganization();
  const stacks = {
    ManagementAccountStack: managementAccountId,
    AutomationAccountStack: automationAccountId,
    ...(identityCenterAccountId === undefined ? {} : { IdentityCenterAccountStack: identityCenterAccountId }),
  };
  await Promise.all(
    Object.entries(stacks).map(async ([stackName, accountId]) => {
      const credentials = { accessKeyId: accountId, secretAccessKey: 'test' };
      await deployStack({
        client: new CloudFormationClient({ endpoint, region, credentials }),
        stackName,
        template: await templateOf(stackName),
        parameters: { MeshcloudAccountId: meshcloudAccountId, ExternalId: EXAMPLE_EXTERNAL_ID },
        pause: () => pause(PAUSE_MILLISECONDS),
      });
    }),
  );
}

const PAUSE_MILLISECONDS = 200;
