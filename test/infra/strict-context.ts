/** What a strict organization may ask for, all at once, as it is given on the command line. */
export const STRICT_CONTEXT = {
  permissionsBoundary: 'boundaries/Vending',
  memberPermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess',
  namePrefix: 'corp-',
  iamPath: '/platform/',
  tags: 'costCenter=4711,owner=cloud=team',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  securityGroupIds: 'sg-0123456789abcdef0',
  vpcEndpoints: 'true',
  routeTableIds: 'rtb-0123456789abcdef0',
  apiVpcEndpointIds: 'vpce-0123456789abcdef0',
  logRetentionDays: '365',
  '@aws-cdk/core:bootstrapQualifier': 'corpvend',
} as const;
