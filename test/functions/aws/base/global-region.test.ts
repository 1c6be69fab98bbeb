import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { ListRootsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { ListServicesCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';

import { globalRegion, partitionOf } from '../../../../functions/aws/base/assumed-role';
import type { AwsSession } from '../../../../functions/aws/base/aws-session';
import { hostOf } from '../../../../functions/aws/base/signed-client';
import { OrganizationWorld } from '../organization-world';

/** Keeps where a request would have gone, and what it was signed for. */
class Telling {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  seen = '';

  handle({ hostname, headers }: { readonly hostname: string; readonly headers: Readonly<Record<string, string>> }) {
    const [, , region = ''] = /Credential=([^,]+)/.exec(headers['authorization'] ?? '')?.[1]?.split('/') ?? [];
    this.seen = `${hostname} ${region}`;
    return Promise.reject(new Error('told'));
  }

  readonly destroy = () => undefined;
  readonly updateHttpClientConfig = () => undefined;
  readonly httpHandlerConfigs = () => ({});
}

const callerIn = (partition: string): AwsSession =>
  new OrganizationWorld().caller({
    managementRoleArn: () => `arn:${partition}:iam::222222222222:role/MeshfedServiceRole`,
  });

const costs = {
  TimePeriod: { Start: '2026-01-01', End: '2026-02-01' },
  Granularity: 'MONTHLY',
  Metrics: ['AmortizedCost'],
} as const;

async function hostsIn(partition: string): Promise<readonly string[]> {
  const requestHandler = new Telling();
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const settings = { ...globalRegion(callerIn(partition)), requestHandler, credentials, maxAttempts: 1 };
  const asking = [
    () => new OrganizationsClient(settings).send(new ListRootsCommand({})),
    () => new IAMClient(settings).send(new ListAccountAliasesCommand({})),
    () => new CostExplorerClient(settings).send(new GetCostAndUsageCommand({ ...costs, Metrics: [...costs.Metrics] })),
    () => new ServiceQuotasClient(settings).send(new ListServicesCommand({})),
  ];
  const hosts: string[] = [];
  for (const ask of asking) {
    await ask().catch(() => undefined);
    hosts.push(requestHandler.seen);
  }
  return hosts;
}

describe('services with one endpoint in a partition', () => {
  it.each([
    [
      'aws',
      'organizations.us-east-1.amazonaws.com us-east-1',
      'iam.amazonaws.com us-east-1',
      'ce.us-east-1.amazonaws.com us-east-1',
      'servicequotas.us-east-1.amazonaws.com us-east-1',
    ],
    [
      'aws-us-gov',
      'organizations.us-gov-west-1.amazonaws.com us-gov-west-1',
      'iam.us-gov.amazonaws.com us-gov-west-1',
      'ce.us-gov-west-1.amazonaws.com us-gov-west-1',
      'servicequotas.us-gov-west-1.amazonaws.com us-gov-west-1',
    ],
    [
      'aws-cn',
      'organizations.cn-northwest-1.amazonaws.com.cn cn-northwest-1',
      'iam.cn-north-1.amazonaws.com.cn cn-north-1',
      'ce.cn-northwest-1.amazonaws.com.cn cn-northwest-1',
      'servicequotas.cn-northwest-1.amazonaws.com.cn cn-northwest-1',
    ],
    [
      'aws-eusc',
      'organizations.eusc-de-east-1.amazonaws.eu eusc-de-east-1',
      'iam.eusc-de-east-1.amazonaws.eu eusc-de-east-1',
      'ce.eusc-de-east-1.api.amazonwebservices.eu eusc-de-east-1',
      'servicequotas.eusc-de-east-1.amazonaws.eu eusc-de-east-1',
    ],
  ])('are called in %s where the SDK knows them', async (partition, ...hosts) => {
    expect(await hostsIn(partition)).toEqual(hosts);
  });

  it('are left to the SDK where nothing is known of the partition', () => {
    expect(globalRegion(callerIn('aws-iso'))).toBeUndefined();
  });
});

describe('Control Tower', () => {
  it.each([
    ['eu-central-2', 'controltower.eu-central-2.amazonaws.com'],
    ['us-gov-east-1', 'controltower.us-gov-east-1.amazonaws.com'],
    ['eusc-de-east-1', 'controltower.eusc-de-east-1.amazonaws.eu'],
  ])('is called in %s at %s', (region, host) => {
    expect(hostOf('controltower', region)).toBe(host);
  });
});

describe('the partition', () => {
  const roleIn = (partition: string) => () => `arn:${partition}:iam::222222222222:role/any`;
  const roles = {
    managementRoleArn: roleIn('of-management'),
    memberEntryRoleArn: roleIn('of-entry'),
    automationRoleArn: roleIn('of-automation'),
  };

  it.each([
    [{ management: [], member: [], automation: [] }, 'of-management'],
    [{ member: [], automation: [] }, 'of-entry'],
    [{ automation: [] }, 'of-automation'],
  ])('is that of a role that the function has: %j', (permissions, partition) => {
    expect(partitionOf(new OrganizationWorld().caller({ ...roles, permissions }))).toBe(partition);
  });
});
