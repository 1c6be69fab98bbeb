import { planSizeFaults } from '../../../../functions/domain/planning/plan-size';
import type { VendingPlan } from '../../../../functions/domain/plan/plan';
import { group, plan } from '../../../fakes/vending';

const MAX_PLAN = 350 * 1024;
const MAX_TENANT = 300 * 1024;
const store = { region: 'eu-west-1', identityStoreId: 'd-1234567890', instanceArn: 'arn', scim: null };
const bySCIM = { ...store, scim: { endpoint: 'https://scim', tokenSecretArn: 'arn' } };

const fields = (changes: Partial<VendingPlan>): readonly string[] =>
  planSizeFaults(plan(changes)).map(({ field }) => field);
const bytesOf = (changes: Partial<VendingPlan>): number => Buffer.byteLength(JSON.stringify(plan(changes)));

/** With one remark that makes it exactly so large. */
const padded = (bytes: number, changes: Partial<VendingPlan> = {}): Partial<VendingPlan> => {
  const missing = bytes - bytesOf({ ...changes, remarks: [''] });
  return { ...changes, remarks: ['x'.repeat(missing)] };
};

describe('a plan', () => {
  it.each([
    [MAX_PLAN - 1, false],
    [MAX_PLAN, false],
    [MAX_PLAN + 1, true],
  ])('of %s bytes is too large: %s', (bytes, expected) => {
    expect(bytesOf(padded(bytes))).toBe(bytes);
    expect(planSizeFaults(plan(padded(bytes))).length > 0).toBe(expected);
  });

  it('is counted in bytes, not in characters, and told with what it has', () => {
    const groups = [{ ...group('mst-a'), members: ['jane', 'ada'] }, group('mst-b')];
    const [fault] = planSizeFaults(plan({ groups, remarks: ['ä'.repeat(MAX_PLAN / 2)] }));
    const bytes = bytesOf({ groups, remarks: ['ä'.repeat(MAX_PLAN / 2)] });
    expect(fault).toEqual({
      field: 'desiredState',
      message: `would make a plan of ${bytes} bytes, with 2 memberships in 2 groups; at most ${MAX_PLAN} (350 KB) can be kept. Send fewer people or roles, shorter euids, or shorter tags.`,
      value: bytes,
      limit: MAX_PLAN,
    });
  });

  it('is too large by its people where they are more than half of it', () => {
    const people = (bytes: number): Partial<VendingPlan> => ({
      groups: [{ ...group('a'), members: ['x'.repeat(bytes)] }],
    });
    expect(fields(padded(MAX_PLAN + 2, people(MAX_PLAN * 0.6)))).toEqual(['userPermissions']);
    expect(fields(padded(MAX_PLAN + 2, people(MAX_PLAN * 0.4)))).toEqual(['desiredState']);
    const meshIdentifiers = { a: 'x'.repeat(MAX_PLAN * 0.6) };
    expect(fields(padded(MAX_PLAN + 2, { meshIdentifiers }))).toEqual(['userPermissions']);
    // Exactly half is not more.
    const half = (size: number): Partial<VendingPlan> => {
      const rest = Buffer.byteLength(JSON.stringify([[], { a: '' }]));
      return padded(size, { meshIdentifiers: { a: 'x'.repeat(size / 2 - rest) } });
    };
    expect(fields(half(MAX_PLAN + 2))).toEqual(['desiredState']);
  });

  it.each([
    [4096, false],
    [4097, true],
  ])('with %s members of groups that are reached by SCIM has too many: %s', (members, expected) => {
    const groups = [
      { ...group('a'), members: Array.from({ length: members - 1 }, () => 'a') },
      { ...group('b'), members: ['b'] },
    ];
    const faults = planSizeFaults(plan({ groups, identityStore: bySCIM }));
    expect(faults).toEqual(
      expected
        ? [
            {
              field: 'userPermissions',
              message: `would make ${members} memberships; at most 4096 can be remembered where groups are reached by SCIM. Send fewer people or roles.`,
              value: members,
              limit: 4096,
            },
          ]
        : [],
    );
    expect(planSizeFaults(plan({ groups, identityStore: store }))).toEqual([]);
    expect(planSizeFaults(plan({ groups, identityStore: null }))).toEqual([]);
  });
});

