import { isSameTrust } from '../../../../functions/domain/access/role-trust';

const statement = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::222222222222:root' },
  Action: 'sts:AssumeRole',
};
const documentOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const ours = documentOf(statement);

describe('a trust document', () => {
  it.each([
    { what: 'the same', other: ours },
    { what: 'as Control Tower writes it, with an empty condition', other: documentOf({ ...statement, Condition: {} }) },
    { what: 'with an id', other: documentOf({ ...statement, Sid: 'Trust' }) },
    {
      what: 'with lists of one',
      other: documentOf({ ...statement, Principal: { AWS: [statement.Principal.AWS] }, Action: ['sts:AssumeRole'] }),
    },
    {
      what: "with the account's id for its root",
      other: documentOf({ ...statement, Principal: { AWS: '222222222222' } }),
    },
  ])('says the same when it is $what', ({ other }) => {
    expect(isSameTrust(ours, other)).toBe(true);
  });

  it.each([
    { what: 'another account', other: documentOf({ ...statement, Principal: { AWS: '333333333333' } }) },
    { what: 'everybody', other: documentOf({ ...statement, Principal: '*' }) },
    { what: 'one more', other: documentOf(statement, { ...statement, Principal: { AWS: '333333333333' } }) },
    {
      what: 'a role of the account',
      other: documentOf({ ...statement, Principal: { AWS: 'arn:aws:iam::222222222222:role/root' } }),
    },
    {
      what: 'a service as well',
      other: documentOf({ ...statement, Principal: { ...statement.Principal, Service: 'ec2.amazonaws.com' } }),
    },
    { what: 'nobody', other: documentOf({ ...statement, Effect: 'Deny' }) },
    {
      what: 'under a condition',
      other: documentOf({ ...statement, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    },
    { what: 'nothing that can be read', other: '{' },
  ])('says something else when it trusts $what', ({ other }) => {
    expect(isSameTrust(ours, other)).toBe(false);
    expect(isSameTrust(other, ours)).toBe(false);
  });

  const under = (Condition: object): string => documentOf({ ...statement, Condition });
  const role = 'arn:aws:iam::222222222222:role/one';

  it('says the same under the same condition, with a list of one', () => {
    const listed = under({ ArnEquals: { 'aws:PrincipalArn': [role] } });
    expect(isSameTrust(under({ ArnEquals: { 'aws:PrincipalArn': role } }), listed)).toBe(true);
  });

  it.each([
    { what: 'another value', other: under({ ArnEquals: { 'aws:PrincipalArn': `${role}s` } }) },
    { what: 'one value more', other: under({ ArnEquals: { 'aws:PrincipalArn': [role, `${role}s`] } }) },
    { what: 'another operator', other: under({ ArnLike: { 'aws:PrincipalArn': role } }) },
    { what: 'another key', other: under({ ArnEquals: { 'aws:SourceArn': role } }) },
  ])('says something else under $what', ({ other }) => {
    expect(isSameTrust(under({ ArnEquals: { 'aws:PrincipalArn': role } }), other)).toBe(false);
  });
});
