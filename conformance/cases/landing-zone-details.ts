import { answers, asMember, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text } from '../pattern';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const roleMade = (RoleName: string): Step =>
  answers('iam:CreateRole', { RoleName, AssumeRolePolicyDocument: TRUST }, {}, { within: 120 });
const roleGone = (RoleName: string): Step => answers('iam:DeleteRole', { RoleName }, {}, { within: 120 });
const refused = (call: string, input: Step['input']): Step => refuses(call, input, 'AccessDenied', { within: 120 });
const moved = (SourceParentId: string, DestinationParentId: string): Step =>
  answers('organizations:MoveAccount', { AccountId: '{{member}}', SourceParentId, DestinationParentId });

const enabledOn = (account: string, name: string) => [
  answers('organizations:DescribeAccount', { AccountId: `{{${account}}}` }, {}, { save: 'own' }),
  answers(
    'ListEnabledBaselines',
    { filter: { targetIdentifiers: ['{{own.Account.Arn}}'] } },
    {
      enabledBaselines: [
        { baselineVersion: matches(/^\d/u), statusSummary: { status: 'SUCCEEDED' }, parentIdentifier: absent },
      ],
    },
    { save: 'on' },
  ),
  answers(
    'ListBaselines',
    {},
    {
      baselines: includes({ name, arn: '{{on.enabledBaselines.0.baselineIdentifier}}', description: text }),
    },
  ),
];

