import type { DesiredState } from '../../../../functions/domain/desired-state/desired-state';
import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { meshIdentifiersByEuid } from '../../../../functions/domain/planning/planned-groups';
import { awsSso, configuration, desiredState, PERMISSION_SET, type Change } from '../examples';

const OTHER = `${PERMISSION_SET}0`;

const mapping = (role: string, awsRole: string, ...permissionSetArns: readonly string[]): object => ({
  projectRoleRef: { name: role },
  awsRole,
  permissionSetArns,
});

const user = (id: string, euid: string | null, ...roles: readonly string[]): object => ({
  meshIdentifier: id,
  username: id,
  euid,
  roles,
});

const people = (...users: readonly object[]): DesiredState => desiredState(['userPermissions', users]);

function planned(state: DesiredState, ...changes: readonly Change[]): ReturnType<typeof planVending> {
  return planVending(state, configuration(...changes));
}

const MAPPINGS = 'platform.awsIdentityStore.awsRoleMappings';

describe('planned groups', () => {
  it('has one group for each AWS role, with the union of members and permission sets', () => {
    const state = people(
      user('u-1', 'zoe@corp.example', 'admin'),
      user('u-2', 'adam@corp.example', 'owner', 'reader'),
      user('u-3', 'mia@corp.example', 'unmapped'),
    );
    const result = planned(state, [
      MAPPINGS,
      [
        mapping('admin', 'admin', OTHER),
        mapping('reader', 'read', PERMISSION_SET),
        mapping('owner', 'admin', PERMISSION_SET, OTHER),
      ],
    ]);

    expect(result).toMatchObject({
      ok: true,
      value: {
        groups: [
          {
            name: 'mst-retail.webshop-dev-admin',
            awsRole: 'admin',
            projectRoles: ['admin', 'owner'],
            permissionSetArns: [PERMISSION_SET, OTHER],
            members: ['adam@corp.example', 'zoe@corp.example'],
          },
          { name: 'mst-retail.webshop-dev-read', projectRoles: ['reader'], members: ['adam@corp.example'] },
        ],
      },
    });
  });

  it('has a group without permission sets where a mapping lists none', () => {
    const result = planned(people(user('u-1', 'zoe@corp.example', 'user')), [
      'landingZone.awsRoleMappings',
      [{ projectRoleRef: { name: 'user' }, platformRole: 'power', policies: [] }],
    ]);

    expect(result).toMatchObject({
      ok: true,
      value: { groups: [{ awsRole: 'power', permissionSetArns: [], members: ['zoe@corp.example'] }] },
    });
  });

  it('keeps a group whose members have all left', () => {
    expect(planned(people())).toMatchObject({ ok: true, value: { groups: [{ members: [] }] } });
  });

  it("uses a landing zone's mappings instead of the platform's", () => {
    const result = planned(people(user('u-1', 'zoe@corp.example', 'admin', 'user')), [
      'landingZone.awsRoleMappings',
      [{ projectRoleRef: { name: 'user' }, platformRole: 'power', policies: [OTHER] }],
    ]);

    expect(result).toMatchObject({ ok: true, value: { groups: [{ awsRole: 'power', permissionSetArns: [OTHER] }] } });
  });

  it('counts a user once however the euid is spelt, whatever the order of users', () => {
    const twice = [user('u-1', 'zoe@corp.example', 'admin'), user('u-2', ' Zoe@Corp.example ', 'admin')];

    expect(planned(people(...twice))).toMatchObject({
      ok: true,
      value: { groups: [{ members: ['Zoe@Corp.example'] }] },
    });
    expect(planned(people(...twice.toReversed()))).toEqual(planned(people(...twice)));
  });

  it('skips users without euid and remarks those who would have had access', () => {
    const result = planned(people(user('u-1', null, 'admin'), user('u-2', '  ', 'admin'), user('u-3', null, 'other')));

    expect(result).toMatchObject({
      ok: true,
      value: {
        groups: [{ members: [] }],
        remarks: [
          'The user u-1 has no euid and gets no access.',
          'The user u-2 has no euid and gets no access.',
          expect.stringContaining('accountAliasPattern'),
        ],
      },
    });
  });

  it('refuses a pattern that gives two roles one group', () => {
    const result = planned(
      people(),
      [
        MAPPINGS,
        [mapping('admin', 'admin', OTHER), mapping('user', 'Admin', OTHER), mapping('reader', 'reader', OTHER)],
      ],
      ['platform.awsIdentityStore.groupNamePattern', '#{projectIdentifier}-#{platformGroupAlias:%.5s}'],
    );

    expect(result).toMatchObject({
      ok: false,
      faults: [
        {
          field: 'awsIdentityStore.groupNamePattern',
          message:
            "renders to 'mst-webshop-dev-Admin' for the role 'Admin' and for 'admin'; each needs a group of its own. Use #{platformGroupAlias} in the pattern.",
        },
      ],
    });
  });

  it('refuses a pattern whose placeholder has no value, once for all roles', () => {
    const result = planned(
      people(),
      [MAPPINGS, [mapping('admin', 'admin', OTHER), mapping('user', 'user', OTHER)]],
      ['platform.awsIdentityStore.groupNamePattern', '#{tagOwner}-#{platformGroupAlias}'],
    );

    expect(result).toMatchObject({
      ok: false,
      faults: [{ field: 'project.spec.tags.owner' }],
    });
  });

  it('refuses names that are too long or unprintable', () => {
    const named = (owner: string): unknown =>
      planVending(
        desiredState(['project.spec.tags.owner', [owner]]),
        configuration(['platform.awsIdentityStore.groupNamePattern', '#{tagOwner}']),
      );

    expect(named('x'.repeat(1020))).toMatchObject({ ok: true });
    expect(named('x'.repeat(1021))).toMatchObject({ ok: false, faults: [{ limit: 1024 }] });
    expect(named('a\u0007b')).toMatchObject({ ok: false, faults: [{ field: 'awsIdentityStore.groupNamePattern' }] });
  });

  it('names the first twenty users without euid, and counts the others', () => {
    const nobody = (count: number) => Array.from({ length: count }, (_, n) => user(`u-${n}`, null, 'admin'));
    const remarksOf = (count: number): readonly string[] => {
      const result = planned(people(...nobody(count)));
      return result.ok ? result.value.remarks.filter((remark) => remark.includes('euid')) : [];
    };

    expect(remarksOf(20)).toHaveLength(20);
    expect(remarksOf(1020)).toHaveLength(21);
    expect(remarksOf(1020).at(-1)).toBe('1000 more users have no euid and get no access.');
  });

  it('refuses more members than can be remembered where groups are reached by SCIM', () => {
    const roles = ['admin', 'user', 'reader'];
    const awsRoleMappings = roles.map((role) => mapping(role, role, OTHER));
    const members = (count: number): DesiredState =>
      people(...Array.from({ length: count }, (_, n) => user('u', `${n}`, ...roles)));
    const bySCIM: readonly Change[] = [
      ['platform.awsIdentityStore', undefined],
      ['platform.awsSso', { ...awsSso, awsRoleMappings }],
    ];

    expect(planned(members(1365), ...bySCIM)).toMatchObject({ ok: true });
    expect(planned(members(1366), [MAPPINGS, awsRoleMappings])).toMatchObject({ ok: true });
    expect(planned(members(1366), ...bySCIM)).toMatchObject({
      ok: false,
      faults: [{ field: 'userPermissions', value: 4098, limit: 4096 }],
    });
  });

  describe('of the identity provider', () => {
    const existing = (role: string, awsRole: string, existingGroupNamePattern: string, ...sets: readonly string[]) => ({
      ...mapping(role, awsRole, ...sets),
      existingGroupNamePattern,
    });
    const WORKSPACE_GROUPS = 'aws-#{workspaceIdentifier}-#{platformGroupAlias}';

    it('are planned beside ours, by their whole name, and without members', () => {
      const state = people(user('u-1', null, 'admin'), user('u-2', 'omar@corp.example', 'reader'));
      const result = planned(state, [
        MAPPINGS,
        [
          existing('admin', 'admin', WORKSPACE_GROUPS, PERMISSION_SET),
          existing('owner', 'admin', WORKSPACE_GROUPS, OTHER),
          mapping('reader', 'read', OTHER),
        ],
      ]);

      expect(result).toMatchObject({
        ok: true,
        value: {
          groups: [{ name: 'mst-retail.webshop-dev-read', members: ['omar@corp.example'] }],
          existingGroups: {
            withinHours: 24,
            groups: [
              {
                name: 'aws-retail-admin',
                awsRole: 'admin',
                projectRoles: ['admin', 'owner'],
                permissionSetArns: [PERMISSION_SET, OTHER],
              },
            ],
          },
        },
      });
      expect(result.ok ? result.value.remarks.join() : '').not.toContain('euid');
    });

    it('are no field of a plan without them', () => {
      const result = planned(people());

      expect(result.ok ? Object.keys(result.value) : []).not.toContain('existingGroups');
    });

    it('are waited for as long as groupsWithinHours says; a landing zone may name them, too', () => {
      const result = planned(
        people(),
        ['platform.awsIdentityStore.groupsWithinHours', 72],
        [
          'landingZone.awsRoleMappings',
          [
            {
              projectRoleRef: { name: 'user' },
              platformRole: 'power',
              policies: [OTHER],
              existingGroupNamePattern: 'power-users',
            },
          ],
        ],
      );

      expect(result).toMatchObject({
        ok: true,
        value: { groups: [], existingGroups: { withinHours: 72, groups: [{ name: 'power-users', awsRole: 'power' }] } },
      });
    });

    it('are refused with a name by which our groups begin, whatever its case', () => {
      const result = planned(desiredState(['project.spec.tags.owner', ['MST-retail']]), [
        MAPPINGS,
        [existing('admin', 'admin', '#{tagOwner}-admins', OTHER)],
      ]);

      expect(result).toMatchObject({
        ok: false,
        faults: [
          {
            field: 'awsRoleMappings.existingGroupNamePattern',
            message: expect.stringContaining("renders to 'MST-retail-admins', and 'mst-' begins the names") as string,
          },
        ],
      });
    });

    it('are refused where two roles would share one', () => {
      const result = planned(people(), [
        MAPPINGS,
        [existing('admin', 'admin', 'staff', OTHER), existing('user', 'user', 'Staff', OTHER)],
      ]);

      expect(result).toMatchObject({ ok: false, faults: [{ field: 'awsRoleMappings.existingGroupNamePattern' }] });
    });
  });
});

