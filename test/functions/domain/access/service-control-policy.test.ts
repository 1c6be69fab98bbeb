import fc from 'fast-check';
import { judgedByControls } from '../../../../functions/domain/access/service-control-policy';
import { loadPolicyTables, PolicySimulation } from '../../../../sandbox/organization/authorization/policy-simulation';

const ROLE = 'arn:aws:iam::000000000000:role/MeshstackAccountAccessRole';
const question = {
  action: 'iam:PutRolePolicy',
  resource: ROLE,
  context: { 'aws:PrincipalArn': ROLE, 'aws:RequestedRegion': 'us-east-1' },
};

const policy = (...statements: readonly object[]) => ({
  name: 'guard',
  document: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
});
const FULL = { ...policy({ Effect: 'Allow', Action: '*', Resource: '*' }), name: 'FullAWSAccess' };
const deny = (further: object) => policy({ Effect: 'Deny', Resource: '*', ...further });

describe('service control policies', () => {
  it.each([
    { what: 'a denied action', statement: { Action: 'iam:PutRolePolicy' } },
    { what: 'a denied action in other letters', statement: { Action: 'IAM:putrolepolicy' } },
    { what: 'a denied pattern of actions', statement: { Action: ['s3:*', 'iam:Put*'] } },
    { what: 'everything denied but something else', statement: { NotAction: ['s3:*'] } },
    { what: 'the role denied', statement: { Action: '*', Resource: 'arn:aws:iam::*:role/Meshstack*' } },
    {
      what: 'all roles denied but another',
      statement: { Action: '*', Resource: undefined, NotResource: 'arn:aws:iam::*:role/Other' },
    },
    {
      what: 'everybody denied but another role',
      statement: { Action: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Other' } } },
    },
    {
      what: 'other regions denied',
      statement: { Action: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'] } } },
    },
  ])('forbid: $what', ({ statement }) => {
    expect(judgedByControls([[FULL, deny(statement)]], question)).toEqual({ verdict: 'denied', by: 'guard' });
  });

  it.each([
    { what: 'another action', statement: { Action: 'iam:CreateUser' } },
    { what: 'everything but IAM', statement: { NotAction: 'iam:*' } },
    { what: 'another resource', statement: { Action: '*', Resource: 'arn:aws:s3:::*' } },
    {
      what: 'one account that is there already',
      statement: { Action: '*', Resource: 'arn:aws:iam::123456789012:role/*' },
    },
    {
      what: 'everybody but our role',
      statement: { Action: '*', Condition: { ArnNotLike: { 'aws:principalarn': 'arn:aws:iam::*:role/Meshstack*' } } },
    },
    {
      what: 'regions but that of IAM',
      statement: { Action: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] } } },
    },
  ])('let pass what they deny to others: $what', ({ statement }) => {
    expect(judgedByControls([[FULL, deny(statement)]], question)).toEqual({ verdict: 'allowed' });
  });

  it.each([
    { what: 'a key that is not known', condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
    { what: 'an operator that is not known', condition: { IpAddress: { 'aws:PrincipalArn': '10.0.0.0/8' } } },
    { what: 'an ARN that is none', condition: { ArnLike: { 'aws:PrincipalArn': 'Meshstack' } } },
    { what: 'a policy variable', condition: { StringEquals: { 'aws:PrincipalArn': '${aws:PrincipalTag/arn}' } } },
  ])('cannot be told beforehand with $what', ({ condition }) => {
    const verdict = judgedByControls([[FULL, deny({ Action: '*', Condition: condition })]], question);

    expect(verdict).toEqual({ verdict: 'unclear', by: 'guard' });
  });

  it('cannot be told where a level allows it by nothing but a condition that nobody knows beforehand', () => {
    const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'platform' } };
    const perhaps = policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition });

    expect(judgedByControls([[FULL], [perhaps]], question)).toEqual({ verdict: 'unclear', by: 'guard' });
    expect(judgedByControls([[FULL], [perhaps, FULL]], question)).toEqual({ verdict: 'allowed' });
  });

  it('cannot be told when a document cannot be read', () => {
    const verdict = judgedByControls([[FULL, { name: 'odd', document: 'none' }]], question);

    expect(verdict).toEqual({ verdict: 'unclear', by: 'odd' });
  });

  it('allow only what a policy on every level allows', () => {
    const some = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });

    expect(judgedByControls([[FULL], [some]], question)).toMatchObject({ verdict: 'denied' });
    expect(judgedByControls([[FULL], []], question)).toMatchObject({ verdict: 'denied' });
    expect(judgedByControls([[FULL], [some, FULL]], question)).toEqual({ verdict: 'allowed' });
  });

  it('are judged as IAM judges them, wherever they can be told', async () => {
    await loadPolicyTables();
    const simulation = new PolicySimulation();
    const arns = fc.constantFrom('arn:aws:iam::*:role/Meshstack*', 'arn:aws:iam::*:role/Other', 'arn:*:*:*:*:*');
    const roles = fc.oneof(arns, fc.constant('*'));
    const actions = fc.constantFrom('iam:PutRolePolicy', 'iam:*', 's3:*', '*', 'iam:?utRolePolicy');
    const statements = fc.record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      what: fc.oneof(fc.record({ Action: actions }), fc.record({ NotAction: actions })),
      where: fc.oneof(fc.record({ Resource: roles }), fc.record({ NotResource: roles.filter((one) => one !== '*') })),
      Condition: fc.oneof(
        fc.constant({}),
        fc.record({ ArnLike: fc.record({ 'aws:PrincipalArn': arns }) }),
        fc.record({ ArnNotLike: fc.record({ 'aws:PrincipalArn': arns }) }),
        fc.record({ StringEquals: fc.record({ 'aws:RequestedRegion': fc.constantFrom('us-east-1', 'eu-west-1') }) }),
      ),
    });
    const levels = fc.array(fc.array(statements, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

    await fc.assert(
      fc.asyncProperty(levels, fc.boolean(), async (drawn, isOpen) => {
        const attached = drawn.map((level) => [
          ...(isOpen ? [FULL] : []),
          policy(...level.map(({ what, where, ...rest }) => ({ ...rest, ...what, ...where }))),
        ]);
        const theirs = await simulation.judge({
          principalArn: ROLE,
          action: question.action,
          resource: question.resource,
          resourceAccountId: '000000000000',
          conditions: question.context,
          identityPolicies: [FULL],
          scpLevels: attached.map((policies, level) => ({ id: `level-${level}`, policies })),
        });

        expect(judgedByControls(attached, question).verdict).toBe(theirs.allowed ? 'allowed' : 'denied');
      }),
      { numRuns: 300 },
    );
  });
});
