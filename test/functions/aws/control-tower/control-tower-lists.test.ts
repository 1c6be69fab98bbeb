import {
  controlTowerBaselines,
  controlTowerLandingZone,
} from '../../../../functions/aws/control-tower/control-tower-landing-zone';
import { awsError, type CannedAnswer } from '../../../fakes/canned-request-handler';
import { cannedCaller } from '../organization-world';

const REGION = 'eu-central-1';
const LANDING_ZONE = `arn:aws:controltower:${REGION}:222222222222:landingzone/1A2B3C4D`;
const [UNIT, ACCOUNT] = ['arn:aws:organizations::222222222222:ou/o-1/ou-1', 'arn:aws:organizations::2:account/o-1/4'];
const NAMES = {
  baselines: [
    { arn: 'b-tower', name: 'AWSControlTowerBaseline' },
    { arn: 'b-config', name: 'ConfigBaseline' },
    { arn: 'b-backup', name: 'BackupBaseline' },
  ],
};

const enabledOn = (targetIdentifier: string, changes: object = {}) => ({
  ...{ arn: `enabled/${targetIdentifier}`, baselineIdentifier: 'b-tower', targetIdentifier, statusSummary: {} },
  ...changes,
});

const isError = (one: object): one is CannedAnswer => 'body' in one;

/** Control Tower with the answers of a test. */
function answering(...answers: readonly object[]) {
  const { handler, session } = cannedCaller(...answers.map((one) => (isError(one) ? one : { body: one })));
  return {
    tower: controlTowerLandingZone(session, REGION),
    fleet: controlTowerBaselines(session, REGION),
    asked: () => handler.requests.map(({ path, body }) => [path, body]),
  };
}

describe('a landing zone', () => {
  const seen = { version: '3.3', status: 'ACTIVE', enrollsByItself: false, governedRegions: null, sharedAccounts: [] };
  const lookAt = (landingZone: object) => answering({ landingZones: [{ arn: LANDING_ZONE }] }, { landingZone });

  it('is nothing where there is none', async () => {
    const { tower, asked } = answering({ landingZones: [] });
    expect(await tower.landingZone()).toBeUndefined();
    expect(asked()).toEqual([['/list-landingzones', {}]]);
  });

  it('is asked for by its ARN', async () => {
    const { tower, asked } = lookAt({ version: '3.3', manifest: {} });
    expect(await tower.landingZone()).toEqual(seen);
    expect(asked()).toEqual([
      ['/list-landingzones', {}],
      ['/get-landingzone', { landingZoneIdentifier: LANDING_ZONE }],
    ]);
  });

  it.each([
    [{ status: 'PROCESSING' }, { status: 'PROCESSING' }],
    [{ remediationTypes: ['INHERITANCE_DRIFT'] }, { enrollsByItself: true }],
    [{ remediationTypes: ['ANOTHER'] }, { enrollsByItself: false }],
    [{ manifest: { governedRegions: [REGION, 'eu-west-1'] } }, { governedRegions: [REGION, 'eu-west-1'] }],
  ])('that says %j is read as %j', async (said, read) => {
    const { tower } = lookAt({ version: '3.3', manifest: null, ...said });
    expect(await tower.landingZone()).toEqual({ ...seen, ...read });
  });

  it('shares the accounts that its manifest names anywhere, each by the first part that names it', async () => {
    const { tower } = lookAt({
      version: '4.0',
      manifest: {
        centralizedLogging: { accountId: '555555555555', enabled: true },
        securityRoles: { accountId: '666666666666', note: null },
        config: { accountId: '555555555555' },
        backup: { configurations: { backupAdmin: { accountId: '777777777777' } } },
        others: [{ accountId: '1234567890123' }, { accountId: 'x12345678901' }, { accountId: 123456789012 }],
        deep: { accountId: { accountId: '888888888888' } },
      },
    });
    expect((await tower.landingZone())?.sharedAccounts).toEqual([
      { id: '666666666666', part: 'securityRoles' },
      { id: '555555555555', part: 'centralizedLogging' },
      { id: '777777777777', part: 'backup.configurations.backupAdmin' },
      { id: '888888888888', part: 'deep.accountId' },
    ]);
  });
});