export const landingZoneDetails: CaseGroup = {
  service: 'controltower',
  cases: [
    {
      name: 'a landing zone names the accounts that it shares, and the regions that it governs',
      evidence: 'controltower userguide lz-manifest-file, lz-api-launch: 4.0',
      steps: [
        answers(
          'GetLandingZone',
          { landingZoneIdentifier: '{{landingZone}}' },
          {
            landingZone: {
              version: '4.0',
              latestAvailableVersion: '4.0',
              driftStatus: { status: 'IN_SYNC' },
              remediationTypes: absent,
              manifest: {
                governedRegions: ['{{region}}', text],
                accessManagement: { enabled: true },
                centralizedLogging: { accountId: '{{logArchive}}', enabled: true },
                securityRoles: { accountId: '{{audit}}', enabled: true },
                config: { accountId: '{{config}}', enabled: true },
                backup: { enabled: true, configurations: { centralBackup: { accountId: '{{centralBackup}}' } } },
              },
            },
          },
        ),
        answers('organizations:DescribeAccount', { AccountId: '{{management}}' }, {}, { save: 'own' }),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{own.Account.Arn}}'] } },
          { enabledBaselines: count(0) },
        ),
      ],
    },
    {
      name: 'the accounts that a landing zone shares have baselines of their own',
      evidence: 'controltower userguide types-of-baselines: service integration accounts',
      steps: [
        ...enabledOn('logArchive', 'LogArchiveBaseline'),
        ...enabledOn('audit', 'CentralSecurityRolesBaseline'),
        ...enabledOn('config', 'CentralConfigBaseline'),
        ...enabledOn('centralBackup', 'BackupCentralVaultBaseline'),
      ],
    },
    {
      name: 'roles of Control Tower are changed in an account of a registered unit by nobody else, elsewhere by anybody',
      evidence:
        'controltower controlreference mandatory-controls: AWS-GR_IAM_ROLE_CHANGE_PROHIBITED; ' +
        'userguide updating-account-factory-accounts: SCP-based controls of the destination',
      steps: [
        ...asMember([roleMade('aws-controltower-{{unique}}'), roleMade('stacksets-exec-{{unique}}')]),
        moved('{{root}}', '{{registeredId}}'),
        ...asMember([
          refused('iam:DeleteRole', { RoleName: 'aws-controltower-{{unique}}' }),
          refused('iam:UpdateAssumeRolePolicy', { RoleName: 'stacksets-exec-{{unique}}', PolicyDocument: TRUST }),
          refused('iam:CreateRole', { RoleName: '{{unique}}-AWSControlTower', AssumeRolePolicyDocument: TRUST }),
          answers('iam:GetRole', { RoleName: 'aws-controltower-{{unique}}' }),
          roleMade('{{unique}}'),
          roleGone('{{unique}}'),
        ]),
        moved('{{registeredId}}', '{{root}}'),
        ...asMember([roleGone('aws-controltower-{{unique}}'), roleGone('stacksets-exec-{{unique}}')]),
      ],
      cleanup: [
        moved('{{registeredId}}', '{{root}}'),
        ...asMember(
          ['aws-controltower-{{unique}}', 'stacksets-exec-{{unique}}', '{{unique}}-AWSControlTower', '{{unique}}'].map(
            roleGone,
          ),
        ),
      ],
    },
    {
      name: 'the last update of a landing zone is told, with its end',
      evidence: 'controltower API_ListLandingZoneOperations, API_GetLandingZoneOperation',
      steps: [
        answers(
          'ListLandingZoneOperations',
          {},
          { landingZoneOperations: [{ operationType: 'UPDATE', status: 'SUCCEEDED', operationIdentifier: text }] },
          { save: 'all' },
        ),
        answers('ListLandingZoneOperations', { maxResults: 1 }, { landingZoneOperations: count(1), nextToken: absent }),
        answers(
          'GetLandingZoneOperation',
          { operationIdentifier: '{{all.landingZoneOperations.0.operationIdentifier}}' },
          { operationDetails: { operationType: 'UPDATE', status: 'SUCCEEDED', endTime: '{{updatedAt}}' } },
        ),
        refuses('GetLandingZoneOperation', { operationIdentifier: '{{noUuid}}' }, 'ResourceNotFoundException'),
        answers('ListLandingZoneOperations', {}, { landingZoneOperations: count(0) }, { region: '{{otherRegion}}' }),
      ],
    },
    {
      name: 'a landing zone is told by the end of its ARN, too',
      evidence: 'controltower API_GetLandingZone: landingZoneIdentifier, an identifier or an ARN',
      steps: [
        answers('GetLandingZone', { landingZoneIdentifier: '{{landingZone}}' }, {}, { save: 'own' }),
        answers(
          'GetLandingZone',
          { landingZoneIdentifier: '{{landingZoneId}}' },
          { landingZone: { arn: '{{landingZone}}' } },
        ),
        refuses('GetLandingZone', { landingZoneIdentifier: '{{landingZoneId}}0' }, 'ResourceNotFoundException'),
        refuses('GetLandingZone', { landingZoneIdentifier: '{{landingZone}}' }, 'ResourceNotFoundException', {
          region: '{{otherRegion}}',
        }),
        refuses('GetLandingZone', { landingZoneIdentifier: '' }, 'ValidationException'),
      ],
    },
    {
      name: 'units that are not registered have no baseline',
      evidence:
        'controltower API_ListEnabledBaselines; userguide types-of-baselines; controlreference control-api-examples-short',
      steps: [
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{policyTarget}}' },
          {},
          { save: 'own' },
        ),
        answers(
          'ListEnabledBaselines',
          {},
          {
            enabledBaselines: excludes({ targetIdentifier: '{{own.OrganizationalUnit.Arn}}' }),
          },
        ),
        answers(
          'ListEnabledControls',
          {},
          {
            enabledControls: excludes({ targetIdentifier: '{{own.OrganizationalUnit.Arn}}' }),
          },
        ),
        answers(
          'ListEnabledControls',
          { targetIdentifier: '{{registeredArn}}' },
          {
            enabledControls: [
              {
                arn: matches(/:enabledcontrol\/[0-9A-Z]+$/u),
                controlIdentifier: matches(/^arn:[^:]+:controltower:[a-z0-9-]+::control\//u),
              },
            ],
          },
        ),
      ],
    },
  ],
};
