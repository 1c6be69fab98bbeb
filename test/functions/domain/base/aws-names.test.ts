import * as names from '../../../../functions/domain/base/aws-names';

const ROLE = 'arn:aws:iam::222222222222:role/';
const HEX = '0a1b2c3d';

const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  AccountIdSchema: ['012345678901'],
  RegionSchema: ['eu-central-1', 'us-gov-west-1', 'ap-southeast-12', 'eusc-de-east-1'],
  OrganizationalUnitIdSchema: [
    'r-ab12',
    `r-${'a'.repeat(32)}`,
    'ou-ab12-cdefgh34',
    `ou-${'a'.repeat(32)}-${'1'.repeat(32)}`,
  ],
  AnyRoleArnSchema: [`${ROLE}path/Name+=,.@-`, `${ROLE}${'x'.repeat(576)}`, 'arn:aws-us-gov:iam::222222222222:role/R'],
  RoleArnSchema: [`${ROLE}${'x'.repeat(49)}`, `${ROLE}${'path/'.repeat(20)}${'x'.repeat(49)}`],
  RoleNameSchema: ['x', 'x'.repeat(64), 'Name+=,.@-_1', 'MyAWSServiceRoleForX'],
  ManagedPolicyArnSchema: ['arn:aws:iam::aws:policy/path/Name', 'arn:aws-cn:iam::222222222222:policy/N'],
  PermissionSetArnSchema: ['arn:aws:sso:::permissionSet/ssoins-1/ps-1', 'arn:aws-cn:sso:::permissionSet/a'],
  InstanceArnSchema: ['arn:aws:sso:::instance/ssoins-1'],
  IdentityStoreIdSchema: ['d-0123456789', 'd-abcdef0123', `${HEX}-0a1b-2c3d-4e5f-${HEX}0a1b`],
  SecretArnSchema: [
    'arn:aws:secretsmanager:eu-central-1:111111111111:secret:a/b-AbCdEf',
    `arn:aws:secretsmanager:r:111111111111:secret:${'x'.repeat(512)}`,
  ],
  FunctionArnSchema: [
    'arn:aws:lambda:eu-central-1:333333333333:function:f',
    `arn:aws:lambda:r:333333333333:function:${'x'.repeat(64)}:$LATEST`,
  ],
  StackSetNameSchema: ['a', `a${'-1'.repeat(63)}b`],
  ProductIdSchema: ['prod-abcd1234'],
};

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  AccountIdSchema: ['01234567890', '0123456789012', 'x12345678901', ''],
  RegionSchema: [
    'eu-central',
    'x-eu-central-1',
    'euxyz-central-1',
    'eu-central-123',
    'eu-central-1x',
    'e-central-1',
    'eu-1',
    'EU-central-1',
  ],
  OrganizationalUnitIdSchema: [
    'r-abc',
    `r-${'a'.repeat(33)}`,
    'ou-abc-cdefgh34',
    'ou-ab12-cdefgh3',
    `ou-ab12-${'a'.repeat(33)}`,
    'xr-ab12',
    `ou-${'a'.repeat(33)}-cdefgh34`,
    'ou-AB12-cdefgh34',
    'ou-ab12-cdefgh34x!',
  ],
  AnyRoleArnSchema: [
    ROLE,
    `${ROLE}${'x'.repeat(577)}`,
    `x${ROLE}R`,
    'arn:aws:iam::2:role/R',
    'arn:aws:iam::222222222222:user/R',
    `${ROLE}a b`,
  ],
  RoleArnSchema: [`${ROLE}${'x'.repeat(50)}`, `${ROLE}path/${'x'.repeat(50)}`, 'R'],
  RoleNameSchema: ['', 'x'.repeat(65), 'a b', 'a/b', 'AWSServiceRoleForX'],
  ManagedPolicyArnSchema: [
    'arn:aws:iam::aws:policy/',
    'arn:aws:iam::222:policy/N',
    'arn:aws:iam::aws:role/N',
    'xarn:aws:iam::aws:policy/N',
    'arn:aws:iam::aws:policy/a b',
  ],
  PermissionSetArnSchema: [
    'arn:aws:sso:::permissionSet/',
    'xarn:aws:sso:::permissionSet/a',
    'arn:aws:sso:::instance/a',
    'arn:aws:sso:::permissionSet/a b',
  ],
  InstanceArnSchema: ['arn:aws:sso:::instance/', 'arn:aws:sso:::instance/a/b', 'xarn:aws:sso:::instance/a'],
  IdentityStoreIdSchema: [
    'd-012345678',
    'd-01234567890',
    'd-012345678g',
    'xd-0123456789',
    `${HEX}-0a1b-2c3d-4e5f-${HEX}0a1`,
    `${HEX}-0a1b-2c3d-${HEX}0a1b`,
    `x${HEX}-0a1b-2c3d-4e5f-${HEX}0a1b`,
    `${HEX}-0a1b-2c3d-4e5f-${HEX}0a1bx`,
    'd-0123456789x',
  ],
  SecretArnSchema: [
    'arn:aws:secretsmanager:r:111111111111:secret:',
    `arn:aws:secretsmanager:r:111111111111:secret:${'x'.repeat(513)}`,
    'xarn:aws:secretsmanager:r:111111111111:secret:a',
    'arn:aws:secretsmanager:r:1:secret:a',
  ],
  FunctionArnSchema: [
    'arn:aws:lambda:r:333333333333:function:',
    `arn:aws:lambda:r:333333333333:function:${'x'.repeat(65)}`,
    'arn:aws:lambda:r:3:function:f',
    'xarn:aws:lambda:r:333333333333:function:f',
    'arn:aws:lambda:r:333333333333:function:f:',
  ],
  StackSetNameSchema: ['', '1a', '-a', 'a_b', `a${'b'.repeat(128)}`],
  ProductIdSchema: ['prod-', 'xprod-a', 'prod-A', 'prod-a!'],
};

