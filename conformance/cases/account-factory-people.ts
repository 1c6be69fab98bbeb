import { answers, type CaseGroup, refuses, type Step } from '../case';
import { excludes, includes } from '../pattern';
import {
  ALL_GONE,
  ended,
  isIn,
  open,
  own,
  parameters,
  PRODUCT_GONE,
  provisioned,
  READY,
  roleMade,
  updated,
} from './enrollment-steps';

const STORE = { IdentityStoreId: '{{store}}' };
const PERSON = '{{mailbox}}+{{unique}}@{{domain}}';
const userOf = (AttributeValue: string, AttributePath = 'emails.value') => ({
  ...STORE,
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});
const FACTORY_SET = { InstanceArn: '{{instance}}', PermissionSetArn: '{{factorySet}}', AccountId: '{{member}}' };

export const accountFactoryPeople: CaseGroup = {
  service: 'servicecatalog',
  cases: [
    {
      name: 'the person of an account gets into it, and keeps that when the account is given back',
      evidence: 'controltower userguide provision-as-end-user, unmanage-account, sso',
      steps: [
        ...READY,
        refuses('identitystore:GetUserId', userOf(PERSON), 'ResourceNotFoundException'),
        { ...provisioned({ ProvisioningParameters: parameters({ SSOUserEmail: PERSON }) }), after: 60 },
        ended('accepted', 'SUCCEEDED'),
        answers('identitystore:GetUserId', userOf(PERSON), {}, { save: 'user' }),
        answers('identitystore:GetUserId', userOf(PERSON, 'userName'), { UserId: '{{user.UserId}}' }),
        answers(
          'identitystore:DescribeUser',
          { ...STORE, UserId: '{{user.UserId}}' },
          {
            UserName: PERSON,
            DisplayName: 'Conformance Suite',
            Name: { GivenName: 'Conformance', FamilyName: 'Suite' },
            Emails: [{ Value: PERSON }],
          },
        ),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: includes({ PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' }),
        }),
        answers(
          'DescribeRecord',
          { Id: '{{accepted.RecordDetail.RecordId}}' },
          {
            RecordOutputs: includes(
              { OutputKey: 'AccountId', OutputValue: '{{member}}' },
              { OutputKey: 'AccountEmail', OutputValue: '{{own.Account.Email}}' },
              { OutputKey: 'SSOUserEmail', OutputValue: PERSON },
            ),
          },
        ),
        updated('person', { ProvisioningParameters: [{ Key: 'SSOUserEmail', Value: `b${PERSON}` }] }),
        ended('update', 'SUCCEEDED'),
        answers('identitystore:GetUserId', userOf(`b${PERSON}`), {}, { save: 'second' }),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: includes({ PrincipalId: '{{user.UserId}}' }, { PrincipalId: '{{second.UserId}}' }),
        }),
        ...PRODUCT_GONE,
        isIn('{{root}}'),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: includes({ PrincipalId: '{{user.UserId}}' }, { PrincipalId: '{{second.UserId}}' }),
        }),
      ],
      cleanup: [
        ...ALL_GONE,
        answers('identitystore:DeleteUser', { ...STORE, UserId: '{{user.UserId}}' }),
        answers('identitystore:DeleteUser', { ...STORE, UserId: '{{second.UserId}}' }),
      ],
    },
  ],
};

const withoutPerson: readonly Step[] = [
  // What an earlier case has enrolled by a move is let go after a while.
  { ...own, after: 7200 },
  open,
  ...roleMade(),
  { ...provisioned({ ProvisioningParameters: parameters({ SSOUserEmail: PERSON }) }), after: 60 },
  ended('accepted', 'SUCCEEDED'),
  refuses('identitystore:GetUserId', userOf(PERSON), 'ResourceNotFoundException'),
];
const USER = answers(
  'identitystore:CreateUser',
  {
    ...STORE,
    UserName: PERSON,
    DisplayName: 'Con',
    Name: { GivenName: 'Con', FamilyName: 'Formance' },
  },
  {},
  { save: 'user' },
);
const userGone = answers('identitystore:DeleteUser', { ...STORE, UserId: '{{user.UserId}}' });

export const peopleFromElsewhere: CaseGroup = {
  service: 'servicecatalog',
  organization: 'auto-enrollment',
  cases: [
    {
      name: 'with another identity provider nobody is made, and who is there gets in',
      evidence: 'controltower userguide getting-started-prereqs: external identity providers',
      steps: [
        ...withoutPerson,
        USER,
        updated('known'),
        ended('update', 'SUCCEEDED'),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: includes({ PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' }),
        }),
        ...PRODUCT_GONE,
      ],
      cleanup: [...ALL_GONE, userGone],
    },
  ],
};

export const peopleInActiveDirectory: CaseGroup = {
  service: 'servicecatalog',
  organization: 'older-landing-zone',
  cases: [
    {
      name: 'with Active Directory nobody gets into an account by way of the Account Factory',
      evidence: 'controltower userguide getting-started-prereqs: Active Directory',
      steps: [
        own,
        answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { save: 'paths' }),
        ...roleMade(),
        USER,
        {
          ...provisioned({
            PathId: '{{paths.LaunchPathSummaries.0.Id}}',
            ProvisioningParameters: parameters({ SSOUserEmail: PERSON }),
          }),
          after: 60,
        },
        ended('accepted', 'SUCCEEDED'),
        answers('sso-admin:ListAccountAssignments', FACTORY_SET, {
          AccountAssignments: excludes({ PrincipalId: '{{user.UserId}}' }),
        }),
        ...PRODUCT_GONE,
      ],
      cleanup: [...ALL_GONE, userGone],
    },
  ],
};
