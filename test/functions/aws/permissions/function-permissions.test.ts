import {
  actionsInAutomation,
  actionsInManagement,
  classRoleArn,
  functionsInAutomation,
  functionsInManagement,
  identityCenterReadRoleArn,
  isActingFunction,
  serviceRoleArns,
} from '../../../../functions/aws/permissions/function-permissions';
import { AUTOMATION_CLASSES, managementClassesIn } from '../../../../functions/aws/permissions/step-permissions';

const MANAGEMENT = 'arn:aws:iam::222222222222:role/Meshfed';
const AUTOMATION = 'arn:aws:iam::333333333333:role/Automation';
const CENTER = 'arn:aws:iam::555555555555:role/center/Center';

describe('the functions that a role trusts', () => {
  const inManagement = {
    Create: ['CreateAccount', 'ImportAccount', 'CloseAccount'],
    Arrange: ['EnsureWorkspaceUnit', 'OpenAccount', 'MoveAccount', 'TagAccount'],
    ControlTower: ['EnrollAccount', 'UnenrollAccount', 'RollOut'],
    IdentityCenter: ['RevokeAccess', 'PrepareAccess', 'GrantAccess', 'CheckGrants', 'CheckGroups'],
    Read: [
      'AwaitCreationTurn',
      'AwaitEnrollmentTurn',
      'CheckAccount',
      'CheckAccess',
      'CheckEnrollment',
      'CheckExternalAvm',
      'GuardAccount',
      'AwaitClosingTurn',
      'CheckClosure',
      'AdoptAccounts',
      'PreviewChanges',
      'RunPreflight',
    ],
    Enter: [
      'ImportAccount',
      'RevokeAccess',
      'CheckAccess',
      'OpenAccount',
      'SetAccountAlias',
      'GrantAccess',
      'DowngradeAccessRole',
      'ConfirmDowngrade',
      'PreviewChanges',
    ],
    // PrepareAccess gives access to new accounts alone, of which the management account is none.
    Management: ['RevokeAccess', 'CheckGrants', 'CheckGroups'],
  };

  const inAutomation = {
    StackSets: ['RemoveStackInstances', 'DeployStackInstances'],
    Functions: ['InvokeLandingZoneFunction'],
    Customizations: ['CustomizeAccount', 'CheckCustomizations'],
    Read: [
      'AwaitStackSetTurn',
      'AwaitWithdrawalTurn',
      'CheckRemoval',
      'CheckStackInstances',
      'PreviewChanges',
      'RunPreflight',
    ],
  };

  /** A step that is added later need not be named here, too. */
  const known = new Set([inManagement, inAutomation].flatMap((one) => Object.values(one).flat()));
  const named = (functions: readonly string[]) => functions.filter((name) => known.has(name));

  it('in the management account are those of its class, and for a few two classes', () => {
    const classes = managementClassesIn({ managementAccountAccess: {} });
    expect(Object.fromEntries(classes.map((one) => [one, named(functionsInManagement(one))]))).toEqual(inManagement);
    expect(classes.filter((one) => one !== 'Management')).toEqual(managementClassesIn({}));
  });

  it('in the automation account are those of its class', () => {
    const classes = AUTOMATION_CLASSES.map((one) => [one, named(functionsInAutomation(one))]);
    expect(Object.fromEntries(classes)).toEqual(inAutomation);
  });

  it('are known by their names', () => {
    expect(['TagAccount', 'RollOut', 'Intake', 'GetVending'].filter(isActingFunction)).toEqual([
      'TagAccount',
      'RollOut',
    ]);
  });
});

