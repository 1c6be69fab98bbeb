import { awsError } from '../../../fakes/canned-request-handler';
import { ACCOUNT, answering, enabledOn, LANDING_ZONE, NAMES, UNIT } from './answering-control-tower';

describe('the baselines of the fleet', () => {
  const told = (targetArn: string, changes: object = {}) => ({
    baseline: `enabled/${targetArn}`,
    targetArn,
    version: null,
    parent: null,
    status: 'SUCCEEDED',
    isDrifted: false,
    operationId: null,
    ...changes,
  });
  const drift = (status: string) => ({ driftStatusSummary: { types: { inheritance: { status } } } });
  const list = {
    enabledBaselines: [
      enabledOn(UNIT, { baselineVersion: '4.0', ...drift('IN_SYNC') }),
      enabledOn(ACCOUNT, {
        parentIdentifier: `enabled/${UNIT}`,
        ...drift('DRIFTED'),
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
    operationType,
    status,
    operationIdentifier,
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

describe('how an account stands', () => {
  const OTHER = 'arn:aws:organizations::222222222222:ou/o-1/ou-2';
  const inherits = (status: string, parentIdentifier = `enabled/${UNIT}`) =>
    enabledOn(ACCOUNT, { parentIdentifier, statusSummary: { status } });
  const zone = [{ landingZones: [{ arn: LANDING_ZONE }] }, { landingZone: { version: '4.0', manifest: {} } }];
  const control = { enabledControls: [{ controlIdentifier: 'c' }] };

  it.each([
    ['enrolled', [{ enabledBaselines: [] }, ...zone, control]],
    ['absent', [{ enabledBaselines: [] }, ...zone, { enabledControls: [] }]],
    ['absent', [{ enabledBaselines: [enabledOn(UNIT)] }, NAMES, ...zone, control]],
    ['enrolled', [{ enabledBaselines: [enabledOn(UNIT), inherits('SUCCEEDED')] }, NAMES]],
    ['failed', [{ enabledBaselines: [enabledOn(UNIT), inherits('FAILED')] }, NAMES]],
    ['changing', [{ enabledBaselines: [enabledOn(UNIT), inherits('UNDER_CHANGE')] }, NAMES]],
    ['changing', [{ enabledBaselines: [enabledOn(UNIT), inherits('SUCCEEDED', 'enabled/ou-2')] }, NAMES]],
    ['changing', [{ enabledBaselines: [inherits('SUCCEEDED')] }, NAMES]],
    ['changing', [{ enabledBaselines: [enabledOn(ACCOUNT)] }, NAMES]],
  ])('in its unit: %s', async (standing, answers) => {
    const { tower, asked } = answering(...answers);
    expect(await tower.enrollmentOf(ACCOUNT, UNIT)).toBe(standing);
    expect(asked()[0]?.[1]).toEqual({ filter: { targetIdentifiers: [ACCOUNT, UNIT] }, includeChildren: true });
  });

  it.each([
    ['failed', [enabledOn(UNIT), inherits('FAILED', 'enabled/ou-2')]],
    ['changing', [enabledOn(UNIT), inherits('UNDER_CHANGE', 'enabled/ou-2')]],
    ['elsewhere', [enabledOn(UNIT), inherits('SUCCEEDED', 'enabled/ou-2')]],
    ['elsewhere', [inherits('SUCCEEDED')]],
    ['enrolled', [enabledOn(UNIT), enabledOn(UNIT, { baselineIdentifier: 'b-of-unit' }), inherits('SUCCEEDED')]],
    ['shared', [enabledOn(UNIT), inherits('SUCCEEDED'), enabledOn(ACCOUNT, { baselineIdentifier: 'b-audit' })]],
  ])('under the governance of its unit: %s', async (governance, enabledBaselines) => {
    const baselines = [...NAMES.baselines, ...['audit', 'of-unit'].map((name) => ({ arn: `b-${name}`, name }))];
    const { tower, asked } = answering({ enabledBaselines }, { baselines });
    expect(await tower.governanceOf(ACCOUNT, UNIT)).toBe(governance);
    expect(asked()[0]?.[1]).toEqual({ filter: { targetIdentifiers: [ACCOUNT, UNIT] }, includeChildren: true });
    const alone = answering({ enabledBaselines: [] }, { landingZones: [] });
    expect(await alone.tower.governanceOf(ACCOUNT)).toBe('none');
    expect(alone.asked()[0]?.[1]).toEqual({ filter: { targetIdentifiers: [ACCOUNT] }, includeChildren: true });
  });

  it.each<readonly [string, (all: ReturnType<typeof answering>) => Promise<unknown>]>([
    ['look at the landing zone of Control Tower', ({ tower }) => tower.landingZone()],
    [`ask Control Tower about ${UNIT}`, ({ tower }) => tower.registrationOf(UNIT)],
    [`ask Control Tower about ${UNIT}`, ({ tower }) => tower.baselineOf(UNIT)],
    [`ask Control Tower about ${ACCOUNT}`, ({ tower }) => tower.enrollmentOf(ACCOUNT, OTHER)],
    [`ask Control Tower about ${ACCOUNT}`, ({ tower }) => tower.governanceOf(ACCOUNT)],
    ['list the baselines of Control Tower', ({ fleet }) => fleet.units()],
    ['look at updates of the landing zone', ({ fleet }) => fleet.landingZoneUpdatedAt()],
    ['put enabled/u on its accounts', ({ fleet }) => fleet.apply('enabled/u', '5.0')],
    ['look at the operation op-1 of Control Tower', ({ fleet }) => fleet.operation('op-1')],
  ])('is not told where Control Tower refuses to %s', async (doing, call) => {
    const refused = call(answering(awsError('AccessDeniedException')));
    await expect(refused).rejects.toThrow(`AWS refused to ${doing} (AccessDenied`);
  });
});
