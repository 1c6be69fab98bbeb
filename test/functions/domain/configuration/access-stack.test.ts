import { isAccessStackSet } from '../../../../functions/domain/configuration/access-stack';
import { parseConfiguration } from '../../../../functions/domain/configuration/configuration';
import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { type Change, changed, configuration, desiredState, landingZoneJson, platformJson } from '../examples';

const ACCESS: Change = ['landingZone.accessStack', { template: 'access.yaml' }];

const stackSetsWith = (...changes: readonly Change[]) => {
  const planned = planVending(desiredState(), configuration(...changes));
  return planned.ok ? planned.value.stackSets : planned.faults;
};

/** Each as `field: message`. */
const faultsWith = (...changes: readonly Change[]): readonly string[] => {
  const files = changed({ platform: platformJson, landingZone: landingZoneJson }, ...changes) as {
    readonly platform: unknown;
    readonly landingZone: unknown;
  };
  const parsed = parseConfiguration({ platform: files.platform, landingZones: { zone: files.landingZone } });
  return parsed.ok ? [] : parsed.faults.map(({ field, message }) => `${field}: ${message}`);
};

describe('the access stack of a landing zone', () => {
  it('is its first stack set, told the same as all others', () => {
    const [access, baseline, ...others] = stackSetsWith(ACCESS) as readonly { parameters: unknown }[];

    expect(access).toEqual({
      name: 'meshstack-cf-access-aws-dev',
      homeRegion: 'eu-central-1',
      regions: ['eu-central-1'],
      parameters: baseline?.parameters,
    });
    expect([baseline, ...others]).toEqual(stackSetsWith());
  });

  it('goes to other regions, and from accounts that have no more use for it, where that is asked for', () => {
    const given = { template: 'access.yaml', regions: ['eu-west-1'], removeStackInstances: true };

    expect(stackSetsWith(['landingZone.accessStack', given])).toMatchObject([
      { homeRegion: 'eu-central-1', regions: ['eu-west-1'], removeStackInstances: true },
      { name: 'baseline' },
    ]);
  });

  it('is known by its name', () => {
    expect(['meshstack-cf-access-aws-dev', 'baseline'].map(isAccessStackSet)).toEqual([true, false]);
  });

  it.each<[string, readonly Change[], RegExp]>([
    [
      'a template elsewhere',
      [['landingZone.accessStack', { template: '../access.yaml' }]],
      /accessStack\.template: must be the name of a file/u,
    ],
    [
      'a landing zone that no stack set can be named after',
      [ACCESS, ['landingZone.name', 'aws.dev']],
      /accessStack: 'meshstack-cf-access-aws\.dev' would be the name of its stack set/u,
    ],
    ['a name that is too long', [ACCESS, ['landingZone.name', 'a'.repeat(109)]], /at most 128 characters/u],
    [
      'a stack set of the same name',
      [ACCESS, ['landingZone.stackSets.0.name', 'meshstack-cf-access-aws-dev']],
      /stackSets\[0\]\.name: '.*' is the stack set of accessStack/u,
    ],
    [
      'a region of another partition',
      [['landingZone.accessStack', { template: 'access.yaml', regions: ['cn-north-1'] }]],
      /accessStack\.regions: 'cn-north-1' is a region of the partition aws-cn/u,
    ],
  ])('is refused with %s', (_, changes, message) => {
    expect(faultsWith(...changes)).toEqual([expect.stringMatching(message)]);
  });
});
