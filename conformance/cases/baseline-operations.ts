import { answers, asMember, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, list, matches, text, time, type Pattern } from '../pattern';

const OF_UNIT = { filter: { targetIdentifiers: ['{{registeredArn}}'] } };
const found = answers('ListEnabledBaselines', OF_UNIT, { enabledBaselines: count(1) }, { save: 'found' });
const BASELINE = { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}' };
const NO_BASELINE = { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}0' };

/** Refused while another operation of Control Tower is carried out. */
const reset: Step = answers(
  'ResetEnabledBaseline',
  BASELINE,
  { operationIdentifier: matches(/^[0-9a-f-]{36}$/u) },
  { save: 'reset', within: 3600 },
);
const operation = (more: Pattern, details = {}): Step =>
  answers(
    'GetBaselineOperation',
    { operationIdentifier: '{{reset.operationIdentifier}}' },
    { baselineOperation: more },
    details,
  );
const ended = operation({ status: 'SUCCEEDED' }, { within: 7200 });

export const baselineOperations: CaseGroup = {
  service: 'controltower',
  cases: [
    {
      name: 'the baseline of a unit is reset, later',
      evidence: 'controltower API_ResetEnabledBaseline, API_GetBaselineOperation, API_BaselineOperation',
      steps: [
        found,
        reset,
        operation({
          operationIdentifier: '{{reset.operationIdentifier}}',
          operationType: 'RESET_ENABLED_BASELINE',
          status: 'IN_PROGRESS',
          startTime: time,
          endTime: absent,
        }),
        answers('ListEnabledBaselines', OF_UNIT, {
          enabledBaselines: [
            {
              statusSummary: { status: 'UNDER_CHANGE', lastOperationIdentifier: '{{reset.operationIdentifier}}' },
            },
          ],
        }),
        operation({ status: 'SUCCEEDED', endTime: time, statusMessage: absent }, { within: 7200 }),
        answers(
          'ListEnabledBaselines',
          OF_UNIT,
          {
            enabledBaselines: [
              {
                arn: '{{found.enabledBaselines.0.arn}}',
                baselineVersion: '{{found.enabledBaselines.0.baselineVersion}}',
                statusSummary: { status: 'SUCCEEDED', lastOperationIdentifier: '{{reset.operationIdentifier}}' },
              },
            ],
          },
          { within: 600 },
        ),
      ],
      cleanup: [ended],
    },
    {
      name: 'one operation on baselines is carried out at a time',
      evidence: 'controltower API_ResetEnabledBaseline: ConflictException; userguide limits',
      steps: [
        found,
        reset,
        refuses('ResetEnabledBaseline', BASELINE, 'ConflictException'),
        refuses(
          'UpdateEnabledBaseline',
          { ...BASELINE, baselineVersion: '{{found.enabledBaselines.0.baselineVersion}}' },
          ['ConflictException', 'ValidationException'],
        ),
        ended,
      ],
      cleanup: [ended],
    },
    {
      name: 'a baseline has the versions that there are',
      evidence: 'controltower API_UpdateEnabledBaseline: ValidationException; table-of-baselines',
      steps: [
        found,
        refuses('UpdateEnabledBaseline', { ...BASELINE, baselineVersion: '0.9' }, 'ValidationException'),
        answers('ListEnabledBaselines', OF_UNIT, {
          enabledBaselines: [{ baselineVersion: '{{found.enabledBaselines.0.baselineVersion}}' }],
        }),
      ],
    },
    {
      name: 'what is not enabled is neither reset nor updated',
      evidence: 'controltower API_ResetEnabledBaseline, API_UpdateEnabledBaseline: ResourceNotFoundException',
      steps: [
        found,
        refuses('ResetEnabledBaseline', NO_BASELINE, ['ResourceNotFoundException', 'ValidationException']),
        refuses(
          'UpdateEnabledBaseline',
          { ...NO_BASELINE, baselineVersion: '{{found.enabledBaselines.0.baselineVersion}}' },
          ['ResourceNotFoundException', 'ValidationException'],
        ),
        refuses('ResetEnabledBaseline', BASELINE, ['ResourceNotFoundException', 'ValidationException'], {
          region: '{{otherRegion}}',
        }),
      ],
    },
    {
      name: 'an operation that is not there is not told of',
      evidence: 'controltower API_GetBaselineOperation, API_GetLandingZoneOperation: ResourceNotFoundException',
      steps: [
        refuses('GetBaselineOperation', { operationIdentifier: '{{noUuid}}' }, 'ResourceNotFoundException'),
        refuses('GetLandingZoneOperation', { operationIdentifier: '{{noUuid}}' }, 'ResourceNotFoundException'),
        refuses('GetBaselineOperation', { operationIdentifier: 'operation' }, 'ValidationException'),
      ],
    },
    {
      name: 'operations on the landing zone come in pages of 100 at most',
      evidence: 'controltower API_ListLandingZoneOperations: maxResults',
      steps: [
        answers('ListLandingZoneOperations', {}, { landingZoneOperations: list }),
        answers('ListLandingZoneOperations', { maxResults: 100 }),
        refuses('ListLandingZoneOperations', { maxResults: 101 }, 'ValidationException'),
        refuses('ListLandingZoneOperations', { maxResults: 0 }, 'ValidationException'),
      ],
    },
    {
      name: 'enabled baselines are found by their baseline',
      evidence: 'controltower API_EnabledBaselineFilter: baselineIdentifiers, parentIdentifiers',
      steps: [
        found,
        answers(
          'ListBaselines',
          {},
          {
            baselines: includes({
              name: 'AWSControlTowerBaseline',
              arn: '{{found.enabledBaselines.0.baselineIdentifier}}',
            }),
          },
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { baselineIdentifiers: ['{{found.enabledBaselines.0.baselineIdentifier}}'] } },
          { enabledBaselines: includes({ targetIdentifier: '{{registeredArn}}' }) },
        ),
        answers(
          'ListEnabledBaselines',
          {
            filter: {
              baselineIdentifiers: ['{{found.enabledBaselines.0.baselineIdentifier}}0'],
              targetIdentifiers: ['{{registeredArn}}'],
            },
          },
          { enabledBaselines: count(0) },
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { parentIdentifiers: ['{{found.enabledBaselines.0.arn}}0'] }, includeChildren: true },
          { enabledBaselines: count(0) },
        ),
        answers(
          'ListEnabledBaselines',
          { filter: { parentIdentifiers: ['{{found.enabledBaselines.0.arn}}'] }, includeChildren: true },
          { enabledBaselines: excludes({ targetIdentifier: '{{registeredArn}}' }) },
        ),
      ],
    },
    {
      name: 'a unit that is not registered has no controls',
      evidence: 'controltower API_ListEnabledControls: targetIdentifier',
      steps: [
        answers('organizations:DescribeOrganizationalUnit', { OrganizationalUnitId: '{{unit}}' }, {}, { save: 'own' }),
        answers(
          'ListEnabledControls',
          { targetIdentifier: '{{own.OrganizationalUnit.Arn}}' },
          { enabledControls: count(0) },
        ),
        answers(
          'ListEnabledControls',
          {},
          {
            enabledControls: excludes({ targetIdentifier: '{{own.OrganizationalUnit.Arn}}' }),
          },
        ),
        answers('ListEnabledControls', { includeChildren: true }, { enabledControls: list }),
      ],
    },
    {
      name: 'controls come page by page',
      evidence: 'controltower API_ListEnabledControls: maxResults, nextToken',
      steps: [
        answers(
          'ListEnabledControls',
          { maxResults: 1 },
          { enabledControls: count(1), nextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListEnabledControls',
          { maxResults: 1, nextToken: '{{page.nextToken}}' },
          { enabledControls: excludes({ arn: '{{page.enabledControls.0.arn}}' }) },
        ),
        refuses('ListEnabledControls', { nextToken: 'nothing' }, 'ValidationException'),
      ],
    },
    {
      name: 'a landing zone tells in its manifest what it governs, and shares',
      evidence: 'controltower userguide lz-manifest-file, lz-api-launch',
      steps: [
        answers(
          'GetLandingZone',
          { landingZoneIdentifier: '{{landingZone}}' },
          {
            landingZone: {
              status: 'ACTIVE',
              driftStatus: { status: matches(/^(?:IN_SYNC|DRIFTED)$/u) },
              manifest: {
                governedRegions: includes('{{region}}'),
                accessManagement: { enabled: { $is: 'boolean' } },
              },
            },
          },
        ),
      ],
    },
    {
      name: 'a member has neither baselines nor controls',
      evidence: 'controltower API_ListEnabledBaselines: in the management account',
      steps: asMember([
        answers('ListEnabledBaselines', {}, { enabledBaselines: count(0) }),
        answers('ListBaselines', {}, { baselines: list }),
      ]),
    },
  ],
};