describe('what is remembered of a tenant', () => {
  const text = (value: string): number => value.length + 2;
  const kept = (changes: Partial<VendingPlan>): number => {
    const fault = planSizeFaults(plan(changes)).find(({ field }) => field === 'tenant.spec.landingZoneRef.name');
    return typeof fault?.value === 'number' ? fault.value : 0;
  };
  const times = (bytes: number): number => Math.floor(MAX_TENANT / bytes) + 1;
  const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

  const perGroup = 200 + text('d-1234567890') + 2 * text('mst');
  const perScimGroup = perGroup + (1 + 2) * 50;
  const set = { name: 'set', homeRegion: 'eu-west-1', regions: ['eu-west-1'], parameters: {} };
  const perInstance = 400 + text('set') + 2 * text('eu-west-1');
  const existing = { name: 'mst', awsRole: 'a', projectRoles: [], permissionSetArns: ['arn'] };
  const perExisting = 200 + text('d-1234567890') + text('mst') + '["arn"]'.length;
  const build = { inputs: { a: 'b' } } as unknown as NonNullable<VendingPlan['customizations']>[number];
  const perBuild = 12 * 1024 + '{"a":"b"}'.length;

  it.each<[string, number, (count: number) => Partial<VendingPlan>]>([
    ['groups', perGroup, (count) => ({ identityStore: store, groups: many(count, group('mst')) })],
    ['groups without a directory', 200 + 2 + 2 * text('mst'), (count) => ({ groups: many(count, group('mst')) })],
    [
      'groups that are reached by SCIM',
      perScimGroup,
      (count) => ({ identityStore: bySCIM, groups: many(count, { ...group('mst'), members: ['a'] }) }),
    ],
    [
      'groups of the identity provider',
      perExisting,
      (count) => ({ identityStore: store, existingGroups: { withinHours: 1, groups: many(count, existing) } }),
    ],
    ['stack instances', perInstance, (count) => ({ stackSets: [{ ...set, regions: many(count, 'eu-west-1') }] })],
    ['customizations', perBuild, (count) => ({ customizations: many(count, build) })],
  ])('may be 300 KB: of %s', (_, bytes, make) => {
    const count = times(bytes);
    expect(kept(make(count - 1))).toBe(0);
    expect(kept(make(count))).toBe(count * bytes);
  });

  it('is told with what it has', () => {
    const changes = {
      stackSets: many(400, { ...set, regions: ['eu-west-1', 'eu-west-1'] }),
      groups: [{ ...group('mst'), members: ['a'] }],
    };
    const [fault] = planSizeFaults(plan(changes));
    const bytes = 800 * perInstance + 200 + 2 + 2 * text('mst');
    expect(fault).toEqual({
      field: 'tenant.spec.landingZoneRef.name',
      message: `would have ${bytes} bytes remembered of the tenant, with 1 groups, 800 stack instances and 1 memberships; at most ${MAX_TENANT} (300 KB) can be. Give the landing zone fewer role mappings, stack sets or regions.`,
      value: bytes,
      limit: MAX_TENANT,
    });
  });

  it('may be exactly 300 KB', () => {
    const exactly = (bytes: number): Partial<VendingPlan> => ({
      identityStore: null,
      groups: [],
      existingGroups: {
        withinHours: 1,
        groups: [{ ...existing, name: 'x'.repeat(bytes - 200 - 2 - 2 - '["arn"]'.length) }],
      },
    });
    expect(kept(exactly(MAX_TENANT))).toBe(0);
    expect(kept(exactly(MAX_TENANT + 1))).toBe(MAX_TENANT + 1);
  });
});