describe('who is meant by a euid', () => {
  const identifiers = (...users: readonly object[]) => meshIdentifiersByEuid(people(...users));

  it.each<[string, readonly object[], object]>([
    ['its user, whatever the letters and the spaces', [user('u-1', ' Jane@Corp ')], { 'jane@corp': 'u-1' }],
    ['the first in the alphabet', [user('u-2', 'jane'), user('u-1', 'JANE'), user('u-3', 'jane')], { jane: 'u-1' }],
    ['nobody without one', [user('u-1', ''), user('u-2', ' '), user('u-3', null)], {}],
  ])('is %s', (_, users, expected) => {
    expect(identifiers(...users)).toStrictEqual(expected);
  });

  it('is nobody where nobody is told of', () => {
    expect(meshIdentifiersByEuid(desiredState(['userPermissions', undefined]))).toStrictEqual({});
  });

  it('is told of those alone who have a role that is mapped, and no euid', () => {
    const found = planned(people(user('u-1', ' ', 'unmapped', 'admin'), user('u-2', null, 'unmapped')));
    const remarks = found.ok ? found.value.remarks.filter((remark) => remark.includes('euid')) : [];
    expect(remarks).toStrictEqual(['The user u-1 has no euid and gets no access.']);
  });
});

describe('the name of a group', () => {
  const PATTERN = 'platform.awsIdentityStore.groupNamePattern';
  const faultsOf = (...changes: readonly Change[]) => {
    const found = planned(desiredState(['userPermissions', []]), ...changes);
    return found.ok ? [] : found.faults.map(({ field, message }) => `${field} ${message}`);
  };

  it.each([
    [1019, false],
    [1020, false],
    [1021, true],
  ])('may have 1024 characters with its prefix: %s more are too many, %s', (characters, isTooLong) => {
    const tooLong = expect.stringMatching(
      /^awsIdentityStore\.groupNamePattern renders to .* which has 1025 characters; IAM Identity Center accepts at most 1024\. Shorten the pattern/u,
    ) as unknown;
    expect(faultsOf([PATTERN, 'x'.repeat(characters)])).toEqual(isTooLong ? [tooLong] : []);
  });

  it('is that of one role alone, and what lacks a value is told once', () => {
    const two: Change = [MAPPINGS, [mapping('admin', 'a', PERMISSION_SET), mapping('reader', 'b', PERMISSION_SET)]];
    expect(faultsOf([PATTERN, 'same'], two)).toEqual([
      expect.stringContaining("renders to 'mst-same' for the role 'b' and for 'a'; each needs a group of its own."),
    ]);
    expect(faultsOf([PATTERN, '#{tagMissing}'], two)).toEqual([expect.stringContaining('tagMissing')]);
    expect(faultsOf([PATTERN, '#{tagMissing}#{tagOther}'], two)).toHaveLength(2);
  });
});
