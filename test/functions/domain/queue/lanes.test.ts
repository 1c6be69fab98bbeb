import { configuredLanes } from '../../../../functions/domain/queue/configured-lanes';
import {
  ACCOUNT_ASSIGNMENTS,
  ACCOUNT_CLOSING,
  ACCOUNT_CREATION,
  accountFactoryLane,
  autoEnrollLane,
  enrollmentLane,
  lanesOf,
  leftLanes,
  RECONCILIATION,
  stackSetLane,
  UNENROLLMENT,
} from '../../../../functions/domain/queue/lanes';
import type { VendingPlan } from '../../../../functions/domain/plan/plan';
import { enrollment, plan } from '../../../fakes/vending';
import { configuration, landingZoneJson } from '../examples';

const factory = accountFactoryLane({ concurrentEnrollments: 5 });
const byMove = { ...enrollment, strategy: 'auto-enroll' as const };
const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };
const stackSet = { name: 'baseline', homeRegion: 'eu-west-1', regions: ['eu-central-1'], parameters: {} };

const names = (lanes: readonly { readonly name: string }[]): readonly string[] => lanes.map(({ name }) => name);

describe('what AWS takes', () => {
  const oneIn = (seconds: number, burst: number, least: number) => ({
    millisecondsApart: seconds * 1000,
    burst,
    leastMillisecondsApart: least * 1000,
    stepMilliseconds: 1000,
  });

  it.each([
    [ACCOUNT_CREATION, 'account-creation', 5, oneIn(10, 3, 1), 10, 'of an operation of AWS'],
    [RECONCILIATION, 'reconciliation', 10, oneIn(1, 1, 1), 15, 'of a run'],
    [ACCOUNT_ASSIGNMENTS, 'account-assignments', 15, null, 15, 'of an operation of AWS'],
    [ACCOUNT_CLOSING, 'account-closing', 3, oneIn(20, 1, 20), 15, 'of an operation of AWS'],
    [UNENROLLMENT, 'unenrollment', 1, null, 15, 'of a run'],
    [factory, 'account-factory', 5, null, 60, 'of an operation of AWS'],
    [autoEnrollLane('ou-ab12-cdefgh34'), 'auto-enroll:ou-ab12-cdefgh34', 1, null, 60, 'of an operation of AWS'],
    [stackSetLane(stackSet), 'stack-set:eu-west-1:baseline', 1, null, 30, 'of an operation of AWS'],
  ])('%o', (lane, name, capacity, rate, leaseMinutes, slots) => {
    expect(lane).toEqual({ name, capacity, rate, leaseSeconds: leaseMinutes * 60, ofRuns: slots === 'of a run' });
  });
});

describe('the lane in which Control Tower is asked', () => {
  it.each<[string, Partial<VendingPlan>, string | null]>([
    ['nothing is enrolled', { enrollment: null }, null],
    ['the Account Factory enrolls', { enrollment }, 'account-factory'],
    ['Control Tower follows the move', { enrollment: byMove }, 'auto-enroll:ou-ab12-cdefgh34'],
    [
      'it follows the move into a unit that is not there yet',
      { enrollment: byMove, targetOrgUnitId: null },
      'auto-enroll:',
    ],
    ['the account is closed', { enrollment: byMove, closing }, 'account-factory'],
    ['the account leaves', { enrollment: null, unenrollment: byMove }, 'account-factory'],
    ['it leaves one Control Tower, whatever another is for', { enrollment, unenrollment: byMove }, 'account-factory'],
  ])('where %s', (_, changes, expected) => {
    expect(enrollmentLane(plan(changes))?.name ?? null).toBe(expected);
  });

  it('has as many places as are configured', () => {
    expect(enrollmentLane(plan({ enrollment: { ...enrollment, concurrentEnrollments: 3 } }))?.capacity).toBe(3);
  });

  it.each<[string, Partial<VendingPlan>, readonly string[]]>([
    ['of the unit that a closed account was enrolled in', { enrollment, closing }, ['auto-enroll:ou-ab12-cdefgh34']],
    ['of nothing, where it was not enrolled', { enrollment: null, closing }, []],
    ['of nothing, where the account is vended', { enrollment }, []],
    ['of nothing, where its unit is not known', { enrollment, closing, targetOrgUnitId: null }, []],
  ])('may have been left behind: %s', (_, changes, expected) => {
    expect(names(leftLanes(plan(changes)))).toEqual(expected);
  });
});

