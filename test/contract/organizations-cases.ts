import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationalUnitCommand,
  DescribePolicyCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListCreateAccountStatusCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  ListTargetsForPolicyCommand,
  MoveAccountCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-organizations';
import type { ContractCase } from './contract-case';
import type { Subject } from './subject';

const NOBODY = '000000000001';
const tags = [{ Key: 'owner', Value: 'jane' }];

const controlsOf = (TargetId: string) => ({ TargetId, Filter: 'SERVICE_CONTROL_POLICY' as const });

export const organizationsCases: readonly ContractCase[] = [
  {
    operation: 'organizations:CreateAccount',
    case: 'success',
    run: ({ organizations }) =>
      organizations.send(new CreateAccountCommand({ Email: 'new@example.com', AccountName: 'new' })),
  },
  {
    operation: 'organizations:CreateAccount',
    case: 'error: a malformed e-mail',
    run: ({ organizations }) => organizations.send(new CreateAccountCommand({ Email: 'no-email', AccountName: 'new' })),
  },
  {
    operation: 'organizations:DescribeCreateAccountStatus',
    case: 'success',
    run: ({ organizations, requestId }) =>
      organizations.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: requestId })),
  },
  {
    operation: 'organizations:DescribeCreateAccountStatus',
    case: 'error: an unknown request',
    run: ({ organizations }) =>
      organizations.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: 'car-00000000' })),
  },
  {
    operation: 'organizations:ListCreateAccountStatus',
    case: 'success',
    run: ({ organizations }) => organizations.send(new ListCreateAccountStatusCommand({ States: ['SUCCEEDED'] })),
  },
  {
    operation: 'organizations:ListCreateAccountStatus',
    case: 'error: too large a page',
    run: ({ organizations }) => organizations.send(new ListCreateAccountStatusCommand({ MaxResults: 21 })),
  },
  {
    operation: 'organizations:ListAccounts',
    case: 'success',
    run: ({ organizations }) => organizations.send(new ListAccountsCommand({})),
  },
  {
    operation: 'organizations:ListAccounts',
    case: 'success: a first page of one',
    run: ({ organizations }) => organizations.send(new ListAccountsCommand({ MaxResults: 1 })),
  },
  {
    operation: 'organizations:ListAccounts',
    case: 'error: a token that is none',
    run: ({ organizations }) => organizations.send(new ListAccountsCommand({ NextToken: 'none' })),
  },
  {
    operation: 'organizations:ListDelegatedAdministrators',
    case: 'success: none',
    run: ({ organizations }) => organizations.send(new ListDelegatedAdministratorsCommand({})),
  },
  {
    operation: 'organizations:ListDelegatedAdministrators',
    case: 'error: too large a page',
    run: ({ organizations }) => organizations.send(new ListDelegatedAdministratorsCommand({ MaxResults: 21 })),
  },
  {
    operation: 'organizations:ListAWSServiceAccessForOrganization',
    case: 'success',
    run: ({ organizations }) => organizations.send(new ListAWSServiceAccessForOrganizationCommand({})),
  },
  {
    operation: 'organizations:ListAWSServiceAccessForOrganization',
    case: 'error: an account in no organization',
    run: ({ outsider }) => outsider.send(new ListAWSServiceAccessForOrganizationCommand({})),
  },
  {
    operation: 'organizations:DescribeAccount',
    case: 'success',
    run: ({ organizations, accountId }) => organizations.send(new DescribeAccountCommand({ AccountId: accountId })),
  },
  {
    operation: 'organizations:DescribeAccount',
    case: 'error: an unknown account',
    run: ({ organizations }) => organizations.send(new DescribeAccountCommand({ AccountId: NOBODY })),
  },
  {
    operation: 'organizations:ListParents',
    case: 'success: of an account',
    run: ({ organizations, accountId }) => organizations.send(new ListParentsCommand({ ChildId: accountId })),
  },
  {
    operation: 'organizations:ListParents',
    case: 'success: of a unit',
    run: ({ organizations, unitId }) => organizations.send(new ListParentsCommand({ ChildId: unitId })),
  },
  {
    operation: 'organizations:ListParents',
    case: 'error: an unknown child',
    run: ({ organizations }) => organizations.send(new ListParentsCommand({ ChildId: NOBODY })),
  },
  {
    operation: 'organizations:MoveAccount',
    case: 'success',
    run: async ({ organizations, accountId, rootId, unitId }: Subject): Promise<unknown> => {
      const move = { AccountId: accountId, SourceParentId: rootId, DestinationParentId: unitId };
      await organizations.send(new MoveAccountCommand(move));
      return organizations.send(new ListParentsCommand({ ChildId: accountId }));
    },
  },
  {
    operation: 'organizations:MoveAccount',
    case: 'error: an unknown account',
    run: ({ organizations, rootId, unitId }) =>
      organizations.send(
        new MoveAccountCommand({ AccountId: NOBODY, SourceParentId: rootId, DestinationParentId: unitId }),
      ),
  },
  {
    operation: 'organizations:MoveAccount',
    case: 'error: an unknown destination',
    run: ({ organizations, accountId, rootId }: Subject): Promise<unknown> => {
      const move = { AccountId: accountId, SourceParentId: rootId, DestinationParentId: 'ou-0000-00000000' };
      return organizations.send(new MoveAccountCommand(move));
    },
  },
  {
    operation: 'organizations:MoveAccount',
    case: 'error: a source that is not the parent',
    run: ({ organizations, accountId, unitId, rootId }) =>
      organizations
        .send(new CreateOrganizationalUnitCommand({ ParentId: rootId, Name: 'Other' }))
        .then(({ OrganizationalUnit }) =>
          organizations.send(
            new MoveAccountCommand({
              AccountId: accountId,
              SourceParentId: OrganizationalUnit?.Id,
              DestinationParentId: unitId,
            }),
          ),
        ),
  },
  {
    operation: 'organizations:MoveAccount',
    case: 'error: where it is already',
    run: ({ organizations, accountId, rootId }) =>
      organizations.send(
        new MoveAccountCommand({ AccountId: accountId, SourceParentId: rootId, DestinationParentId: rootId }),
      ),
  },
  {
    operation: 'organizations:ListRoots',
    case: 'success',
    run: ({ organizations }) => organizations.send(new ListRootsCommand({})),
  },
  {
    operation: 'organizations:ListRoots',
    case: 'error: an account in no organization',
    run: ({ outsider }) => outsider.send(new ListRootsCommand({})),
  },
  {
    operation: 'organizations:ListOrganizationalUnitsForParent',
    case: 'success',
    run: ({ organizations, rootId }) =>
      organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: rootId })),
  },
  {
    operation: 'organizations:ListOrganizationalUnitsForParent',
    case: 'error: an unknown parent',
    run: ({ organizations }) =>
      organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: 'ou-0000-00000000' })),
  },
  {
    operation: 'organizations:ListAccountsForParent',
    case: 'success',
    run: ({ organizations, rootId }) => organizations.send(new ListAccountsForParentCommand({ ParentId: rootId })),
  },
  {
    operation: 'organizations:ListAccountsForParent',
    case: 'error: an unknown parent',
    run: ({ organizations }) => organizations.send(new ListAccountsForParentCommand({ ParentId: 'r-0000' })),
  },
  {
    operation: 'organizations:ListChildren',
    case: 'success: units',
    run: ({ organizations, rootId }) =>
      organizations.send(new ListChildrenCommand({ ParentId: rootId, ChildType: 'ORGANIZATIONAL_UNIT' })),
  },
  {
    operation: 'organizations:ListChildren',
    case: 'success: accounts',
    run: ({ organizations, rootId }) =>
      organizations.send(new ListChildrenCommand({ ParentId: rootId, ChildType: 'ACCOUNT' })),
  },
  {
    operation: 'organizations:ListChildren',
    case: 'error: an unknown kind of child',
    run: ({ organizations, rootId }) =>
      organizations.send(new ListChildrenCommand({ ParentId: rootId, ChildType: 'ROOT' as 'ACCOUNT' })),
  },
  {
    operation: 'organizations:DescribeOrganizationalUnit',
    case: 'success',
    run: ({ organizations, unitId }) =>
      organizations.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: unitId })),
  },
  {
    operation: 'organizations:DescribeOrganizationalUnit',
    case: 'error: an unknown unit',
    run: ({ organizations }) =>
      organizations.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-0000-00000000' })),
  },
  {
    operation: 'organizations:CreateOrganizationalUnit',
    case: 'success',
    run: ({ organizations, unitId }) =>
      organizations.send(new CreateOrganizationalUnitCommand({ ParentId: unitId, Name: 'Team', Tags: tags })),
  },
  {
    operation: 'organizations:CreateOrganizationalUnit',
    case: 'error: a name that is taken',
    run: ({ organizations, rootId }) =>
      organizations.send(new CreateOrganizationalUnitCommand({ ParentId: rootId, Name: 'Dev' })),
  },
  {
    operation: 'organizations:DescribeOrganization',
    case: 'success',
    run: ({ organizations }) => organizations.send(new DescribeOrganizationCommand({})),
  },
  {
    operation: 'organizations:DescribeOrganization',
    case: 'error: an account in no organization',
    run: ({ outsider }) => outsider.send(new DescribeOrganizationCommand({})),
  },
  {
    operation: 'organizations:TagResource',
    case: 'success',
    run: async ({ organizations, accountId }: Subject): Promise<unknown> => {
      await organizations.send(new TagResourceCommand({ ResourceId: accountId, Tags: tags }));
      return organizations.send(new ListTagsForResourceCommand({ ResourceId: accountId }));
    },
  },
  {
    operation: 'organizations:TagResource',
    case: 'error: an unknown target',
    run: ({ organizations }) => organizations.send(new TagResourceCommand({ ResourceId: NOBODY, Tags: tags })),
  },
  {
    operation: 'organizations:UntagResource',
    case: 'success',
    run: async ({ organizations, accountId }: Subject): Promise<unknown> => {
      await organizations.send(new UntagResourceCommand({ ResourceId: accountId, TagKeys: ['project', 'absent'] }));
      return organizations.send(new ListTagsForResourceCommand({ ResourceId: accountId }));
    },
  },
  {
    operation: 'organizations:UntagResource',
    case: 'error: a malformed target',
    run: ({ organizations }) => organizations.send(new UntagResourceCommand({ ResourceId: 'account', TagKeys: ['a'] })),
  },
  {
    operation: 'organizations:ListTagsForResource',
    case: 'success',
    run: ({ organizations, accountId }) =>
      organizations.send(new ListTagsForResourceCommand({ ResourceId: accountId })),
  },
  {
    operation: 'organizations:ListTagsForResource',
    case: 'error: an unknown target',
    run: ({ organizations }) => organizations.send(new ListTagsForResourceCommand({ ResourceId: NOBODY })),
  },
  {
    operation: 'organizations:ListPoliciesForTarget',
    case: 'success',
    run: ({ organizations, unitId }) => organizations.send(new ListPoliciesForTargetCommand(controlsOf(unitId))),
  },
  {
    operation: 'organizations:ListPoliciesForTarget',
    case: 'error: a malformed target',
    run: ({ organizations }) => organizations.send(new ListPoliciesForTargetCommand(controlsOf('account'))),
  },
  {
    operation: 'organizations:ListPolicies',
    case: 'success',
    run: ({ organizations }) => organizations.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' })),
  },
  {
    operation: 'organizations:ListPolicies',
    case: 'error: from outside the organization',
    run: ({ outsider }) => outsider.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' })),
  },
  {
    operation: 'organizations:ListTargetsForPolicy',
    case: 'success',
    run: async ({ organizations }) => {
      const { Targets = [] } = await organizations.send(
        new ListTargetsForPolicyCommand({ PolicyId: 'p-FullAWSAccess' }),
      );
      // AWS promises no order.
      return Targets.toSorted((one, other) => (one.Name ?? '').localeCompare(other.Name ?? ''));
    },
  },
  {
    operation: 'organizations:ListTargetsForPolicy',
    case: 'error: an unknown policy',
    run: ({ organizations }) => organizations.send(new ListTargetsForPolicyCommand({ PolicyId: 'p-00000000' })),
  },
  {
    operation: 'organizations:DescribePolicy',
    case: 'success',
    run: async ({ organizations }: Subject): Promise<unknown> => {
      const { Policy } = await organizations.send(new DescribePolicyCommand({ PolicyId: 'p-FullAWSAccess' }));
      return { ...Policy, Content: JSON.parse(Policy?.Content ?? '') as unknown };
    },
  },
  {
    operation: 'organizations:DescribePolicy',
    case: 'error: an unknown policy',
    run: ({ organizations }) => organizations.send(new DescribePolicyCommand({ PolicyId: 'p-00000000' })),
  },
  {
    operation: 'organizations:CloseAccount',
    case: 'success',
    run: ({ organizations, accountId }) => organizations.send(new CloseAccountCommand({ AccountId: accountId })),
  },
  {
    operation: 'organizations:CloseAccount',
    case: 'error: an unknown account',
    run: ({ organizations }) => organizations.send(new CloseAccountCommand({ AccountId: NOBODY })),
  },
];
