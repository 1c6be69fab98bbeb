import { configuration, type Change } from '../examples';
import { FILE, faultsFor } from './faults-for';

const PARENT = 'ou-ab12-legacy01';
const units = (namePattern: string): Change => ['platform.workspaceOrgUnits', { parentOrgUnitId: PARENT, namePattern }];
const wanted: readonly Change[] = [
  ['landingZone.awsTargetOrgUnitId', null],
  ['landingZone.awsEnrollAccount', false],
];

const faultsOfPattern = (pattern: string) => faultsFor(units(pattern), ...wanted);
const fault = (field: string, ...words: readonly string[]) => ({
  field,
  message: expect.stringMatching(new RegExp(words.join('.*'), 'u')) as string,
});

describe('an organizational unit for each workspace', () => {
  it('is read, and a landing zone without a target asks for it', () => {
    const { platform, landingZones } = configuration(units('ws-#{workspaceIdentifier}'), ...wanted);
    expect(platform.workspaceOrgUnits).toEqual({ parentOrgUnitId: PARENT, namePattern: 'ws-#{workspaceIdentifier}' });
    expect(landingZones['aws-dev']?.awsTargetOrgUnitId).toBeNull();
  });

  it('needs its place in the platform, where a landing zone asks for it', () => {
    expect(faultsFor(...wanted)).toMatchObject([
      fault(`${FILE}: awsTargetOrgUnitId`, 'needs workspaceOrgUnits in platform.json', 'or name a unit'),
    ]);
  });

  it('cannot be enrolled into, and says why', () => {
    expect(faultsFor(units('#{workspaceIdentifier}'), ['landingZone.awsTargetOrgUnitId', null])).toMatchObject([
      fault(`${FILE}: awsTargetOrgUnitId`, 'not registered with it', 'set awsEnrollAccount to false'),
    ]);
  });

  it.each([
    '#{workspaceIdentifier}',
    'ws-#{workspaceIdentifier:%s}',
    '#{workspaceIdentifier:%.16s}',
    '#{customerIdentifier}',
  ])('may be named %s', (pattern) => {
    expect(faultsOfPattern(pattern)).toEqual([]);
  });

  it.each([
    { pattern: 'Workspaces', words: ['two workspaces could get one unit', 'keeps all 16'] },
    { pattern: '#{workspaceIdentifier:%.15s}', words: ['two workspaces could get one unit'] },
    { pattern: '#{workspaceIdentifier}-#{projectIdentifier}', words: ['unknown placeholder #\\{projectIdentifier\\}'] },
    { pattern: '#{workspaceIdentifier}-#{tagStage}', words: ['#\\{tagStage\\}', 'have differently'] },
  ])('may not be named $pattern', ({ pattern, words }) => {
    expect(faultsOfPattern(pattern)).toMatchObject([fault('platform.json: workspaceOrgUnits.namePattern', ...words)]);
  });

  it('follows the limit of identifiers', () => {
    const longer: Change = ['platform.identifierLimits.workspaceIdentifier', 17];
    expect(faultsFor(longer, units('#{workspaceIdentifier:%.16s}'), ...wanted)).toHaveLength(1);
  });
});
