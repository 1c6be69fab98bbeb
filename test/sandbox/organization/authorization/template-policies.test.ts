import { rolesInTemplate } from '../../../../sandbox/organization/authorization/template-policies';
import { TemplateSchema, TemplateValues } from '../../../../sandbox/organization/authorization/template-values';

const place = {
  partition: 'aws-cn',
  accountId: '222222222222',
  region: 'cn-north-1',
  parameters: { ExternalId: 'new-one' },
};

const template = {
  Parameters: { ExternalId: { Type: 'String' }, PreviousExternalId: { Type: 'String', Default: '' } },
  Conditions: { IsChanging: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'PreviousExternalId' }, ''] }] } },
  Resources: {
    Table: { Type: 'AWS::DynamoDB::GlobalTable' },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters' } },
    Own: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sso:GetTrust', Resource: '*' }] } },
    },
    Apart: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'apart', PolicyDocument: { Statement: [] }, Roles: [{ Ref: 'Role' }] },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'Service',
        Path: '/vending/',
        AssumeRolePolicyDocument: {
          Statement: [{ Condition: { StringEquals: { 'sts:ExternalId': [{ Ref: 'ExternalId' }] } } }],
        },
        Policies: [{ PolicyName: 'inside', PolicyDocument: { Statement: [] } }],
        ManagedPolicyArns: [
          { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/Theirs']] },
          { Ref: 'Own' },
        ],
      },
    },
  },
};

const valueOf = (value: unknown, parameters: Record<string, string> = {}): unknown =>
  new TemplateValues(TemplateSchema.parse(template), {
    ...place,
    parameters: { ...place.parameters, ...parameters },
  }).valueOf(value);

describe('a value of a template', () => {
  const changing = { 'Fn::If': ['IsChanging', { Ref: 'PreviousExternalId' }, { Ref: 'AWS::NoValue' }] };

  it.each([
    ['a parameter', { Ref: 'ExternalId' }, 'new-one'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'cn-north-1'],
    ['the name of a resource', { Ref: 'Queue' }, 'letters'],
    ['the ARN of a role', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws-cn:iam::222222222222:role/vending/Service'],
    ['another ARN', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws-cn:dynamodb:cn-north-1:222222222222:Table'],
    ['a join', { 'Fn::Join': ['-', ['a', { Ref: 'ExternalId' }]] }, 'a-new-one'],
    [
      'a substitution',
      { 'Fn::Sub': '${AWS::AccountId}/${Queue}/${Role.Arn}' },
      '222222222222/letters/arn:aws-cn:iam::222222222222:role/vending/Service',
    ],
    ['a substitution with variables', { 'Fn::Sub': ['${X}', { X: { Ref: 'Queue' } }] }, 'letters'],
    ['a list without what a condition leaves out', ['kept', changing], ['kept']],
    ['something plain', { a: [1, true, null] }, { a: [1, true, null] }],
  ])('is worked out: %s', (_, value, expected) => {
    expect(valueOf(value)).toEqual(expected);
  });

  it('follows a condition', () => {
    expect(valueOf([changing], { PreviousExternalId: 'old-one' })).toEqual(['old-one']);
  });

  it.each([
    [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue is not known'],
    [{ Ref: 'Nobody' }, 'Nobody is neither a resource nor a parameter'],
  ])('that cannot be worked out is refused by name: %j', (value, message) => {
    expect(() => valueOf(value)).toThrow(message);
  });
});

describe('the roles of a template', () => {
  it('come with their trust and all their policies', () => {
    expect(rolesInTemplate(template, place)).toEqual([
      {
        accountId: '222222222222',
        name: 'Service',
        path: '/vending/',
        trust: { Statement: [{ Condition: { StringEquals: { 'sts:ExternalId': ['new-one'] } } }] },
        attachedPolicyArns: ['arn:aws-cn:iam::aws:policy/Theirs'],
        inlinePolicies: {
          inside: { Statement: [] },
          apart: { Statement: [] },
          Own: { Statement: [{ Effect: 'Allow', Action: 'sso:GetTrust', Resource: '*' }] },
        },
      },
    ]);
  });
});
