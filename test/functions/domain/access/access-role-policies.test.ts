import documented from '../../../source-document/downgraded-access-role-policy.json';
import { downgradedPolicy, sealedPolicy } from '../../../../functions/domain/access/access-role-policies';
import { sealedWork, sealOf } from '../../../../functions/domain/access/access-role-seal';

const MEMBER = '444444444444';
const role = 'arn:aws-cn:iam::444444444444:role/Access';
const seals = 'arn:aws-cn:iam::444444444444:policy/account-vending-seal-*';

const read = (document: string): unknown => JSON.parse(document);

/** As the document has it, with its placeholders filled in. */
const ofDocument = (partition: string): unknown =>
  read(
    JSON.stringify(documented)
      .replaceAll('{accountId}', MEMBER)
      .replaceAll('{accessRole}', 'Access')
      .replaceAll('arn:aws:', `arn:${partition}:`),
  );

const WORK = [
  {
    Sid: 'LookAtRoles',
    Effect: 'Allow',
    Resource: 'arn:aws-cn:iam::444444444444:role/*',
    Action: ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
  },
  {
    Sid: 'NameAccount',
    Effect: 'Allow',
    Resource: '*',
    Action: ['iam:ListAccountAliases', 'iam:CreateAccountAlias', 'iam:DeleteAccountAlias'],
  },
  { Sid: 'ReadSeal', Effect: 'Allow', Action: ['iam:GetPolicy', 'iam:GetPolicyVersion'], Resource: seals },
  { Sid: 'LoseRights', Effect: 'Allow', Action: ['iam:DetachRolePolicy', 'iam:DeleteRolePolicy'], Resource: role },
];

describe('what the access role keeps', () => {
  it.each(['aws', 'aws-cn', 'aws-us-gov'])("is the document's policy, in %s", (partition) => {
    const { name, document } = downgradedPolicy(partition, MEMBER, 'Access');
    expect(read(document)).toStrictEqual(ofDocument(partition));
    expect(name).toMatch(/^meshstack-minimum-[0-9a-f]{16}$/);
  });

  it('is that and the removal of roles of meshIdB, where there are some', () => {
    const { document } = downgradedPolicy('aws', MEMBER, 'Access', true);
    const { Version, Statement } = ofDocument('aws') as typeof documented;
    const removal = {
      Effect: 'Allow',
      Action: ['iam:DetachRolePolicy', 'iam:DeleteRole'],
      Resource: 'arn:aws:iam::444444444444:role/meshidb/*',
    };
    expect(read(document)).toStrictEqual({ Version, Statement: [...Statement, removal] });
  });

  it('is the work of later runs and the way back under the seal, where it is sealed', () => {
    const seal = sealOf('aws-cn', MEMBER, 'Access');
    const { name, document } = sealedPolicy('aws-cn', MEMBER, 'Access', seal);
    expect(sealedWork('aws-cn', MEMBER, 'Access')).toStrictEqual(WORK);
    expect(name).toMatch(/^sealed-minimum-[0-9a-f]{16}$/);
    expect(read(document)).toStrictEqual({
      Version: '2012-10-17',
      Statement: [
        ...WORK,
        { Sid: 'MakeSeal', Effect: 'Allow', Action: ['iam:CreatePolicy'], Resource: seals },
        {
          Sid: 'PutSeal',
          Effect: 'Allow',
          Action: ['iam:PutRolePermissionsBoundary'],
          Resource: role,
          Condition: { StringEquals: { 'iam:PermissionsBoundary': seal.arn } },
        },
      ],
    });
  });
});

describe('the seal', () => {
  it('allows the work of later runs, and denies all else', () => {
    const { name, arn, document } = sealOf('aws-cn', MEMBER, 'Access');
    expect(name).toMatch(/^account-vending-seal-[0-9a-f]{16}$/);
    expect(arn).toBe(`arn:aws-cn:iam::444444444444:policy/${name}`);
    expect(read(document)).toStrictEqual({
      Version: '2012-10-17',
      Statement: [
        ...WORK,
        { Sid: 'NothingElse', Effect: 'Deny', NotAction: WORK.flatMap(({ Action }) => Action), Resource: '*' },
        {
          Sid: 'NoOtherRole',
          Effect: 'Deny',
          NotResource: role,
          Action: ['iam:DetachRolePolicy', 'iam:DeleteRolePolicy'],
        },
      ],
    });
  });
});
