import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import type { Change } from '../functions/domain/examples';
import { MovedOrganization, NEEDED, TENANTS } from './moving-over';

describe('moving over from meshStack', () => {
  let moved: MovedOrganization;
  afterEach(() => {
    moved.simulation.stop();
  });

  const statuses = () =>
    Promise.all(
      TENANTS.map(async (uuid) => {
        const { status, account, lastError } = await moved.simulation.detail(uuid);
        return { status, account: account?.id, imported: account?.imported, lastError };
      }),
    );

  const vended = () =>
    moved.accountIds.map((account) => ({ status: 'VENDED', account, imported: true, lastError: null }));

  it('takes over accounts, groups, assignments, products and downgraded roles, and changes nothing without need', async () => {
    moved = new MovedOrganization();
    await moved.begin();
    const before = moved.access;
    expect(moved.accountIds).not.toContain(null);

    const [account] = moved.accountIds;
    const preview = await moved.dryRun();
    expect(preview).toMatchObject({
      status: 200,
      body: {
        refusal: null,
        changes: [
          { state: 'ImportAccount', what: 'account', to: account },
          { state: 'ImportAccount', what: 'tag account-vending:tenant-uuid' },
          { state: 'DowngradeAccessRole', what: 'policy of MeshstackAccountAccessRole', from: null },
          { state: 'ConfirmDowngrade', what: 'policy of MeshstackAccountAccessRole', from: 'MeshstackMinimumAccess' },
        ],
      },
    });
    expect(moved.writes()).toEqual([]);

    await moved.send();

    expect(await statuses()).toEqual(vended());
    expect(moved.access).toEqual(before);
    expect(moved.writes().toSorted()).toEqual(NEEDED);

    const { calls } = moved;
    await moved.send();

    expect(await statuses()).toEqual(vended());
    expect(moved.writes(calls)).toEqual([]);
  });

  it('leaves the roles of the accounts as they are, where they are not to be downgraded', async () => {
    moved = new MovedOrganization();
    await moved.begin(['platform.selfDowngradeAccessRole', false]);

    await moved.send();

    expect(await statuses()).toEqual(vended());
    expect(moved.writes()).toEqual(['organizations:TagResource', 'organizations:TagResource']);
  });

  it('makes what is there equal to what meshStack says by now, in groups that keep their ids', async () => {
    moved = new MovedOrganization();
    await moved.begin();
    const { groups } = moved.center;
    const before = [...groups.keys()];

    await moved.send(['userPermissions', []]);

    expect(await statuses()).toEqual(vended());
    expect([...groups.keys()]).toEqual(before);
    const changed = moved.writes().filter((write) => !NEEDED.includes(write));
    expect(new Set(changed)).toEqual(new Set(['identitystore:DeleteGroupMembership']));
    const ours = [...groups.values()].filter(({ displayName }) => displayName.startsWith('mst-')).map(({ id }) => id);
    expect([...moved.center.memberships.values()].filter(({ groupId }) => ours.includes(groupId))).toEqual([]);
  });

  describe('with a group that gives access to nothing yet', () => {
    const GROUP = 'mst-retail.second-reader';

    it('stops that tenant, and names the setting', async () => {
      moved = new MovedOrganization();
      await moved.begin();
      moved.takeAssignmentsOf(GROUP);
      const before = moved.access;

      await moved.send();

      const [first, second] = await statuses();
      expect(first?.status).toBe('VENDED');
      expect(second).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
      expect(second?.lastError?.message).toContain(`There is a group "${GROUP}"`);
      expect(second?.lastError?.remedy).toContain('adoptGroups');
      expect(moved.access).toEqual(before);
    });

    it('takes it over by adoptGroups, with its id and its members, and gives it its access', async () => {
      moved = new MovedOrganization();
      await moved.begin(['platform.adoptGroups', true]);
      const before = moved.access;
      moved.takeAssignmentsOf(GROUP);

      await moved.send();

      expect(await statuses()).toEqual(vended());
      expect(moved.access).toEqual(before);
      expect(moved.writes().filter((write) => !NEEDED.includes(write))).toEqual(['sso:CreateAccountAssignment']);
    });

    it.each<{ why: string; configured: readonly Change[]; sent: readonly Change[] }>([
      { why: 'nobody knows who is to be in it', configured: [], sent: [['userPermissions', undefined]] },
      {
        why: 'it would keep its members',
        configured: [['platform.skipUserGroupPermissionCleanup', true]],
        sent: [],
      },
    ])('leaves it to people where $why', async ({ configured, sent }) => {
      moved = new MovedOrganization();
      await moved.begin(['platform.adoptGroups', true], ...configured);
      moved.takeAssignmentsOf(GROUP);
      const before = moved.access;

      await moved.send(...sent);

      const [, second] = await statuses();
      expect(second?.lastError?.message).toContain(`There is a group "${GROUP}"`);
      expect(moved.access).toEqual(before);
    });
  });

  it('comes to the same end when functions are killed, at every write that takes accounts and groups over', async () => {
    const effects = new Set<string>();
    const at = ({ function: name, kind, name: effect, when }: Effect): string => `${name} ${kind} ${effect} ${when}`;
    moved = new MovedOrganization(
      () => 'go-on',
      (effect) => effects.add(at(effect)),
    );
    await moved.begin();
    effects.clear();
    await moved.send();
    const plain = moved.access;
    moved.simulation.stop();
    const kills = [...effects].filter((effect) =>
      /^(?:ImportAccount|RevokeAccess) (?:aws organizations:TagResource|ledger commit) /u.test(effect),
    );
    expect(kills).toHaveLength(6);
    for (const kill of kills) {
      let isOver = true;
      moved = new MovedOrganization((effect) => {
        if (isOver || at(effect) !== kill) return 'go-on';
        isOver = true;
        return 'kill';
      });
      await moved.begin();
      isOver = false;
      await moved.send();
      expect({ kill, isOver, statuses: await statuses() }).toEqual({ kill, isOver: true, statuses: vended() });
      expect({ kill, access: moved.access }).toEqual({ kill, access: plain });
      expect(moved.writes().toSorted()).toEqual(NEEDED);
      moved.simulation.stop();
    }
  });
});
