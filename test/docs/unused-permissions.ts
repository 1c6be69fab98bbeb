export interface UnusedPermission {
  /** A role, or a step whose session it is. */
  readonly holder: string;
  readonly action: string;
  /** Not by the demonstration, but by another story that the tests play. */
  readonly isUsedElsewhere: boolean;
  /** The demonstration uses it or not, as it happens: how old a role is when it is needed depends on the machine. */
  readonly isByChance: boolean;
}

interface Row {
  readonly holders: readonly string[];
  readonly actions: readonly string[];
  /** Why the demonstration does not use it. */
  readonly why: string;
  /** Absent: no story uses it. */
  readonly usedWhen?: string;
}

/** What is granted and not used by the demonstration. `npm run generate` writes docs/iam-unused.md from it. */
const rows: readonly Row[] = [
  {
    holders: ['MeshfedServiceRole-Arrange'],
    actions: [
      'controltower:ListLandingZones',
      'controltower:GetLandingZone',
      'controltower:ListBaselines',
      'controltower:ListEnabledBaselines',
      'controltower:ListEnabledControls',
    ],
    why: 'no account is governed that the demonstration moves',
    usedWhen: 'an account is vended again',
  },
  {
    holders: ['MeshfedServiceRole-Read'],
    actions: ['controltower:ListBaselines', 'controltower:ListEnabledControls'],
    why: 'they are for [preflight](preflight.md), dry runs, and the enrollment strategy `auto-enroll`',
    usedWhen: 'a preflight is made',
  },
  {
    holders: ['MeshfedServiceRole-Read'],
    actions: ['organizations:ListDelegatedAdministrators'],
    why: 'it adopts no organization (`test/simulation/adoptions.long.test.ts` does)',
  },
  {
    holders: ['MeshfedServiceRole-Arrange'],
    actions: ['organizations:UntagResource'],
    why: 'it vends new accounts, which have no tags that are unwanted',
    usedWhen: 'a desired state takes tags away',
  },
  {
    holders: ['MeshfedServiceRole-Read'],
    actions: ['organizations:ListCreateAccountStatus', 'organizations:ListAccounts'],
    why: 'no answer of AWS is lost',
    usedWhen: 'the answer of CreateAccount is lost',
  },
  {
    holders: ['MeshfedServiceRole-IdentityCenter'],
    actions: ['identitystore:DeleteGroupMembership', 'identitystore:DeleteGroup'],
    why: 'it vends new accounts, to which nobody has access that is unwanted',
    usedWhen: 'people leave, or mappings and groups change',
  },
  {
    holders: ['MeshfedServiceRole-Read'],
    actions: ['sso:DescribePermissionSet'],
    why: "it is asked of what the Account Factory's user has, and nobody looks while it has something",
    usedWhen: 'a dry run or a preflight finds what the user has',
  },
  {
    holders: ['MeshfedServiceRole-Read', 'MeshfedServiceRole-IdentityCenter'],
    actions: ['sso:ListInstances'],
    why: 'it is for installations that give people access otherwise than by `awsIdentityStore`',
  },
  {
    holders: ['MeshfedServiceRole-IdentityCenter'],
    actions: ['identitystore:DescribeGroup'],
    why: 'no answer of AWS is lost',
    usedWhen: 'the answer of CreateGroup is lost',
  },
  {
    holders: ['MeshfedAutomationRole-StackSets'],
    actions: ['cloudformation:UpdateStackInstances'],
    why: 'as it happens: the first stack instance of a new account may fail while its execution role is young, and is then deployed again',
    usedWhen: 'a stack instance has failed, or its parameters have changed',
  },
  {
    holders: ['MeshfedAutomationRole-StackSets'],
    actions: ['cloudformation:DeleteStackInstances'],
    why: 'its accounts stay in their landing zones',
    usedWhen: 'an account has no more use for a stack set',
  },
  {
    holders: ['vending-RemoveStackInstances', 'vending-CheckRemoval'],
    actions: ['sts:AssumeRole'],
    why: 'the same',
    usedWhen: 'the same',
  },
  {
    holders: ['vending-CheckExternalAvm'],
    actions: ['sts:AssumeRole'],
    why: 'it is for `waitForExternalAvm`, which the demonstration is not configured for',
  },
  {
    holders: [
      'vending-AwaitCreationTurn',
      'vending-AwaitEnrollmentTurn',
      'vending-AwaitStackSetTurn',
      'vending-AwaitWithdrawalTurn',
    ],
    actions: ['sts:AssumeRole'],
    why: "nobody waits in its lane so long that a holder's operation has to be looked at",
  },
  {
    holders: ['vending-CheckGrants'],
    actions: ['sts:AssumeRole'],
    why: 'as it happens: permission sets are given while stacks are made, if there is time for all',
    usedWhen: 'an account is vended again',
  },
  {
    holders: ['vending-DowngradeAccessRole'],
    actions: ['sts:AssumeRole'],
    why: 'what the access role keeps is written when the account is opened',
    usedWhen: 'an account is sealed or vended again',
  },
  {
    holders: ['DowngradeAccessRole'],
    actions: ['iam:GetPolicyVersion'],
    why: 'no seal is left half made, whose content would have to be compared',
  },
  {
    holders: ['vending-ImportAccount'],
    actions: ['sts:AssumeRole'],
    why: 'it imports no account',
    usedWhen: 'an account is imported',
  },
  {
    holders: ['vending-AdoptAccounts'],
    actions: ['sts:AssumeRole'],
    why: 'it adopts no organization (`test/simulation/adoptions.long.test.ts` does)',
  },
  {
    holders: ['vending-RollOut'],
    actions: ['sts:AssumeRole'],
    why: 'nobody has updated its landing zone',
    usedWhen: 'accounts are brought to an update of the landing zone',
  },
  {
    holders: ['MeshfedServiceRole-ControlTower'],
    actions: [
      'controltower:ListLandingZoneOperations',
      'controltower:GetLandingZoneOperation',
      'controltower:GetBaselineOperation',
      'controltower:ResetEnabledBaseline',
      'controltower:UpdateEnabledBaseline',
    ],
    why: 'the same',
    usedWhen: 'the same',
  },
  {
    holders: ['vending-CustomizeAccount', 'vending-CheckCustomizations'],
    actions: ['sts:AssumeRole'],
    why: 'its landing zones have no customizations (`test/simulation/customizations.long.test.ts` has)',
  },
  {
    holders: ['vending-CheckGroups'],
    actions: ['sts:AssumeRole'],
    why: 'its landing zones name no groups of an identity provider (`test/simulation/existing-groups.test.ts` does)',
  },
  {
    holders: ['vending-GuardAccount', 'vending-UnenrollAccount', 'vending-CloseAccount', 'vending-CheckClosure'],
    actions: ['sts:AssumeRole'],
    why: 'no tenant goes',
    usedWhen: 'a tenant is closed',
  },
  {
    holders: ['MeshfedServiceRole-Create'],
    actions: ['organizations:CloseAccount'],
    why: 'the same',
    usedWhen: 'the same',
  },
  {
    holders: ['vending-AwaitClosingTurn'],
    actions: ['sts:AssumeRole'],
    why: "nobody waits in its lane so long that a holder's closing has to be looked at",
  },
  {
    holders: ['vending-RevokeAccess'],
    actions: ['sts:AssumeRole'],
    why: 'it vends new accounts, to which nobody has had access before',
    usedWhen: 'an account is vended again',
  },
  {
    holders: ['RevokeAccess', 'GrantAccess'],
    actions: ['iam:GetRole', 'iam:ListAttachedRolePolicies'],
    why: 'they are for [meshIdB](access.md#meshidb), which the demonstration is not configured for',
  },
  {
    holders: ['RevokeAccess'],
    actions: ['iam:DetachRolePolicy', 'iam:DeleteRole', 'iam:DeleteSAMLProvider'],
    why: 'the same',
  },
  {
    holders: ['GrantAccess'],
    actions: [
      'iam:GetSAMLProvider',
      'iam:CreateSAMLProvider',
      'iam:UpdateSAMLProvider',
      'iam:CreateRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:PutRolePermissionsBoundary',
      'iam:AttachRolePolicy',
    ],
    why: 'the same',
  },
  {
    holders: ['OpenAccount'],
    actions: ['iam:PutRolePermissionsBoundary'],
    why: 'it is for roles that are there without the [boundary](deployment.md#boundaries-in-member-accounts) that is asked for by the context `memberPermissionsBoundary`, which the demonstration does not set',
  },
  {
    holders: ['MeshfedServiceRole-ControlTower'],
    actions: ['controltower:DeregisterManagedAccount'],
    why: 'every enrollment succeeds, and no tenant goes',
    usedWhen: 'an enrollment fails and is taken back, or an account is unmanaged before it is closed',
  },
  {
    holders: ['MeshfedServiceRole-ControlTower'],
    actions: [
      'sso:GetPeregrineStatus',
      'sso:ProvisionApplicationInstanceForAWSAccount',
      'sso:ProvisionApplicationProfileForAWSAccountInstance',
      'sso:ProvisionSAMLProvider',
      'sso-directory:SearchGroupsWithGroupName',
    ],
    why: "they are in the document and on AWS's page, and AWS's list of actions knows them no more: there is nothing that asks for them",
  },
  {
    holders: ['MeshfedServiceRole-Read'],
    actions: [
      'organizations:ListPoliciesForTarget',
      'organizations:DescribePolicy',
      'servicequotas:GetServiceQuota',
      'servicequotas:GetAWSDefaultServiceQuota',
      'controltower:ListLandingZones',
      'controltower:GetLandingZone',
      'iam:SimulatePrincipalPolicy',
      'iam:GetRole',
    ],
    why: 'they are for [preflight](preflight.md), which vends nothing',
    usedWhen: 'a preflight is made',
  },
  {
    holders: ['MeshfedAutomationRole-Read'],
    actions: ['lambda:GetFunctionConfiguration', 'iam:GetRole'],
    why: 'the same',
    usedWhen: 'a preflight is made',
  },
  {
    holders: ['vending-RunPreflight'],
    actions: ['sts:AssumeRole'],
    why: 'the same',
    usedWhen: 'a preflight is made',
  },
  {
    holders: ['vending-PreviewChanges'],
    actions: ['sts:AssumeRole'],
    why: 'it makes no dry run',
    usedWhen: 'somebody asks for one',
  },
  {
    holders: ['vending-EnsureWorkspaceUnit'],
    actions: ['sts:AssumeRole'],
    why: 'its landing zones name their units',
    usedWhen:
      'an account goes to [the unit of its workspace](configuration.md#an-organizational-unit-for-each-workspace)',
  },
  {
    holders: ['MeshfedAutomationRole-Read'],
    actions: ['cloudformation:DescribeStackSetOperation'],
    why: 'nobody else works on the stack sets of the demonstration at the same moment',
    usedWhen: 'an account has no more use for a stack set',
  },
  {
    holders: ['MeshfedAutomationRole-StackSets', 'MeshfedAutomationRole-Read'],
    actions: ['cloudformation:DescribeStackInstance'],
    why: 'the ledger knows of every instance in the accounts of the demonstration',
  },
  {
    holders: ['PreviewChanges'],
    actions: ['iam:GetSAMLProvider'],
    why: 'it is for [meshIdB](access.md#meshidb), which the demonstration is not configured for',
  },
  {
    holders: ['MeshfedAutomationRole-Read'],
    actions: ['cloudformation:DescribeStackSet'],
    why: 'it makes neither a dry run nor a preflight',
    usedWhen: 'somebody asks for one',
  },
  {
    holders: ['MeshfedServiceRole-Read'],
    actions: [
      'identitystore:GetGroupId',
      'identitystore:GetUserId',
      'identitystore:ListGroupMemberships',
      'sso:ListAccountAssignmentsForPrincipal',
      'organizations:DescribeOrganizationalUnit',
      'organizations:ListParents',
      'organizations:ListTagsForResource',
      'servicecatalog:ListLaunchPaths',
      'servicecatalog:ListProvisioningArtifacts',
      'servicecatalog:SearchProvisionedProducts',
    ],
    why: 'the same',
    usedWhen: 'somebody asks for one',
  },
  {
    holders: ['MeshfedServiceRole-Read'],
    actions: [
      'servicecatalog:ListPortfoliosForProduct',
      'servicecatalog:ListPrincipalsForPortfolio',
      'sso:ListPermissionSets',
      'controltower:ListEnabledBaselines',
    ],
    why: 'it makes no preflight',
    usedWhen: 'a preflight is made',
  },
  {
    holders: ['MeshfedServiceRole-Read'],
    actions: ['identitystore:DescribeGroup'],
    why: 'it is for what a run has left that ended in the middle of a change',
  },
  {
    holders: ['MeshfedServiceRole-Create'],
    actions: ['organizations:DescribeAccount', 'organizations:ListTagsForResource'],
    why: 'it imports no account, and no tenant goes',
    usedWhen: 'an account is imported, or a tenant is closed',
  },
  {
    holders: ['MeshfedServiceRole-Create'],
    actions: [
      'organizations:ListParents',
      'controltower:ListLandingZones',
      'controltower:GetLandingZone',
      'controltower:ListEnabledBaselines',
      'controltower:ListEnabledControls',
    ],
    why: 'it imports no account',
    usedWhen: 'an account is imported',
  },
  {
    holders: ['MeshfedServiceRole-Create'],
    actions: ['controltower:ListBaselines'],
    why: 'it tells the name of a baseline that an imported account has, and no account in the unit for imports has one',
  },
  {
    holders: ['MeshfedServiceRole-Create'],
    actions: ['organizations:ListAccounts'],
    why: 'fewer accounts are closed than AWS closes in any case',
  },
  {
    holders: ['MeshfedServiceRole-ControlTower'],
    actions: ['organizations:MoveAccount'],
    why: 'it is for `auto-enroll`, where a move enrolls an account and another one takes it out again',
  },
  {
    holders: ['MeshfedServiceRole-ControlTower'],
    actions: ['servicecatalog:TerminateProvisionedProduct'],
    why: 'every enrollment succeeds, and no tenant goes',
    usedWhen: 'an enrollment fails and is taken back, or an account is unmanaged before it is closed',
  },
  {
    holders: ['MeshfedServiceRole-ControlTower'],
    actions: ['servicecatalog:UpdateProvisionedProduct'],
    why: 'no account changes its organizational unit',
    usedWhen: 'an account is enrolled in another unit',
  },
  {
    holders: ['MeshCostExplorerServiceRole'],
    actions: [
      'ce:GetDimensionValues',
      'ce:GetReservationCoverage',
      'ce:GetSavingsPlansUtilization',
      'ce:GetSavingsPlansCoverage',
      'organizations:ListAccounts',
    ],
    why: 'they are in the document; fees and amortization are in other answers, and accounts are known from their costs',
  },
];

