import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import type { OwnRuntime } from '../../ports/own-account';
import { calling } from '../base/aws-error';
import { type AwsSettings, clientSettings } from '../base/aws-settings';

/** Asks Lambda and STS, by the function's own credentials. */
export function lambdaOwnRuntime(settings: AwsSettings, functionName: string): OwnRuntime {
  const lambda = new LambdaClient(clientSettings(settings, functionName));
  const sts = new STSClient(clientSettings(settings, functionName));
  return {
    region: () => lambda.config.region(),
    roleArn: () =>
      calling('ask STS for the role of this function', async () => {
        const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
        return Arn.replace(/^(arn:[\w-]+:)sts(:.*:)assumed-role\/([^/]+).*$/u, '$1iam$2role/$3');
      }),
    concurrency: () =>
      calling('ask Lambda how many functions it runs at once', async () => {
        const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
        const { ConcurrentExecutions, UnreservedConcurrentExecutions } = AccountLimit ?? {};
        if (ConcurrentExecutions === undefined) throw new Error('Lambda does not say how many functions it runs.');
        const unreserved = UnreservedConcurrentExecutions ?? ConcurrentExecutions;
        return { unreserved, reserved: ConcurrentExecutions - unreserved };
      }),
  };
}