describe('the lanes that a run may come through', () => {
  it.each<[string, Partial<VendingPlan>, readonly string[]]>([
    ['of a plain account', {}, []],
    ['of one that is enrolled', { enrollment }, ['account-factory']],
    ['of one with stack sets', { stackSets: [stackSet] }, ['stack-set:eu-west-1:baseline']],
    [
      'of one with a stack set that goes from one region and comes to another',
      { stackSets: [stackSet], stackSetRemovals: [{ ...stackSet, regions: ['eu-west-1'] }] },
      ['stack-set:eu-west-1:baseline'],
    ],
    [
      'of one with a stack set that goes',
      { stackSetRemovals: [{ name: 'old', homeRegion: 'eu-west-1', regions: [] }] },
      ['stack-set:eu-west-1:old'],
    ],
    ['of one that leaves Control Tower', { unenrollment: enrollment }, ['unenrollment', 'account-factory']],
    ['of one that is closed', { closing }, ['account-closing', 'unenrollment']],
    ['of one that is taken out of use and stays', { closing: { ...closing, closesAccount: false } }, []],
    [
      'of an enrolled one that is closed',
      { closing, enrollment },
      ['account-closing', 'unenrollment', 'account-factory', 'auto-enroll:ou-ab12-cdefgh34'],
    ],
  ])('%s', (_, changes, more) => {
    expect(names(lanesOf(plan(changes)))).toEqual(['reconciliation', 'account-creation', ...more]);
  });
});

describe('the lanes of a configuration', () => {
  const ALWAYS = ['account-assignments', 'account-closing', 'account-creation', 'reconciliation', 'unenrollment'];
  const sorted = (...more: readonly string[]) => [...ALWAYS, ...more].toSorted();

  it('are nothing but lanes', () => {
    expect(names(configuredLanes(configuration())).filter((name) => typeof name !== 'string')).toStrictEqual([]);
  });

  it('are those of its Account Factory and its stack sets, in the order of their names', () => {
    const expected = sorted('account-factory', 'stack-set:eu-west-1:baseline');
    expect(names(configuredLanes(configuration()))).toStrictEqual(expected);
  });

  it('are few without them', () => {
    const plain = configuration(
      ['platform.enrollmentConfiguration', undefined],
      ['landingZone.awsEnrollAccount', false],
      ['landingZone.stackSets', []],
    );
    expect(names(configuredLanes(plain))).toStrictEqual(sorted());
  });

  it('are one for each unit where Control Tower follows moves', () => {
    const moved = configuration(['platform.enrollmentConfiguration.strategy', 'auto-enroll']);
    expect(names(configuredLanes(moved))).toContain('auto-enroll:ou-ab12-cdefgh34');
    expect(names(configuredLanes(configuration()))).not.toContain('auto-enroll:ou-ab12-cdefgh34');
    const zones = Object.entries(moved.landingZones).map(([name, zone]) => [
      name,
      { ...zone, awsTargetOrgUnitId: null },
    ]);
    const unitless = { ...moved, landingZones: Object.fromEntries(zones) as typeof moved.landingZones };
    expect(names(configuredLanes(unitless)).filter((name) => name.startsWith('auto-enroll'))).toEqual([]);
  });

  it('are in the region of the platform for stack sets that name none, and one for a stack set of two landing zones', () => {
    const nameless = configuration(['landingZone.stackSets', [{ name: 'baseline', regions: ['eu-west-1'] }]]);
    const [zone] = Object.values(nameless.landingZones);
    if (zone === undefined) throw new Error(landingZoneJson.name);
    const twice = { ...nameless, landingZones: { ...nameless.landingZones, other: { ...zone, name: 'other' } } };
    expect(names(configuredLanes(twice))).toEqual(sorted('account-factory', 'stack-set:eu-central-1:baseline'));
  });
});
