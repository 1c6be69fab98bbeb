import { answers, answersOrRefuses, asMember, asRole, type CaseGroup, refuses, type Step } from '../case';
import { count, document, includes } from '../pattern';
import { limited, may } from './limited-rights/role';

const ROLE_NAME = 'OrganizationAccountAccessRole';
const ENTRY = {
  RoleArn: `arn:{{partition}}:iam::{{ended.CreateAccountStatus.AccountId}}:role/${ROLE_NAME}`,
  RoleSessionName: 'conformance',
};
const policiesOf = (TargetId: string, Policies: Parameters<typeof answers>[2]): Step =>
  answers('ListPoliciesForTarget', { TargetId, Filter: 'SERVICE_CONTROL_POLICY' }, Policies);
const moved = (SourceParentId: string, DestinationParentId: string): Step =>
  answers('MoveAccount', { AccountId: '{{member}}', SourceParentId, DestinationParentId });
const FULL = { Id: 'p-FullAWSAccess' };

/** What an account is made with where nobody says otherwise, and what binds it from above. */
export const newAccounts: CaseGroup = {
  service: 'organizations',
  cases: [
    {
      name: 'an account that is made without a name for its access role has the one that all have, for nobody else',
      evidence:
        'API_CreateAccount: RoleName; orgs_manage_accounts_access, orgs_manage_accounts_create-cross-account-role',
      accounts: 1,
      steps: [
        answers(
          'CreateAccount',
          { AccountName: '{{unique}}', Email: '{{mailbox}}+{{unique}}@{{domain}}' },
          {},
          { save: 'accepted', within: 60 },
        ),
        answers(
          'DescribeCreateAccountStatus',
          { CreateAccountRequestId: '{{accepted.CreateAccountStatus.Id}}' },
          { CreateAccountStatus: { State: 'SUCCEEDED' } },
          { within: 600, save: 'ended' },
        ),
        answers('ListTagsForResource', { ResourceId: '{{ended.CreateAccountStatus.AccountId}}' }, { Tags: count(0) }),
        answers('sts:AssumeRole', ENTRY, {}, { within: 600 }),
        ...asMember([
          refuses('sts:AssumeRole', ENTRY, 'AccessDenied'),
          answers(
            'iam:GetRole',
            { RoleName: ROLE_NAME },
            {
              Role: {
                Path: '/',
                MaxSessionDuration: 3600,
                AssumeRolePolicyDocument: document({
                  Statement: includes({
                    Effect: 'Allow',
                    Principal: { AWS: 'arn:{{partition}}:iam::{{management}}:root' },
                    Action: 'sts:AssumeRole',
                  }),
                }),
              },
            },
          ),
        ]),
      ],
      cleanup: [answers('CloseAccount', { AccountId: '{{ended.CreateAccountStatus.AccountId}}' }, {}, { within: 120 })],
    },
    {
      name: 'what binds an account from above is not listed as its own',
      evidence:
        'API_ListPoliciesForTarget: directly attached, not those by inheritance; orgs_manage_policies_scps: FullAWSAccess',
      steps: [
        policiesOf('{{guardedId}}', { Policies: count(2) }),
        policiesOf('{{guardedInnerId}}', { Policies: [FULL] }),
        moved('{{root}}', '{{guardedInnerId}}'),
        policiesOf('{{member}}', { Policies: [FULL] }),
        moved('{{guardedInnerId}}', '{{root}}'),
        answers('CreateOrganizationalUnit', { ParentId: '{{guardedId}}', Name: '{{unique}}' }, {}, { save: 'made' }),
        policiesOf('{{made.OrganizationalUnit.Id}}', { Policies: [FULL] }),
      ],
      cleanup: [
        moved('{{guardedInnerId}}', '{{root}}'),
        answers('DeleteOrganizationalUnit', { OrganizationalUnitId: '{{made.OrganizationalUnit.Id}}' }),
      ],
    },
    limited(
      'who asks too often is told so, and answered again a little later',
      'orgs_reference_limits: ListRoots, one a second and two at once; API_ListRoots: TooManyRequestsException',
      [{ Action: 'organizations:ListRoots' }],
      {
        steps: [may('ListRoots', {})],
        after: asRole([
          ...Array.from({ length: 8 }, () => answersOrRefuses('ListRoots', {}, ['TooManyRequestsException'])),
          refuses('ListRoots', {}, 'TooManyRequestsException'),
          answers('ListRoots', {}, { Roots: [{ Id: '{{root}}' }] }, { after: 10 }),
          answers('ListRoots', {}, { Roots: count(1) }),
        ]),
      },
    ),
  ],
};
