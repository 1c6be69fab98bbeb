import { answers, asMember, by, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, type Pattern } from '../pattern';

const OTHER_UNIT = answers(
  'organizations:DescribeOrganizationalUnit',
  { OrganizationalUnitId: '{{otherRegisteredId}}' },
  {},
  { save: 'other' },
);

const moved = (account: string, from: string, to: string, details = {}): Step =>
  answers(
    'organizations:MoveAccount',
    { AccountId: `{{${account}}}`, SourceParentId: `{{${from}}}`, DestinationParentId: `{{${to}}}` },
    {},
    details,
  );
const described = (account: string, save = account): Step =>
  answers('organizations:DescribeAccount', { AccountId: `{{${account}}}` }, {}, { save: `${save}Own` });
const baselinesOf = (account: string, enabledBaselines: Pattern, details = {}): Step =>
  answers(
    'ListEnabledBaselines',
    { filter: { targetIdentifiers: [`{{${account}Own.Account.Arn}}`] }, includeChildren: true },
    { enabledBaselines },
    details,
  );
/** What a moved account names as its parent AWS's pages tell differently; it is none that it was never in. */
const namesNoOther = (account: string, ...parents: readonly string[]): Step =>
  answers(
    'ListEnabledBaselines',
    { filter: { targetIdentifiers: [`{{${account}Own.Account.Arn}}`] }, includeChildren: true },
    { enabledBaselines: excludes({ parentIdentifier: { $matches: `^(?!(?:${parents.join('|')})$)` } }) },
  );
const unitIs = (arn: string, status: string): Step =>
  answers(
    'ListEnabledBaselines',
    { filter: { targetIdentifiers: [arn] } },
    { enabledBaselines: [{ driftStatusSummary: { types: { inheritance: { status } } } }] },
  );
const LATER = { within: 7200 };
const state = (status: string): Pattern => [{ statusSummary: { status } }];
const FOUND: readonly Step[] = [
  answers(
    'ListEnabledBaselines',
    { filter: { targetIdentifiers: ['{{registeredArn}}'] } },
    { enabledBaselines: count(1) },
    { save: 'found' },
  ),
  OTHER_UNIT,
  answers(
    'ListEnabledBaselines',
    { filter: { targetIdentifiers: ['{{other.OrganizationalUnit.Arn}}'] } },
    { enabledBaselines: count(1) },
    { save: 'otherFound' },
  ),
];
const PARENT = '{{found.enabledBaselines.0.arn}}';
const OTHER_PARENT = '{{otherFound.enabledBaselines.0.arn}}';
const EXECUTION = { RoleName: 'AWSControlTowerExecution' };
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:{{partition}}:iam::{{management}}:root' }, Action: 'sts:AssumeRole' },
  ],
});
const updatesTo = (baselineVersion: string, error: string): Step =>
  refuses(
    'UpdateEnabledBaseline',
    { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}', baselineVersion },
    error,
  );
const controlsOf = (account: string, enabledControls: Pattern): Step =>
  answers(
    'ListEnabledControls',
    { targetIdentifier: `{{${account}Own.Account.Arn}}`, includeChildren: true },
    { enabledControls },
  );

/** Moves one account in, sees how its enrollment ends, and moves it out again. */
const enrolledAs = (account: string, status: string): readonly Step[] => [
  described(account),
  moved(account, 'root', 'registeredId'),
  baselinesOf(account, state('UNDER_CHANGE')),
  baselinesOf(account, state(status), LATER),
  moved(account, 'registeredId', 'root'),
  baselinesOf(account, count(0), LATER),
];
const isOut = (account: string): Step => moved(account, 'registeredId', 'root');

