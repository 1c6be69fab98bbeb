import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { CloseAccountCommand, CreateAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';

import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { administrator, AUTOMATION, MANAGEMENT, organizationUnderTest, outcomeOf } from './organization-under-test';

const example = exampleOrganization();

const organizationIn = (partition: string, region: string) => {
  const test = organizationUnderTest({ seed: { ...example, partition } });
  return new OrganizationsClient({ ...test.settings(administrator(MANAGEMENT)), region });
};

const creation = new CreateAccountCommand({ Email: 'aws+shop@corp.example', AccountName: 'retail.shop' });
const closing = new CloseAccountCommand({ AccountId: AUTOMATION });

describe('an organization', () => {
  it.each([
    ['aws', 'eu-central-1', 'ok'],
    ['aws-cn', 'cn-north-1', 'ok'],
    ['aws-eusc', 'eusc-de-east-1', 'ok'],
    ['aws-us-gov', 'us-gov-east-1', 'UnsupportedAPIEndpointException'],
  ])('in the partition %s makes and closes accounts: %s, %s', async (partition, region, outcome) => {
    const client = organizationIn(partition, region);
    expect([await outcomeOf(client.send(creation)), await outcomeOf(client.send(closing))]).toEqual([outcome, outcome]);
  });

  it('knows no credentials of another partition', async () => {
    expect(await outcomeOf(organizationIn('aws-us-gov', 'us-east-1').send(creation))).toBe(
      'UnrecognizedClientException',
    );
  });

  it('has no host for Cost Explorer in GovCloud', async () => {
    const test = organizationUnderTest({ seed: { ...example, partition: 'aws-us-gov' } });
    const client = new CostExplorerClient({
      ...test.settings(administrator(MANAGEMENT)),
      region: 'us-gov-west-1',
      maxAttempts: 1,
    });
    const command = new GetCostAndUsageCommand({
      TimePeriod: { Start: '2025-01-01', End: '2025-01-02' },
      Granularity: 'DAILY',
      Metrics: ['AmortizedCost'],
    });

    await expect(client.send(command)).rejects.toThrow('socket hang up');
  });
});
