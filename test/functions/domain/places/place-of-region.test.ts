import { everyAccountsRegion, partitionOfArn } from '../../../../functions/domain/places/partitions';

const roleIn = (partition: string): string => `arn:${partition}:iam::222222222222:role/MeshfedServiceRole`;

describe('the region that every account has', () => {
  it.each([
    ['aws', 'eu-central-1', 'eu-central-1'],
    ['aws', 'eu-central-2', 'eu-central-1'],
    ['aws', 'me-south-1', 'ap-south-1'],
    ['aws', 'ap-southeast-6', 'ap-southeast-2'],
    // A region younger than the table, and a client that finds its region by itself.
    ['aws', 'eu-west-9', 'us-east-1'],
    ['aws', undefined, 'us-east-1'],
    ['aws-us-gov', 'us-gov-east-1', 'us-gov-east-1'],
    ['aws-cn', 'cn-north-1', 'cn-north-1'],
    ['aws-eusc', undefined, 'eusc-de-east-1'],
  ])('is in %s, near %s, %s', (partition, near, expected) => {
    expect(everyAccountsRegion(partitionOfArn(roleIn(partition)), near)).toEqual({ region: expected });
  });

  it('is left to the SDK where nothing is known of the partition', () => {
    expect(everyAccountsRegion(partitionOfArn(roleIn('aws-iso')), 'us-iso-east-1')).toBeUndefined();
  });
});
