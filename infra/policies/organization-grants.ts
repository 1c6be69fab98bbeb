import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import type { Grant } from './grant';
import { ORGANIZATION_ARNS, placeArn } from './organization-arns';

/** Accounts, units and the root, as in the document, but for tags. */
const organizationTree: Grant = {
  sid: 'OrgManagementAccess1',
  actions: [
    'organizations:MoveAccount',
    'organizations:ListTagsForResource',
    'organizations:ListParents',
    'organizations:DescribeOrganizationalUnit',
    'organizations:DescribeAccount',
  ],
  resources: ORGANIZATION_ARNS,
};

/** AWS grants these on nothing smaller than *. */
const organizationAccounts: Grant = {
  sid: 'OrgManagementAccess2',
  actions: [
    'organizations:ListAccounts',
    'organizations:DescribeCreateAccountStatus',
    // Not in the document: how an account is found again when AWS's answer to CreateAccount was lost.
    'organizations:ListCreateAccountStatus',
    // Not in the document: such accounts are never adopted.
    'organizations:ListDelegatedAdministrators',
  ],
  resources: ['*'],
};

/** Only where landing zones leave it to workspaces: units are made in the configured parent, and nowhere else. */
function unitsOfWorkspaces({ workspaceOrgUnits }: PlatformConfiguration): readonly Grant[] {
  if (workspaceOrgUnits === undefined) return [];
  return [
    {
      sid: 'OrgManagementAccessUnits',
      actions: ['organizations:ListOrganizationalUnitsForParent', 'organizations:CreateOrganizationalUnit'],
      resources: [placeArn(workspaceOrgUnits.parentOrgUnitId)],
    },
  ];
}

export const organizationGrants = (platform: PlatformConfiguration): readonly Grant[] => [
  organizationTree,
  organizationAccounts,
  ...unitsOfWorkspaces(platform),
];
