import { answers, type CaseGroup, type ConformanceCase, refuses } from '../../case';
import { includes } from '../../pattern';
import { limited, may, mayNot } from './role';

const inOrganization = (rest: string): string =>
  `arn:{{partition}}:organizations::{{management}}:${rest.replace('/', '/{{organization}}/')}`;
export const UNIT = inOrganization('ou/{{unit}}');
const MEMBER = inOrganization('account/{{member}}');
const ROOT = inOrganization('root/{{root}}');

export const refusedByOrganizations = mayNot('AccessDeniedException');

const organizations: readonly ConformanceCase[] = [
  limited(
    'a right to one account is none to another',
    'ServiceAuthorization list_awsorganizations: DescribeAccount, account*',
    [{ Action: 'organizations:DescribeAccount', Resource: MEMBER }],
    {
      steps: [
        may('DescribeAccount', { AccountId: '{{member}}' }, { Account: { Id: '{{member}}' } }),
        refusedByOrganizations('DescribeAccount', { AccountId: '{{management}}' }),
        refusedByOrganizations('ListAccounts'),
      ],
    },
  ),
  limited(
    'a right to one unit is none to the root',
    'ServiceAuthorization list_awsorganizations: ListOrganizationalUnitsForParent, DescribeOrganizationalUnit',
    [
      {
        Action: [
          'organizations:DescribeOrganizationalUnit',
          'organizations:ListOrganizationalUnitsForParent',
          'organizations:ListAccountsForParent',
          'organizations:ListChildren',
          'organizations:ListParents',
          'organizations:ListTagsForResource',
          'organizations:ListPoliciesForTarget',
        ],
        Resource: UNIT,
      },
    ],
    {
      steps: [
        may('DescribeOrganizationalUnit', { OrganizationalUnitId: '{{unit}}' }),
        may('ListOrganizationalUnitsForParent', { ParentId: '{{unit}}' }),
        may('ListAccountsForParent', { ParentId: '{{unit}}' }),
        may('ListChildren', { ParentId: '{{unit}}', ChildType: 'ACCOUNT' }),
        may('ListParents', { ChildId: '{{unit}}' }),
        may('ListTagsForResource', { ResourceId: '{{unit}}' }),
        may('ListPoliciesForTarget', { TargetId: '{{unit}}', Filter: 'SERVICE_CONTROL_POLICY' }),
        refusedByOrganizations('DescribeOrganizationalUnit', { OrganizationalUnitId: '{{registeredId}}' }),
        refusedByOrganizations('ListOrganizationalUnitsForParent', { ParentId: '{{root}}' }),
        refusedByOrganizations('ListAccountsForParent', { ParentId: '{{root}}' }),
        refusedByOrganizations('ListChildren', { ParentId: '{{root}}', ChildType: 'ACCOUNT' }),
        refusedByOrganizations('ListParents', { ChildId: '{{member}}' }),
        refusedByOrganizations('ListTagsForResource', { ResourceId: '{{root}}' }),
        refusedByOrganizations('ListPoliciesForTarget', { TargetId: '{{root}}', Filter: 'SERVICE_CONTROL_POLICY' }),
      ],
    },
  ),
  limited(
    'a right to a parent is one to make units in it',
    'ServiceAuthorization list_awsorganizations: CreateOrganizationalUnit',
    [{ Action: 'organizations:CreateOrganizationalUnit', Resource: UNIT }],
    {
      steps: [
        may('CreateOrganizationalUnit', { ParentId: '{{unit}}', Name: '{{unique}}' }, {}, 'one'),
        refusedByOrganizations('CreateOrganizationalUnit', { ParentId: '{{root}}', Name: '{{unique}}' }),
        refusedByOrganizations('CreateOrganizationalUnit', {
          ParentId: '{{unit}}',
          Name: '{{unique}}-b',
          Tags: [{ Key: 'project', Value: 'shop' }],
        }),
      ],
      cleanup: [answers('DeleteOrganizationalUnit', { OrganizationalUnitId: '{{one.OrganizationalUnit.Id}}' })],
    },
  ),
  limited(
    'an account is moved with rights to it and to both parents',
    'ServiceAuthorization list_awsorganizations: MoveAccount',
    [{ Action: 'organizations:MoveAccount', Resource: [MEMBER, UNIT, ROOT] }],
    {
      steps: [
        may('MoveAccount', { AccountId: '{{member}}', SourceParentId: '{{root}}', DestinationParentId: '{{unit}}' }),
        refusedByOrganizations('MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{unit}}',
          DestinationParentId: '{{registeredId}}',
        }),
        may('MoveAccount', { AccountId: '{{member}}', SourceParentId: '{{unit}}', DestinationParentId: '{{root}}' }),
      ],
      cleanup: [
        answers('MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{unit}}',
          DestinationParentId: '{{root}}',
        }),
      ],
    },
  ),
  limited(
    'a right to read policies is none to read their targets',
    'ServiceAuthorization list_awsorganizations: DescribePolicy, ListTargetsForPolicy, ListPolicies',
    [{ Action: ['organizations:ListPolicies', 'organizations:DescribePolicy'] }],
    {
      steps: [
        may('ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' }, { Policies: includes({ Id: 'p-FullAWSAccess' }) }),
        may('DescribePolicy', { PolicyId: 'p-FullAWSAccess' }),
        refusedByOrganizations('ListTargetsForPolicy', { PolicyId: 'p-FullAWSAccess' }),
        refusedByOrganizations('DescribeOrganization'),
        refuses('DescribePolicy', { PolicyId: 'p-00000000' }, 'PolicyNotFoundException'),
      ],
    },
  ),
];

/** What a role may do in Organizations that may not do everything. */
export const limitedInOrganizations: CaseGroup = { service: 'organizations', cases: organizations };
