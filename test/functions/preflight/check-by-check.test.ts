import type { AttachedPolicy } from '../../../functions/domain/access/service-control-policy';
import type { LandingZone } from '../../../functions/domain/configuration/landing-zone';
import type { Registration } from '../../../functions/domain/enrollment/governance';
import type { ControlTower, ControlTowerLandingZone } from '../../../functions/ports/control-tower';
import type { OwnRuntime } from '../../../functions/ports/own-account';
import type { Check, Finding } from '../../../functions/preflight/check';
import { controlTowerChecks } from '../../../functions/preflight/checks/control-tower';
import { accountQuotaChecks } from '../../../functions/preflight/checks/account-quota';
import {
  organizationalUnitChecks,
  suspendedUnitChecks,
  type ZoneInUnit,
} from '../../../functions/preflight/checks/organizational-units';
import { ownRuntimeChecks } from '../../../functions/preflight/checks/own-runtime';
import {
  resourceControlPolicyChecks,
  serviceControlPolicyChecks,
} from '../../../functions/preflight/checks/service-control-policies';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { configuration } from '../domain/examples';

const UNIT = 'ou-ab12-cdefgh34';

const judged = async (checks: readonly Check[], id: string): Promise<Finding> => {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`There is no check ${id}.`);
  return check.judge();
};

const containing = (text: string): string => expect.stringContaining(text) as string;

/** As Control Tower answers when it is asked of a unit. */
const tower = (registration: Registration, landingZone: Partial<ControlTowerLandingZone> = {}): ControlTower => ({
  landingZone: () =>
    Promise.resolve({
      version: '4.0',
      status: 'ACTIVE',
      enrollsByItself: false,
      governedRegions: null,
      sharedAccounts: [],
      ...landingZone,
    }),
  registrationOf: () => Promise.resolve(registration),
  baselineOf: () => Promise.resolve(null),
  enrollmentOf: () => Promise.resolve('absent'),
  governanceOf: () => Promise.resolve('none'),
});

describe('a preflight, of a unit into which accounts are to be enrolled', () => {
  const [zone] = Object.values(configuration().landingZones);
  const enrolling = { ...zone, name: 'dev', awsEnrollAccount: true, awsTargetOrgUnitId: UNIT } as LandingZone;
  const looked = (registration: Registration, unitId = UNIT): Promise<Finding> => {
    const tree = new FakeOrganizationTree({ [UNIT]: 'r-ab12' });
    const checks = organizationalUnitChecks(
      { tree, controlTower: tower(registration) },
      [{ ...enrolling, unitId }],
      'role',
    );
    return judged(checks, 'unit-is-registered:dev');
  };

  it.each<[Registration, Finding['result'], string]>([
    ['registered', 'ok', 'No baseline.'],
    ['controlled', 'ok', `Control Tower has controls on ${UNIT}, and no baseline.`],
    ['untold', 'ok', `Control Tower has no baseline on ${UNIT}.`],
    ['changing', 'failed', `Control Tower is changing ${UNIT} right now.`],
    ['failed', 'failed', `The registration of ${UNIT} has failed.`],
    ['absent', 'failed', `Control Tower does not know ${UNIT}: accounts cannot be enrolled into it.`],
  ])('goes by how Control Tower stands to it: %s is %s', async (registration, result, detail) => {
    expect(await looked(registration)).toMatchObject({ result, detail: containing(detail) });
  });

  it('does not take the root for one: it cannot be registered', async () => {
    expect(await looked('registered', 'r-ab12')).toMatchObject({ result: 'failed', detail: containing('The root') });
  });
});

describe('a preflight, of the unit by which accounts leave Control Tower', () => {
  const looked = (registration: Registration, unitId = UNIT): Promise<Finding> => {
    const tree = new FakeOrganizationTree({ [UNIT]: 'r-ab12' });
    return judged(
      suspendedUnitChecks({ tree, controlTower: tower(registration) }, unitId, 'role'),
      'suspended-unit-is-not-registered',
    );
  };

  it.each<[Registration, Finding['result']]>([
    ['absent', 'ok'],
    ['untold', 'ok'],
    ['registered', 'failed'],
    ['controlled', 'failed'],
    ['changing', 'failed'],
    ['failed', 'failed'],
  ])('takes it for one outside only where nothing governs it: %s is %s', async (registration, result) => {
    expect(await looked(registration)).toMatchObject({ result });
  });

  it('takes the root for one outside, whatever Control Tower governs below it', async () => {
    expect(await looked('registered', 'r-ab12')).toMatchObject({ result: 'ok' });
  });
});

describe('a preflight, of the landing zone of Control Tower', () => {
  const looked = (landingZone: Partial<ControlTowerLandingZone>): Promise<Finding> =>
    judged(
      controlTowerChecks(
        tower('registered', landingZone),
        { region: 'eu-central-1', strategy: 'account-factory' },
        'role',
      ),
      'control-tower-is-set-up',
    );

  it.each<[string, Finding['result'], string]>([
    ['ACTIVE', 'ok', 'Version 4.0.'],
    ['PROCESSING', 'ok', 'Version 4.0; it is being changed (PROCESSING).'],
    ['FAILED', 'failed', 'The landing zone of Control Tower (version 4.0) has status FAILED.'],
  ])('counts on one that is at rest or at work, and not on one that has failed: %s is %s', async (...expected) => {
    const [status, result, detail] = expected;
    expect(await looked({ status })).toMatchObject({ result, detail });
  });
});