export const automaticEnrollment: CaseGroup = {
  service: 'controltower',
  organization: 'auto-enrollment',
  cases: [
    {
      name: 'an account that is moved into a registered unit is enrolled, and let go when it is moved out',
      evidence: 'controltower userguide account-auto-enrollment, unmanage-account; API_EnabledBaselineDriftTypes',
      steps: [
        ...FOUND,
        described('member'),
        answers(
          'GetLandingZone',
          { landingZoneIdentifier: '{{landingZone}}' },
          { landingZone: { remediationTypes: ['INHERITANCE_DRIFT'] } },
        ),
        ...asMember([answers('iam:CreateRole', { ...EXECUTION, AssumeRolePolicyDocument: TRUST }, {}, { within: 60 })]),
        baselinesOf('member', count(0)),
        controlsOf('member', count(0)),
        moved('member', 'root', 'registeredId'),
        baselinesOf('member', [
          {
            parentIdentifier: PARENT,
            baselineIdentifier: '{{found.enabledBaselines.0.baselineIdentifier}}',
            baselineVersion: '{{found.enabledBaselines.0.baselineVersion}}',
            statusSummary: { status: 'UNDER_CHANGE' },
          },
        ]),
        controlsOf('member', count(1)),
        baselinesOf(
          'member',
          [
            {
              parentIdentifier: PARENT,
              statusSummary: { status: 'SUCCEEDED' },
              driftStatusSummary: { types: { inheritance: { status: 'IN_SYNC' } } },
            },
          ],
          LATER,
        ),
        controlsOf('member', count(1)),
        ...asMember([answers('iam:GetRole', EXECUTION)]),
        moved('member', 'registeredId', 'root'),
        baselinesOf('member', state('UNDER_CHANGE')),
        baselinesOf('member', count(0), LATER),
        controlsOf('member', count(0)),
        ...asMember([refuses('iam:GetRole', EXECUTION, 'NoSuchEntityException')]),
        answers('organizations:ListParents', { ChildId: '{{member}}' }, { Parents: [{ Id: '{{root}}' }] }),
      ],
      cleanup: [isOut('member'), ...asMember([answers('iam:DeleteRole', EXECUTION)])],
    },
    {
      name: 'an account that is moved to another registered unit gets the baseline of that',
      evidence: 'controltower userguide account-auto-enrollment: moves between registered units',
      steps: [
        ...FOUND,
        described('member'),
        moved('member', 'root', 'registeredId'),
        baselinesOf('member', state('SUCCEEDED'), LATER),
        moved('member', 'registeredId', 'otherRegisteredId'),
        baselinesOf('member', [{ parentIdentifier: OTHER_PARENT, statusSummary: { status: 'UNDER_CHANGE' } }]),
        baselinesOf('member', [{ parentIdentifier: OTHER_PARENT, statusSummary: { status: 'SUCCEEDED' } }], LATER),
        answers(
          'ListEnabledBaselines',
          { filter: { parentIdentifiers: [PARENT] }, includeChildren: true },
          { enabledBaselines: excludes({ targetIdentifier: '{{memberOwn.Account.Arn}}' }) },
        ),
        moved('member', 'otherRegisteredId', 'unit'),
        baselinesOf('member', state('UNDER_CHANGE')),
        baselinesOf('member', count(0), LATER),
        moved('member', 'unit', 'root'),
        baselinesOf('member', count(0)),
      ],
      cleanup: [isOut('member'), moved('member', 'otherRegisteredId', 'root'), moved('member', 'unit', 'root')],
    },
    {
      name: 'of two accounts that are moved into one unit at once the second fails',
      evidence: 'controltower userguide limits: one move at a time into a unit',
      steps: [
        ...FOUND,
        described('spareOne'),
        described('spareTwo'),
        described('spareThree'),
        moved('spareOne', 'root', 'registeredId'),
        moved('spareTwo', 'root', 'registeredId'),
        moved('spareThree', 'root', 'otherRegisteredId'),
        baselinesOf('spareOne', [{ parentIdentifier: PARENT, statusSummary: { status: 'SUCCEEDED' } }], LATER),
        baselinesOf('spareTwo', state('FAILED'), LATER),
        baselinesOf('spareThree', state('SUCCEEDED'), LATER),
        controlsOf('spareTwo', count(0)),
        // One that leaves is in the way of none that comes.
        moved('spareThree', 'otherRegisteredId', 'root'),
        baselinesOf('spareThree', state('UNDER_CHANGE')),
        moved('spareTwo', 'registeredId', 'otherRegisteredId'),
        baselinesOf('spareTwo', state('UNDER_CHANGE')),
        baselinesOf('spareTwo', state('SUCCEEDED'), LATER),
        isOut('spareOne'),
        moved('spareTwo', 'otherRegisteredId', 'root'),
        baselinesOf('spareOne', count(0), LATER),
        baselinesOf('spareTwo', count(0), LATER),
        baselinesOf('spareThree', count(0), LATER),
      ],
      cleanup: [
        isOut('spareOne'),
        isOut('spareTwo'),
        moved('spareTwo', 'otherRegisteredId', 'root'),
        moved('spareThree', 'otherRegisteredId', 'root'),
      ],
    },
    {
      name: 'an account with AWS Config of its own, or without STS, is moved and not enrolled',
      evidence: 'controltower userguide existing-config-resources, common-eg-failures',
      steps: [
        ...enrolledAs('recorded', 'FAILED'),
        ...enrolledAs('delivered', 'FAILED'),
        ...enrolledAs('silent', 'FAILED'),
        ...enrolledAs('kept', 'SUCCEEDED'),
      ],
      cleanup: ['recorded', 'delivered', 'silent', 'kept'].map(isOut),
    },
    {
      name: 'the last of several moves counts',
      evidence: 'controltower userguide account-auto-enrollment, limits',
      steps: [
        ...FOUND,
        described('member'),
        moved('member', 'root', 'registeredId'),
        moved('member', 'registeredId', 'root'),
        baselinesOf('member', state('UNDER_CHANGE')),
        baselinesOf('member', count(0), LATER),
        answers('ListLandingZones', {}, {}, { after: 3600 }),
        baselinesOf('member', count(0)),
        moved('member', 'root', 'registeredId'),
        baselinesOf('member', state('SUCCEEDED'), LATER),
        moved('member', 'registeredId', 'root'),
        moved('member', 'root', 'otherRegisteredId'),
        baselinesOf('member', [{ parentIdentifier: OTHER_PARENT, statusSummary: { status: 'UNDER_CHANGE' } }]),
        answers('ListLandingZones', {}, {}, { after: 7200 }),
        baselinesOf('member', [
          { parentIdentifier: OTHER_PARENT, statusSummary: { status: matches(/^(?:SUCCEEDED|FAILED)$/u) } },
        ]),
      ],
      cleanup: [isOut('member'), moved('member', 'otherRegisteredId', 'root')],
    },
  ],
};

