import { type Configuration, parseConfiguration } from '../../../../functions/domain/configuration/configuration';
import type { Fault } from '../../../../functions/domain/base/fault';
import { judgeDesiredState } from '../../../../functions/domain/planning/judge-desired-state';
import { type Change, changed, desiredStateJson, landingZoneJson, platformJson } from '../examples';

const SECOND_REGIONS: Readonly<Record<string, string>> = {
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
  'aws-eusc': 'eusc-de-east-1',
};

/** The examples, moved as a whole to another partition. */
function movedTo(partition: string, ...changes: readonly Change[]): unknown {
  const region = SECOND_REGIONS[partition] ?? '';
  const text = JSON.stringify({ platform: platformJson, landingZone: landingZoneJson })
    .replaceAll('arn:aws:', `arn:${partition}:`)
    .replaceAll(/"(?:eu-central-1|eu-west-1)"/gu, `"${region}"`)
    .replaceAll(':eu-central-1:', `:${region}:`);
  return changed(JSON.parse(text), ...changes);
}

function parsed(files: unknown): ReturnType<typeof parseConfiguration> {
  const { platform, landingZone } = files as { readonly platform: unknown; readonly landingZone: unknown };
  return parseConfiguration({ platform, landingZones: { 'aws-dev.json': landingZone } });
}

const faultsIn = (files: unknown): readonly Fault[] => {
  const result = parsed(files);
  return result.ok ? [] : result.faults;
};

const fieldsOf = (faults: readonly Fault[]): readonly string[] => faults.map(({ field }) => field);

const here = { platform: platformJson, landingZone: landingZoneJson };
const byMove: Change = ['platform.enrollmentConfiguration.strategy', 'auto-enroll'];

describe('what a place lacks is a fault of the configuration', () => {
  it('where regions or the second role belong to another partition', () => {
    const role = 'arn:aws-us-gov:iam::222222222222:role/MeshfedServiceRole';
    const faults = faultsIn(changed(here, ['platform.accessConfig.organizationRootAccountRole', role]));
    expect(fieldsOf(faults)).toEqual([
      'platform.json: region',
      'platform.json: awsIdentityStore.region',
      'platform.json: enrollmentConfiguration.region',
      'platform.json: automationAccountRole',
      ...landingZoneJson.stackSets.flatMap((_, index) => [
        `aws-dev.json: stackSets[${index}].homeRegion`,
        `aws-dev.json: stackSets[${index}].regions`,
      ]),
    ]);
    expect(faults[0]?.message).toBe(
      "'eu-central-1' is a region of the partition aws, but organizationRootAccountRole is in aws-us-gov. Name a region of " +
        'aws-us-gov (us-gov-east-1, us-gov-west-1), or correct the role.',
    );
  });

  it.each([
    ['China has no Control Tower', movedTo('aws-cn'), 'enrollmentConfiguration', 'userguide/region-how.html'],
    [
      'the European Sovereign Cloud has no Service Catalog',
      movedTo('aws-eusc'),
      'enrollmentConfiguration.strategy',
      'userguide/limits.html',
    ],
    [
      'Calgary has none either',
      changed(here, ['platform.enrollmentConfiguration.region', 'ca-west-1']),
      'enrollmentConfiguration.strategy',
      'userguide/limits.html',
    ],
    [
      'GovCloud has no Cost Explorer',
      movedTo('aws-us-gov', ['platform.metering', {}]),
      'metering',
      'govcloud-differences.html',
    ],
  ])('where %s', (_, files, field, page) => {
    const faults = faultsIn(files);
    expect(fieldsOf(faults)).toEqual([`platform.json: ${field}`]);
    expect(faults[0]?.message).toContain(page);
  });

  it('where accounts are closed by other means', () => {
    const faults = faultsIn(movedTo('aws-us-gov', ['landingZone.closeAccount', true]));
    expect(fieldsOf(faults)).toEqual(['aws-dev.json: closeAccount']);
    expect(faults[0]?.message).toContain('associated standard account');
  });

  it.each([
    ['GovCloud, enrolled by the Account Factory', movedTo('aws-us-gov')],
    ['the European Sovereign Cloud, enrolled by moves', movedTo('aws-eusc', byMove)],
    ['Calgary, enrolled by moves', changed(here, ['platform.enrollmentConfiguration.region', 'ca-west-1'], byMove)],
    [
      'China, without Control Tower',
      movedTo('aws-cn', ['platform.enrollmentConfiguration', undefined], ['landingZone.awsEnrollAccount', false]),
    ],
  ])('and none of %s', (_, files) => {
    expect(faultsIn(files)).toEqual([]);
  });
});

describe('a tenant without an account in GovCloud', () => {
  const configuration = (): Configuration => {
    const result = parsed(movedTo('aws-us-gov', ['platform.import', { organizationalUnits: ['r-ab12'] }]));
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    return result.value;
  };

  it('is refused, and told how accounts are made there', () => {
    const judged = judgeDesiredState(desiredStateJson, configuration());
    expect(judged.ok ? [] : judged.faults).toMatchObject([
      { field: 'tenant.spec.platformTenantId', message: expect.stringContaining('CreateGovCloudAccount') as unknown },
    ]);
  });

  it('is planned with the account that it names', () => {
    const named = changed(desiredStateJson, ['tenant.spec.platformTenantId', '555555555555']);
    expect(judgeDesiredState(named, configuration()).ok).toBe(true);
  });
});