describe('the baseline of a unit', () => {
  it.each([
    ['its own', enabledOn(UNIT, { baselineVersion: '5.0' }), { name: 'AWSControlTowerBaseline', version: '5.0' }],
    [
      'one for AWS Config',
      enabledOn(UNIT, { baselineIdentifier: 'b-config' }),
      { name: 'ConfigBaseline', version: null },
    ],
    ['another kind', enabledOn(UNIT, { baselineIdentifier: 'b-backup' }), null],
    ['one without a name', enabledOn(UNIT, { baselineIdentifier: 'b-2027' }), null],
    ['one of something else', enabledOn(ACCOUNT), null],
  ])('is told of %s', async (_, found, baseline) => {
    expect(await answering({ enabledBaselines: [found] }, NAMES).tower.baselineOf(UNIT)).toEqual(baseline);
  });

  it('is looked for to the end of the list, and the names of baselines once', async () => {
    const { tower, asked } = answering(
      { enabledBaselines: [], nextToken: 'two' },
      { enabledBaselines: [enabledOn(UNIT)] },
      { baselines: [], nextToken: 'more' },
      NAMES,
      { enabledBaselines: [enabledOn(UNIT)] },
    );
    const found = { name: 'AWSControlTowerBaseline', version: null };
    expect([await tower.baselineOf(UNIT), await tower.baselineOf(UNIT)]).toEqual([found, found]);
    const question = { filter: { targetIdentifiers: [UNIT] }, includeChildren: true };
    expect(asked()).toEqual([
      ['/list-enabled-baselines', question],
      ['/list-enabled-baselines', { ...question, nextToken: 'two' }],
      ['/list-baselines', {}],
      ['/list-baselines', { nextToken: 'more' }],
      ['/list-enabled-baselines', question],
    ]);
  });

  it.each([
    [undefined, 'registered'],
    ['SUCCEEDED', 'registered'],
    ['UNDER_CHANGE', 'changing'],
    ['FAILED', 'failed'],
    ['A_STATUS_OF_2027', 'failed'],
  ])('that is %s makes the unit %s', async (status, registration) => {
    const { tower } = answering({ enabledBaselines: [enabledOn(UNIT, { statusSummary: { status } })] }, NAMES);
    expect(await tower.registrationOf(UNIT)).toBe(registration);
  });

  it.each([
    ['no landing zone', [{ enabledBaselines: [] }, { landingZones: [] }], 'absent'],
    ['3.3', zoneOf('3.3'), 'absent'],
    ['10.0', [...zoneOf('10.0'), { enabledControls: [] }], 'untold'],
    ['4.0 and a control', [...zoneOf('4.0'), { enabledControls: [{ controlIdentifier: 'c' }] }], 'controlled'],
  ])('that is missing, with %s: the unit is %#', async (_, answers, registration) => {
    expect(await answering(...answers).tower.registrationOf(UNIT)).toBe(registration);
  });
});

function zoneOf(version: string): readonly object[] {
  const landingZone = { version, manifest: {} };
  return [{ enabledBaselines: [] }, { landingZones: [{ arn: LANDING_ZONE }] }, { landingZone }];
}