export const olderLandingZone: CaseGroup = {
  service: 'controltower',
  organization: 'older-landing-zone',
  cases: [
    {
      name: 'an older landing zone says its version, and which one there is',
      evidence: 'controltower API_GetLandingZone: version, latestAvailableVersion; lz-manifest-file',
      steps: [
        answers(
          'GetLandingZone',
          { landingZoneIdentifier: '{{landingZone}}' },
          {
            landingZone: {
              version: '3.3',
              latestAvailableVersion: '4.0',
              remediationTypes: absent,
              manifest: { centralizedLogging: { accountId: '{{logArchive}}', enabled: true } },
            },
          },
        ),
        answers('ListLandingZoneOperations', {}, { landingZoneOperations: count(0) }),
        answers('ListLandingZones', { maxResults: 1 }, { landingZones: [{ arn: '{{landingZone}}' }] }),
        refuses('ListLandingZones', { maxResults: 2 }, 'ValidationException'),
      ],
    },
    {
      name: 'a unit keeps an older version of its baseline, until it is updated, and not those below it, to one of its landing zone',
      evidence:
        'controltower userguide table-of-baselines, governance-drift; API_UpdateEnabledBaseline: ValidationException',
      steps: [
        OTHER_UNIT,
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{other.OrganizationalUnit.Arn}}'] } },
          { enabledBaselines: [{ baselineVersion: '3.0', statusSummary: { lastOperationIdentifier: absent } }] },
          { save: 'found' },
        ),
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{otherNestedId}}' },
          {},
          { save: 'nested' },
        ),
        // It would go with landing zone 4.0.
        updatesTo('5.0', 'ValidationException'),
        updatesTo('2.5', 'ValidationException'),
        described('spareTwo'),
        moved('spareTwo', 'root', 'otherRegisteredId'),
        baselinesOf('spareTwo', count(0)),
        answers(
          'UpdateEnabledBaseline',
          { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}', baselineVersion: '4.0' },
          {},
          { save: 'update' },
        ),
        answers(
          'GetBaselineOperation',
          { operationIdentifier: '{{update.operationIdentifier}}' },
          { baselineOperation: { operationType: 'UPDATE_ENABLED_BASELINE', status: 'SUCCEEDED' } },
          LATER,
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{other.OrganizationalUnit.Arn}}'] } },
          { enabledBaselines: [{ baselineVersion: '4.0', statusSummary: { status: 'SUCCEEDED' } }] },
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{nested.OrganizationalUnit.Arn}}'] } },
          { enabledBaselines: [{ baselineVersion: '3.0', statusSummary: { lastOperationIdentifier: absent } }] },
        ),
        baselinesOf('spareTwo', [
          {
            parentIdentifier: PARENT,
            baselineVersion: '4.0',
            statusSummary: { status: 'SUCCEEDED', lastOperationIdentifier: '{{update.operationIdentifier}}' },
          },
        ]),
        updatesTo('3.0', 'ValidationException'),
        moved('spareTwo', 'otherRegisteredId', 'root'),
        baselinesOf('spareTwo', [{ driftStatusSummary: { types: { inheritance: { status: 'DRIFTED' } } } }]),
        namesNoOther('spareTwo', PARENT),
        moved('spareTwo', 'root', 'controlledId'),
        namesNoOther('spareTwo', PARENT),
        moved('spareTwo', 'controlledId', 'root'),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{registeredArn}}'] } },
          { enabledBaselines: [{ baselineVersion: '4.0', statusSummary: { lastOperationIdentifier: absent } }] },
        ),
      ],
      cleanup: [moved('spareTwo', 'otherRegisteredId', 'root'), moved('spareTwo', 'controlledId', 'root')],
    },
    {
      name: 'a unit puts the baseline that it has on its accounts, be it that of a registered unit or another',
      evidence: 'controltower userguide types-of-baselines, importing-existing; API_ResetEnabledBaseline',
      steps: [
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{configuredId}}' },
          {},
          { save: 'configured' },
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{configured.OrganizationalUnit.Arn}}'] } },
          { enabledBaselines: count(1) },
          { save: 'found' },
        ),
        described('spareThree'),
        moved('spareThree', 'root', 'configuredId'),
        baselinesOf('spareThree', count(0)),
        answers('ResetEnabledBaseline', { enabledBaselineIdentifier: PARENT }, {}, { save: 'reset', within: 3600 }),
        answers(
          'GetBaselineOperation',
          { operationIdentifier: '{{reset.operationIdentifier}}' },
          { baselineOperation: { status: 'SUCCEEDED', operationType: 'RESET_ENABLED_BASELINE' } },
          LATER,
        ),
        baselinesOf('spareThree', [
          {
            parentIdentifier: PARENT,
            baselineIdentifier: '{{found.enabledBaselines.0.baselineIdentifier}}',
            statusSummary: { status: 'SUCCEEDED', lastOperationIdentifier: '{{reset.operationIdentifier}}' },
          },
        ]),
      ],
      cleanup: [moved('spareThree', 'configuredId', 'root')],
    },
    {
      name: 'a unit has another baseline, or controls alone, without being registered',
      evidence: 'controltower userguide types-of-baselines, importing-existing',
      steps: [
        answers('ListBaselines', {}, {}, { save: 'all' }),
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{configuredId}}' },
          {},
          { save: 'configured' },
        ),
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{controlledId}}' },
          {},
          { save: 'controlled' },
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{configured.OrganizationalUnit.Arn}}'] } },
          { enabledBaselines: count(1) },
          { save: 'found' },
        ),
        answers(
          'ListBaselines',
          {},
          {
            baselines: includes({
              name: 'ConfigBaseline',
              arn: '{{found.enabledBaselines.0.baselineIdentifier}}',
            }),
          },
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{controlled.OrganizationalUnit.Arn}}'] } },
          { enabledBaselines: count(0) },
        ),
        answers(
          'ListEnabledControls',
          { targetIdentifier: '{{controlled.OrganizationalUnit.Arn}}' },
          { enabledControls: count(1) },
        ),
        answers(
          'ListEnabledControls',
          { targetIdentifier: '{{configured.OrganizationalUnit.Arn}}' },
          { enabledControls: count(0) },
        ),
        described('member'),
        moved('member', 'root', 'controlledId'),
        controlsOf('member', count(1)),
        answers(
          'ListEnabledControls',
          {},
          {
            enabledControls: excludes({ targetIdentifier: '{{memberOwn.Account.Arn}}' }),
          },
        ),
        moved('member', 'controlledId', 'root'),
        controlsOf('member', count(0)),
        ...by('member', refuses('ListEnabledControls', {}, 'ResourceNotFoundException')),
      ],
      cleanup: [moved('member', 'controlledId', 'root')],
    },
    {
      name: 'accounts of a unit get its baseline again, and those that have left it do not',
      evidence:
        'controltower API_ResetEnabledBaseline, API_EnabledBaselineDriftTypes; ' +
        'userguide common-eg-failures: some accounts may fail',
      steps: [
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{registeredArn}}'] } },
          {},
          { save: 'found' },
        ),
        OTHER_UNIT,
        answers(
          'organizations:DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{otherNestedId}}' },
          {},
          { save: 'nested' },
        ),
        described('member'),
        described('spareOne'),
        moved('member', 'root', 'registeredId'),
        moved('spareOne', 'root', 'registeredId'),
        baselinesOf('member', count(0)),
        answers('ResetEnabledBaseline', { enabledBaselineIdentifier: PARENT }, {}, { save: 'reset', within: 3600 }),
        moved('spareOne', 'registeredId', 'root'),
        answers(
          'GetBaselineOperation',
          { operationIdentifier: '{{reset.operationIdentifier}}' },
          { baselineOperation: { status: 'SUCCEEDED', statusMessage: absent } },
          LATER,
        ),
        baselinesOf('member', [
          {
            parentIdentifier: PARENT,
            statusSummary: { status: 'SUCCEEDED', lastOperationIdentifier: '{{reset.operationIdentifier}}' },
            driftStatusSummary: { types: { inheritance: { status: 'IN_SYNC' } } },
          },
        ]),
        baselinesOf('spareOne', count(0)),
        answers(
          'ListEnabledBaselines',
          {},
          {
            enabledBaselines: excludes({ targetIdentifier: '{{memberOwn.Account.Arn}}' }),
          },
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { parentIdentifiers: [PARENT] }, includeChildren: true },
          { enabledBaselines: includes({ targetIdentifier: '{{memberOwn.Account.Arn}}' }) },
        ),
        unitIs('{{registeredArn}}', 'IN_SYNC'),
        answers(
          'ListEnabledBaselines',
          { filter: { targetIdentifiers: ['{{memberOwn.Account.Arn}}'] }, includeChildren: true },
          {},
          { save: 'child' },
        ),
        // No write call takes it; with which error AWS does not say.
        refuses('ResetEnabledBaseline', { enabledBaselineIdentifier: '{{child.enabledBaselines.0.arn}}' }, [
          'ValidationException',
          'ConflictException',
          'ResourceNotFoundException',
        ]),
        moved('member', 'registeredId', 'otherRegisteredId'),
        baselinesOf('member', [{ driftStatusSummary: { types: { inheritance: { status: 'DRIFTED' } } } }]),
        unitIs('{{other.OrganizationalUnit.Arn}}', 'DRIFTED'),
        unitIs('{{nested.OrganizationalUnit.Arn}}', 'IN_SYNC'),
        answers(
          'ListEnabledBaselines',
          {},
          {
            enabledBaselines: includes({
              targetIdentifier: matches(/\/ou-/u),
              driftStatusSummary: { types: { inheritance: { status: 'DRIFTED' } } },
            }),
          },
        ),
        moved('recorded', 'root', 'registeredId'),
        answers('ResetEnabledBaseline', { enabledBaselineIdentifier: PARENT }, {}, { save: 'reset', within: 3600 }),
        answers(
          'GetBaselineOperation',
          { operationIdentifier: '{{reset.operationIdentifier}}' },
          { baselineOperation: { status: matches(/^(?:SUCCEEDED|FAILED)$/u), statusMessage: matches(/./u) } },
          LATER,
        ),
        described('recorded'),
        baselinesOf('recorded', state('FAILED')),
      ],
      cleanup: [isOut('member'), isOut('spareOne'), isOut('recorded'), moved('member', 'otherRegisteredId', 'root')],
    },
  ],
};