/** What a person reads who has written something else. */
const EXAMPLES: Readonly<Record<string, string>> = {
  AccountIdSchema: "an AWS account id of 12 digits, in quotes, such as '222222222222'",
  RegionSchema: "an AWS region such as 'eu-central-1'",
  OrganizationalUnitIdSchema:
    "the id of an organizational unit such as 'ou-ab12-cdefgh34' (ou-, 4 to 32 lower-case letters or digits, -, 8 to 32 of them), or of the root such as 'r-ab12'",
  AnyRoleArnSchema: "the ARN of an IAM role such as '",
  RoleNameSchema: 'the name (not the ARN) of an IAM role: 1 to 64 letters',
  ManagedPolicyArnSchema: "the ARN of a managed policy such as 'arn:aws:iam::aws:policy/AdministratorAccess'",
  PermissionSetArnSchema: 'the ARN of a permission set such as',
  InstanceArnSchema: 'the ARN of an IAM Identity Center instance such as',
  IdentityStoreIdSchema: "the id of an identity store such as 'd-1234567890'",
  SecretArnSchema: 'the ARN of a secret such as',
  FunctionArnSchema:
    "the ARN of a Lambda function such as 'arn:aws:lambda:eu-central-1:333333333333:function:landing-zone', or null",
  StackSetNameSchema: 'the name of a stack set: a letter, then letters, digits and hyphens, 128 characters at most',
  ProductIdSchema: "the id of a Service Catalog product such as 'prod-abcd1234'",
};

const schemas = Object.entries(names);

describe('names of AWS', () => {
  it.each(schemas)('%s: what AWS takes', (name, schema) => {
    for (const text of ACCEPTED[name] ?? ['']) expect([text, schema.safeParse(text).success]).toEqual([text, true]);
  });

  it.each(schemas)('%s: what it does not take', (name, schema) => {
    for (const text of REFUSED[name] ?? []) expect([text, schema.safeParse(text).success]).toEqual([text, false]);
    expect(REFUSED[name]?.length).toBeGreaterThan(2);
  });

  it.each(Object.entries(EXAMPLES))('%s: what a person is told: must be %s', (name, message) => {
    const schema = schemas.find(([one]) => one === name)?.[1];
    expect(schema?.safeParse('?').error?.issues[0]?.message).toContain(`must be ${message}`);
  });

  it('leave room for what is added to the name of a role', () => {
    const refused = names.RoleArnSchema.safeParse(`${ROLE}${'x'.repeat(50)}`).error?.issues[0]?.message;
    expect(refused).toContain('must name a role of at most 49 characters (without its path)');
  });
});
