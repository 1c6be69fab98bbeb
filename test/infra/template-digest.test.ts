import { templateDigest } from './template-digest';

const send = {
  Effect: 'Allow',
  Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
  Resource: { 'Fn::GetAtt': ['Queue1F2E3D4C', 'Arn'] },
  Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
};
const read = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' };

const documentOf = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const policyOf = (...statements: readonly object[]) => ({
  PolicyName: 'run',
  PolicyDocument: documentOf(...statements),
});
const roleWith = (...statements: readonly object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: documentOf({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'lambda.amazonaws.com' },
    }),
    Policies: [policyOf(...statements)],
  },
});
const table = (partitionKey: string) => ({
  Type: 'AWS::DynamoDB::GlobalTable',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: { KeySchema: [{ AttributeName: partitionKey, KeyType: 'HASH' }] },
});
const run = {
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Key: 'one.zip' }, Environment: { Variables: { TABLE: { Ref: 'Table' } } }, Timeout: 30 },
};
const pages = (...widgets: readonly object[]) => ({
  Type: 'AWS::CloudWatch::Dashboard',
  Properties: { DashboardBody: { 'Fn::Join': ['', [JSON.stringify({ widgets })]] } },
});

const RESOURCES = {
  Queue1F2E3D4C: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work', VisibilityTimeout: 180 } },
  Role: roleWith(send, read),
  Table: table('partition'),
  Run: run,
  Pages: pages({ title: 'Runs' }, { title: 'Queues' }),
};
const TEMPLATE = {
  Parameters: { ExternalId: { Type: 'String', NoEcho: true } },
  Outputs: { QueueUrl: { Value: { Ref: 'Queue1F2E3D4C' } } },
  Resources: RESOURCES,
};

const { Queue1F2E3D4C: queue, ...withoutQueue } = RESOURCES;
const resources = (changed: object) => ({ ...TEMPLATE, Resources: { ...RESOURCES, ...changed } });
const ofQueue = (properties: object) =>
  resources({ Queue1F2E3D4C: { ...queue, Properties: { ...queue.Properties, ...properties } } });
const ofFunction = (properties: object) =>
  resources({ Run: { ...run, Properties: { ...run.Properties, ...properties } } });
const trusting = (Service: string) => ({
  ...RESOURCES.Role,
  Properties: {
    ...RESOURCES.Role.Properties,
    AssumeRolePolicyDocument: documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }),
  },
});

describe('the digest of a template', () => {
  it('reads as lines', () => {
    expect(templateDigest(TEMPLATE).split('\n')).toEqual([
      'Outputs QueueUrl {"Value":"<Queue>"}',
      'Parameters ExternalId {"NoEcho":true,"Type":"String"}',
      'Pages AWS::CloudWatch::Dashboard',
      '    widget {"title":"Runs"}',
      '    widget {"title":"Queues"}',
      'Queue1F2E3D4C AWS::SQS::Queue QueueName=work VisibilityTimeout=180',
      'Role AWS::IAM::Role',
      '    AssumeRolePolicyDocument: Allow sts:AssumeRole by {"Service":"lambda.amazonaws.com"}',
      '    run: Allow dynamodb:GetItem on *',
      '    run: Allow sqs:GetQueueUrl, sqs:SendMessage on <Queue.Arn> if {"StringEquals":{"aws:SourceAccount":"<AWS::AccountId>"}}',
      'Run AWS::Lambda::Function Timeout=30',
      '    Environment {"Variables":{"TABLE":"<Table>"}}',
      'Table AWS::DynamoDB::GlobalTable DeletionPolicy=Retain UpdateReplacePolicy=Retain',
      '    KeySchema [{"AttributeName":"partition","KeyType":"HASH"}]',
    ]);
  });

  it.each<[string, object]>([
    ['a logical id', { ...TEMPLATE, Resources: { ...withoutQueue, Queue0A0B0C0D: queue } }],
    ['a resource that is gone', { ...TEMPLATE, Resources: withoutQueue }],
    ['the name of a queue', ofQueue({ QueueName: 'jobs' })],
    ['how long a message is hidden', ofQueue({ VisibilityTimeout: 30 })],
    ['where dead letters go', ofQueue({ RedrivePolicy: { maxReceiveCount: 5 } })],
    [
      'an action more',
      resources({ Role: roleWith(send, { ...read, Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] }) }),
    ],
    ['a condition that is gone', resources({ Role: roleWith({ ...send, Condition: undefined }, read) })],
    ['a resource of a statement', resources({ Role: roleWith({ ...send, Resource: '*' }, read) })],
    ['an effect', resources({ Role: roleWith({ ...send, Effect: 'Deny' }, read) })],
    ['whom a role trusts', resources({ Role: trusting('events.amazonaws.com') })],
    ['the key of a table', resources({ Table: table('tenant') })],
    ['a table that is deleted with its stack', resources({ Table: { ...RESOURCES.Table, DeletionPolicy: 'Delete' } })],
    ['a time-out', ofFunction({ Timeout: 60 })],
    ['an environment variable', ofFunction({ Environment: { Variables: {} } })],
    ['a widget', resources({ Pages: pages({ title: 'Runs' }) })],
    ['what a resource comes after', resources({ Run: { ...run, DependsOn: ['Role'] } })],
    ['an output that is gone', { ...TEMPLATE, Outputs: {} }],
    ['what is exported', { ...TEMPLATE, Outputs: { QueueUrl: { Value: 'url', Export: { Name: 'QueueUrl' } } } }],
    ['a parameter that is shown', { ...TEMPLATE, Parameters: { ExternalId: { Type: 'String' } } }],
  ])('tells %s', (_what, changed) => {
    expect(templateDigest(changed)).not.toBe(templateDigest(TEMPLATE));
  });

  it.each<[string, object]>([
    ['the code of a function', ofFunction({ Code: { S3Key: 'two.zip' } })],
    ['the order of statements', resources({ Role: roleWith(read, send) })],
    ['the order of actions', resources({ Role: roleWith({ ...send, Action: send.Action.toReversed() }, read) })],
    ['the order of resources', { ...TEMPLATE, Resources: { ...withoutQueue, Queue1F2E3D4C: queue } }],
  ])('does not tell %s', (_what, changed) => {
    expect(templateDigest(changed)).toBe(templateDigest(TEMPLATE));
  });
});
