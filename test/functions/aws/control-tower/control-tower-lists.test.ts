import { ACCOUNT, answering, enabledOn, LANDING_ZONE, NAMES, REGION, UNIT } from './answering-control-tower';

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
