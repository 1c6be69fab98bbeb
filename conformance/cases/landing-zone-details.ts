import { answers, type CaseGroup, refuses } from '../case';
import { absent, count, excludes, includes, matches, text } from '../pattern';

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
      evidence: 'controltower API_ListEnabledBaselines; userguide types-of-baselines',
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
                arn: matches(/:enabledcontrol\//u),
                controlIdentifier: matches(/^arn:[^:]+:controltower:[a-z0-9-]+::control\//u),
              },
            ],
          },
        ),
      ],
    },
  ],
};