export const unusedPermissions = (): readonly UnusedPermission[] =>
  rows.flatMap(({ holders, actions, why, usedWhen }) =>
    holders.flatMap((holder) =>
      actions.map((action) => ({
        holder,
        action,
        isUsedElsewhere: usedWhen !== undefined,
        isByChance: why.startsWith('as it happens'),
      })),
    ),
  );

const inCode = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** `docs/iam-unused.md`. */
export const unusedPermissionsPage = (): string =>
  [
    'Generated by `npm run generate` from `test/docs/unused-permissions.ts`.',
    '',
    '# Granted, and not used by the demonstration',
    '',
    'Why each right is needed that no call of the demonstration uses. `-`: no story of the tests uses it. [IAM](iam.md#granted-and-not-used-by-the-demonstration) says how this is checked.',
    '',
    '| granted to | action | why the demonstration does not use it | used when |',
    '|---|---|---|---|',
    ...rows.map(
      ({ holders, actions, why, usedWhen = '-' }) =>
        `| ${inCode(holders)} | ${inCode(actions)} | ${why} | ${usedWhen} |`,
    ),
    '',
    'Proof of each row: `test/local-aws/vending.test.ts`, `test/simulation/demo-report.test.ts`, `test/deep/permission-removals.ts`.',
    '',
  ].join('\n');
