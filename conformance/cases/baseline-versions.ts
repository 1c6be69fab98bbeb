import { answers, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, matches } from '../pattern';

const ofTarget = (arn: string) => ({ filter: { targetIdentifiers: [arn] } });
const found: Step = answers(
  'ListEnabledBaselines',
  ofTarget('{{registeredArn}}'),
  { enabledBaselines: count(1) },
  { save: 'found' },
);
const BASELINE = { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}' };
const refusesVersion = (baselineVersion: string): Step =>
  refuses('UpdateEnabledBaseline', { ...BASELINE, baselineVersion }, 'ValidationException');
const ended = (saved: string): Step =>
  answers(
    'GetBaselineOperation',
    { operationIdentifier: `{{${saved}.operationIdentifier}}` },
    { baselineOperation: { status: 'SUCCEEDED' } },
    { within: 14_400 },
  );

export const baselineVersions: CaseGroup = {
  service: 'controltower',
  cases: [
    {
      name: 'a baseline goes neither back to an older version nor to one that there is not',
      evidence:
        'controltower userguide table-of-baselines: cannot be rolled back; baseline-api-examples; ' +
        'API_UpdateEnabledBaseline',
      steps: [
        found,
        ...['1.0', '2.0', '3.0', '4.0', '6.0', '5.1', '5.0.0', 'five', '5.0.0.0', ''].map(refusesVersion),
        refuses('UpdateEnabledBaseline', BASELINE, 'ValidationException'),
        refuses('UpdateEnabledBaseline', { baselineVersion: '5.0' }, 'ValidationException'),
        refuses('ResetEnabledBaseline', { enabledBaselineIdentifier: 'short' }, 'ValidationException'),
        answers('ListEnabledBaselines', ofTarget('{{registeredArn}}'), {
          enabledBaselines: [
            {
              arn: matches(/:enabledbaseline\/[0-9A-Z]+$/u),
              baselineVersion: matches(/^5\.0$/u),
              statusSummary: { status: 'SUCCEEDED' },
            },
          ],
        }),
      ],
    },
    {
      name: 'what is enabled is found by five targets, baselines or parents at most',
      evidence: 'controltower API_EnabledBaselineFilter: array members, 1 to 5 items of 20 to 2048 characters',
      steps: [
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: Array.from({ length: 5 }, () => '{{registeredArn}}') } },
          { enabledBaselines: count(1) },
        ),
        ...['targetIdentifiers', 'baselineIdentifiers', 'parentIdentifiers'].flatMap((name) => [
          refuses(
            'ListEnabledBaselines',
            { filter: { [name]: Array.from({ length: 6 }, () => '{{registeredArn}}') } },
            'ValidationException',
          ),
          refuses('ListEnabledBaselines', { filter: { [name]: [] } }, 'ValidationException'),
          refuses('ListEnabledBaselines', { filter: { [name]: ['short'] } }, 'ValidationException'),
        ]),
      ],
    },
  ],
};

const OTHER = { OrganizationalUnitId: '{{otherRegisteredId}}' };
const resets = (saved: string): Step =>
  answers(
    'ResetEnabledBaseline',
    { enabledBaselineIdentifier: `{{${saved}.enabledBaselines.0.arn}}` },
    {},
    { save: `${saved}Reset`, within: 3600 },
  );
const moved = (from: string, to: string): Step =>
  answers('organizations:MoveAccount', {
    AccountId: '{{some.Accounts.0.Id}}',
    SourceParentId: `{{${from}}}`,
    DestinationParentId: `{{${to}}}`,
  });

export const largeUnits: CaseGroup = {
  service: 'controltower',
  organization: 'large-units',
  cases: [
    {
      name: 'a landing zone without backups tells of none, and its accounts have no baseline for them',
      evidence: 'controltower userguide lz-api-launch: integrations may be off; types-of-baselines',
      steps: [
        answers(
          'GetLandingZone',
          { landingZoneIdentifier: '{{landingZone}}' },
          {
            landingZone: {
              manifest: {
                governedRegions: count(22),
                centralizedLogging: { accountId: '{{logArchive}}', enabled: true },
                securityRoles: { accountId: '{{audit}}', enabled: true },
                config: absent,
                backup: absent,
              },
            },
          },
        ),
        ...['config', 'centralBackup'].flatMap((account) => [
          answers('organizations:DescribeAccount', { AccountId: `{{${account}}}` }, {}, { save: 'own' }),
          answers('ListEnabledBaselines', ofTarget('{{own.Account.Arn}}'), { enabledBaselines: count(0) }),
        ]),
        answers(
          'ListEnabledBaselines',
          { maxResults: 100 },
          {
            enabledBaselines: excludes({
              targetIdentifier: { $matches: ':account/[^/]+/(?!(?:{{logArchive}}|{{audit}}|{{management}})$)' },
            }),
          },
        ),
      ],
    },
    {
      name: 'with 22 regions the baseline of a unit is put on 680 accounts, and not on 681',
      evidence:
        'controltower userguide region-stackset-limitations; API_ResetEnabledBaseline: ServiceQuotaExceededException',
      steps: [
        found,
        answers('organizations:DescribeOrganizationalUnit', OTHER, {}, { save: 'other' }),
        answers('ListEnabledBaselines', ofTarget('{{other.OrganizationalUnit.Arn}}'), {}, { save: 'larger' }),
        refuses(
          'ResetEnabledBaseline',
          { enabledBaselineIdentifier: '{{larger.enabledBaselines.0.arn}}' },
          'ServiceQuotaExceededException',
        ),
        resets('found'),
        ended('foundReset'),
        answers('organizations:ListAccountsForParent', { ParentId: '{{otherRegisteredId}}' }, {}, { save: 'some' }),
        moved('otherRegisteredId', 'root'),
        resets('larger'),
        ended('largerReset'),
      ],
      cleanup: [moved('root', 'otherRegisteredId')],
    },
  ],
};