describe('a preflight, of the region that the application runs in', () => {
  const looked = (region: string, managementRoleArn: string): Promise<Finding> => {
    const runtime: OwnRuntime = {
      region: () => Promise.resolve(region),
      roleArn: () => Promise.resolve('arn:aws:iam::111111111111:role/vending-RunPreflight'),
      concurrency: () => Promise.resolve({ unreserved: 1000, reserved: 0 }),
    };
    return judged(ownRuntimeChecks(runtime, managementRoleArn, 'vending-RunPreflight'), 'own-region');
  };
  const role = (partition: string): string => `arn:${partition}:iam::222222222222:role/MeshfedServiceRole`;

  it.each<[string, string, Finding['result'], string]>([
    ['eu-central-1', 'aws', 'ok', 'eu-central-1, which every account has.'],
    ['eu-south-1', 'aws', 'ok', 'Sessions in other accounts come from STS in eu-central-1.'],
    ['xx-nowhere-9', 'aws', 'ok', 'xx-nowhere-9, which is not among the regions that are known here.'],
    ['us-gov-west-1', 'aws', 'failed', 'us-gov-west-1 belongs to the partition aws-us-gov'],
    ['eu-central-1', 'aws-cn', 'failed', 'organizationRootAccountRole of platform.json to aws-cn'],
  ])('finds %s, with roles of the partition %s: %s', async (region, partition, result, detail) => {
    expect(await looked(region, role(partition))).toMatchObject({ result, detail: containing(detail) });
  });
});

describe('a preflight, of the quota of accounts', () => {
  const looked = (count: number, limit: number): Promise<Finding> => {
    const quota = {
      count: () => Promise.resolve(count),
      limit: () => Promise.resolve(limit),
      accounts: () => Promise.resolve([]),
    };
    return judged(accountQuotaChecks(quota, 'arn:aws:iam::222222222222:role/X', 'role'), 'account-quota');
  };

  it.each([
    [80, 'ok', '80 of 100 accounts, 20 left.'],
    [91, 'ok', '91 of 100 accounts, 9 left. Ask for more in time (Service Quotas, AWS Organizations, us-east-1).'],
    [99, 'ok', '99 of 100 accounts, 1 left. Ask for more in time (Service Quotas, AWS Organizations, us-east-1).'],
    [100, 'failed', 'The organization has 100 accounts, and its quota is 100. Closed accounts count for 90 days.'],
    [101, 'failed', 'The organization has 101 accounts, and its quota is 100. Closed accounts count for 90 days.'],
  ])('says in time when little of it is left: %i of 100 is %s', async (count, result, detail) => {
    expect(await looked(count, 100)).toMatchObject({ result, detail });
  });
});

describe('a preflight, of control policies', () => {
  type Attached = Readonly<Record<string, readonly AttachedPolicy[]>>;
  type Case = readonly [where: string, result: Finding['result'], attached: Attached, detail: string];
  const PARENT = 'ou-ab12-parent00';
  const saying = (name: string, Effect: 'Allow' | 'Deny', Action: string): AttachedPolicy => ({
    name,
    document: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] }),
  });
  const everything = saying('everything', 'Allow', '*');
  const forbidding = (action: string): readonly AttachedPolicy[] => [everything, saying('guard', 'Deny', action)];
  const zone = { ...Object.values(configuration().landingZones)[0], name: 'dev', unitId: UNIT } as ZoneInUnit;

  const portsWith = (attached: Attached, otherwise = [everything]) => ({
    tree: new FakeOrganizationTree({ [UNIT]: PARENT, [PARENT]: 'r-ab12' }),
    policies: { attachedTo: (targetId: string) => Promise.resolve(attached[targetId] ?? otherwise) },
  });

  it.each<Case>([
    ['nothing is forbidden', 'ok', {}, ''],
    ['the unit forbids what is done before accounts get there', 'ok', { [UNIT]: forbidding('iam:CreateRole') }, ''],
    [
      'the root forbids that',
      'failed',
      { 'r-ab12': forbidding('iam:CreateRole') },
      'CreateRole in the root, by guard.',
    ],
    ['the unit forbids it', 'failed', { [UNIT]: forbidding('iam:Put*') }, 'PutRolePolicy in the unit, by guard.'],
    ['one above forbids it', 'failed', { [PARENT]: forbidding('iam:Put*') }, 'PutRolePolicy in the unit, by guard.'],
    ['none allows it in the unit', 'failed', { [UNIT]: [] }, 'by level 3 from the root, where no policy allows it'],
  ])('counts those where the account is at that moment: where %s, it is %s', async (_, result, attached, detail) => {
    const done = { resource: '*', context: {} };
    const checks = serviceControlPolicyChecks(portsWith(attached), [zone], () => [
      { ...done, action: 'iam:CreateRole', place: 'root' },
      { ...done, action: 'iam:PutRolePolicy', place: 'unit' },
    ]);
    const finding = await judged(checks, 'service-control-policies:dev');
    expect(finding.result).toBe(result);
    expect(finding.detail ?? '').toContain(detail);
  });

  it.each<Case>([
    ['there are none', 'ok', {}, ''],
    ['one above keeps us out', 'failed', { [PARENT]: forbidding('sts:*') }, 'sts:AssumeRole in the unit, by guard.'],
    [
      'the root keeps us out',
      'failed',
      { 'r-ab12': forbidding('sts:*') },
      'sts:AssumeRole in the root, by guard; sts:',
    ],
  ])(
    'knows resource control policies to be none as a rule: where %s, it is %s',
    async (_, result, attached, detail) => {
      const role = 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Enter';
      const checks = resourceControlPolicyChecks(portsWith(attached, []), [zone], role, 'arn:aws:iam::0:role/Access');
      const finding = await judged(checks, 'resource-control-policies:dev');
      expect(finding.result).toBe(result);
      expect(finding.detail ?? '').toContain(detail);
    },
  );
});