describe('what a role may do', () => {
  const WRITES = /:(?!BatchGet|Describe|Get|List|Search|Simulate)/u;
  const writesOf = (actions: ReadonlySet<string>) => [...actions].filter((action) => WRITES.test(action)).toSorted();

  it.each([
    ['Create', ['organizations:CloseAccount', 'organizations:CreateAccount', 'organizations:TagResource']],
    [
      'Arrange',
      [
        'organizations:CreateOrganizationalUnit',
        'organizations:MoveAccount',
        'organizations:TagResource',
        'organizations:UntagResource',
      ],
    ],
    [
      'IdentityCenter',
      [
        'identitystore:CreateGroup',
        'identitystore:CreateGroupMembership',
        'identitystore:DeleteGroup',
        'identitystore:DeleteGroupMembership',
        'sso:CreateAccountAssignment',
        'sso:DeleteAccountAssignment',
      ],
    ],
    ['Read', []],
    ['Enter', ['sts:AssumeRole']],
  ] as const)('in the management account are, of what changes anything, the calls of its class: %s', (one, writes) => {
    expect(writesOf(actionsInManagement(one))).toEqual(writes);
  });

  it.each([
    [
      'StackSets',
      [
        'cloudformation:CreateStackInstances',
        'cloudformation:DeleteStackInstances',
        'cloudformation:UpdateStackInstances',
      ],
    ],
    ['Functions', ['lambda:InvokeFunction']],
    ['Customizations', ['codebuild:StartBuild', 'codebuild:StopBuild']],
    ['Read', []],
  ] as const)('in the automation account are, of what changes anything, the calls of its class: %s', (one, writes) => {
    expect(writesOf(actionsInAutomation(one))).toEqual(writes);
  });

  it('is nothing but the way into member accounts where it leads there', () => {
    expect([...actionsInManagement('Enter')]).toEqual(['sts:AssumeRole']);
    expect([...actionsInAutomation('Functions')]).toEqual(['lambda:InvokeFunction']);
  });
});

describe('the roles that a function is told of', () => {
  const told = (name: string, changes: object = {}) =>
    serviceRoleArns(name, { managementRoleArn: MANAGEMENT, automationRoleArn: AUTOMATION, ...changes });

  it.each([
    ['Intake', {}, {}],
    ['TagAccount', {}, { MANAGEMENT_ROLE_ARN: `${MANAGEMENT}-Arrange` }],
    ['CustomizeAccount', {}, { AUTOMATION_ROLE_ARN: `${AUTOMATION}-Customizations` }],
    ['SetAccountAlias', {}, { MEMBER_ENTRY_ROLE_ARN: `${MANAGEMENT}-Enter` }],
    [
      'PreviewChanges',
      { identityCenterRoleArn: CENTER, givesManagementAccess: true },
      {
        MANAGEMENT_ROLE_ARN: `${MANAGEMENT}-Read`,
        MEMBER_ENTRY_ROLE_ARN: `${MANAGEMENT}-Enter`,
        AUTOMATION_ROLE_ARN: `${AUTOMATION}-Read`,
      },
    ],
    ['CheckGroups', {}, { MANAGEMENT_ROLE_ARN: `${MANAGEMENT}-IdentityCenter` }],
    [
      'CheckGroups',
      { identityCenterRoleArn: CENTER, givesManagementAccess: true },
      {
        MANAGEMENT_ROLE_ARN: `${MANAGEMENT}-IdentityCenter`,
        IDENTITY_CENTER_ROLE_ARN: CENTER,
        MANAGEMENT_ACCESS_ROLE_ARN: `${MANAGEMENT}-Management`,
      },
    ],
    ['PrepareAccess', { givesManagementAccess: true }, { MANAGEMENT_ROLE_ARN: `${MANAGEMENT}-IdentityCenter` }],
  ])('are those of its class and no others: %s, with %j', (name, changes, roles) => {
    expect(told(name, changes)).toStrictEqual(roles);
  });

  it('are named after those of the configuration', () => {
    expect(classRoleArn(MANAGEMENT, 'Create')).toBe(`${MANAGEMENT}-Create`);
    expect(identityCenterReadRoleArn(CENTER)).toBe(`${CENTER}-Read`);
    const longest = `arn:aws:iam::555555555555:role/path/${'x'.repeat(59)}`;
    expect([identityCenterReadRoleArn(longest), identityCenterReadRoleArn(`${longest}x`)]).toEqual([
      `${longest}-Read`,
      undefined,
    ]);
  });
});
