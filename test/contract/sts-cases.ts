import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { ContractCase } from './contract-case';
import type { Subject } from './subject';

const roleArn = (accountId: string, name: string) => `arn:aws:iam::${accountId}:role/${name}`;

export const stsCases: readonly ContractCase[] = [
  {
    operation: 'sts:AssumeRole',
    case: 'success',
    run: ({ sts, accountId }: Subject): Promise<unknown> => {
      const RoleArn = roleArn(accountId, 'OrganizationAccountAccessRole');
      return sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'contract' }));
    },
  },
  {
    operation: 'sts:AssumeRole',
    case: 'error: too long a session name',
    run: ({ sts, accountId }: Subject): Promise<unknown> => {
      const RoleArn = roleArn(accountId, 'OrganizationAccountAccessRole');
      return sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'n'.repeat(65) }));
    },
  },
  {
    operation: 'sts:AssumeRole',
    case: 'error: an unknown role',
    run: ({ sts, accountId }) =>
      sts.send(new AssumeRoleCommand({ RoleArn: roleArn(accountId, 'Nobody'), RoleSessionName: 'contract' })),
  },
  {
    operation: 'sts:GetCallerIdentity',
    case: 'success',
    run: ({ memberSts }) => memberSts.send(new GetCallerIdentityCommand({})),
  },
  {
    operation: 'sts:GetCallerIdentity',
    case: 'error: credentials that are none',
    run: async ({ sts }: Subject): Promise<unknown> => {
      const credentials = { accessKeyId: 'ASIAAAAAAAAAAAAAAAAA', secretAccessKey: 'any', sessionToken: 'any' };
      const { endpoint, requestHandler, region } = sts.config;
      const stranger = new STSClient({
        credentials,
        requestHandler,
        maxAttempts: 1,
        region: await region(),
        ...(endpoint === undefined ? {} : { endpoint: await endpoint() }),
      });
      return stranger.send(new GetCallerIdentityCommand({}));
    },
  },
];