describe('the baselines of the fleet', () => {
  const told = (targetArn: string, changes: object = {}) => ({
    ...{ baseline: `enabled/${targetArn}`, targetArn, version: null, parent: null },
    ...{ status: 'SUCCEEDED', isDrifted: false, operationId: null, ...changes },
  });
  const drift = (status: string) => ({ driftStatusSummary: { types: { inheritance: { status } } } });
  const list = {
    enabledBaselines: [
      enabledOn(UNIT, { baselineVersion: '4.0', ...drift('IN_SYNC') }),
      enabledOn(ACCOUNT, {
        ...{ parentIdentifier: `enabled/${UNIT}`, ...drift('DRIFTED') },
        statusSummary: { status: 'FAILED', lastOperationIdentifier: 'op-1' },
      }),
      enabledOn(`${UNIT}2`, { baselineIdentifier: 'b-config' }),
      enabledOn(`${ACCOUNT}4`, { baselineIdentifier: 'b-backup' }),
    ],
  };
  const [unit, account] = [
    told(UNIT, { version: '4.0' }),
    told(ACCOUNT, { parent: `enabled/${UNIT}`, status: 'FAILED', isDrifted: true, operationId: 'op-1' }),
  ];

  it('are those of units, of accounts, of the accounts of one unit, and of one', async () => {
    const { fleet, asked } = answering(list, NAMES, list);
    expect(await fleet.units()).toEqual([unit]);
    expect(await fleet.accounts(null)).toEqual([account]);
    expect(await fleet.accounts('enabled/u')).toEqual([account]);
    expect(await fleet.of(UNIT)).toEqual(unit);
    expect(
      asked()
        .filter(([path]) => path === '/list-enabled-baselines')
        .map(([, body]) => body),
    ).toEqual([
      { includeChildren: false },
      { includeChildren: true },
      { filter: { parentIdentifiers: ['enabled/u'] }, includeChildren: true },
      { filter: { targetIdentifiers: [UNIT] }, includeChildren: true },
    ]);
  });

  it('are put on accounts as they are, or in another version', async () => {
    const { fleet, asked } = answering({ operationIdentifier: 'op-2' });
    expect(await fleet.apply('enabled/u', null)).toEqual({ operationId: 'op-2' });
    expect(await fleet.apply('enabled/u', '5.0')).toEqual({ operationId: 'op-2' });
    expect(asked()).toEqual([
      ['/reset-enabled-baseline', { enabledBaselineIdentifier: 'enabled/u' }],
      ['/update-enabled-baseline', { enabledBaselineIdentifier: 'enabled/u', baselineVersion: '5.0' }],
    ]);
  });

  it.each(['ServiceQuotaExceededException', 'ValidationException', 'ResourceNotFoundException'])(
    'are refused for a unit by %s, and not for the others',
    async (code) => {
      expect(await answering(awsError(code)).fleet.apply('enabled/u', null)).toEqual({
        refused: `${code}: ${code}, as a test has it.`,
      });
    },
  );

  it('wait while Control Tower works on something else, and are not put anywhere without the right to', async () => {
    expect(await answering(awsError('ConflictException')).fleet.apply('enabled/u', null)).toBe('busy');
    const denied = answering(awsError('AccessDeniedException')).fleet.apply('enabled/u', null);
    await expect(denied).rejects.toMatchObject({ name: 'RejectedError' });
  });

  it.each([
    ['IN_PROGRESS', false],
    ['SUCCEEDED', true],
    ['FAILED', true],
  ])('are put there by an operation that is %s: over is %s', async (status, isOver) => {
    const startTime = '2026-11-01T00:00:00.000Z';
    const { fleet, asked } = answering({ baselineOperation: { status, startTime } });
    expect(await fleet.operation('op-1')).toEqual({ isOver, startedAt: new Date(startTime) });
    expect(asked()).toEqual([['/get-baseline-operation', { operationIdentifier: 'op-1' }]]);
  });

  it('know nothing of an operation that AWS has forgotten, which is not one that they may not see', async () => {
    expect(await answering(awsError('ResourceNotFoundException')).fleet.operation('op-1')).toBeUndefined();
    const denied = answering(awsError('AccessDeniedException')).fleet.operation('op-1');
    await expect(denied).rejects.toMatchObject({ name: 'RejectedError' });
  });

  const operation = (operationType: string, status: string, operationIdentifier?: string) => ({
    ...{ operationType, status, operationIdentifier },
  });

  it('are as new as the last update of the landing zone that has succeeded, on whatever page it stands', async () => {
    const { fleet, asked } = answering(
      {
        landingZoneOperations: [operation('UPDATE', 'FAILED', 'a'), operation('DELETE', 'SUCCEEDED', 'b')],
        nextToken: '2',
      },
      {
        landingZoneOperations: [operation('RESET', 'SUCCEEDED', 'c'), operation('UPDATE', 'SUCCEEDED', 'd')],
        nextToken: '3',
      },
      { operationDetails: { endTime: '2026-11-01T00:00:00.000Z' } },
    );
    expect(await fleet.landingZoneUpdatedAt()).toEqual(new Date('2026-11-01T00:00:00.000Z'));
    expect(asked()).toEqual([
      ['/list-landingzone-operations', {}],
      ['/list-landingzone-operations', { nextToken: '2' }],
      ['/get-landingzone-operation', { operationIdentifier: 'c' }],
    ]);
  });

  it.each([
    ['it has none', [{ landingZoneOperations: [] }]],
    ['it does not name it', [{ landingZoneOperations: [operation('UPDATE', 'SUCCEEDED')] }]],
    [
      'it does not say when',
      [{ landingZoneOperations: [operation('UPDATE', 'SUCCEEDED', 'a')] }, { operationDetails: {} }],
    ],
  ])('are of an unknown age where %s', async (_, answers) => {
    expect(await answering(...answers).fleet.landingZoneUpdatedAt()).toBeNull();
  });
});
