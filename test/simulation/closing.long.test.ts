import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { seededRandom } from '../../sandbox/organization/draw';
import { type Change, configuration } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const TAG = 'account-vending:tenant-uuid';
const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];
const people: Change = [
  'userPermissions',
  [
    {
      meshIdentifier: 'u-jane',
      username: 'jane',
      firstName: 'Jane',
      lastName: 'X',
      email: 'jane@corp.example',
      euid: 'jane@corp.example',
      roles: ['admin'],
    },
  ],
];
const { awsIdentityStore } = configuration().platform;
const awsRoleMappings = [
  {
    projectRoleRef: { name: 'admin' },
    awsRole: 'admin',
    permissionSetArns: ['arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-ad00000000000001'],
  },
];

/** Tenants with the same identifiers have the same groups, and accounts of their own. */
const withAccess = plainConfiguration(
  ['platform.awsIdentityStore', { ...awsIdentityStore, region: 'eu-central-1', awsRoleMappings }],
  ['platform.accountAliasPattern', 'corp-#{tenantPlatformNumber}'],
);

describe('closing, while functions are killed', () => {
  let started: SimulatedVending | undefined;
  afterEach(() => {
    started?.stop();
  });

  const simulate = (onEffect: (effect: Effect) => 'go-on' | 'kill'): SimulatedVending => {
    started?.stop();
    return (started = new SimulatedVending({ configuration: withAccess, onEffect }));
  };

  const isMine = (effect: Effect): boolean => effect.write && (effect.kind === 'aws' || effect.kind === 'ledger');

  const assignmentsIn = ({ organization }: SimulatedVending, accountId: string | undefined): number =>
    [...(organization.state.identityCenter?.assignments.values() ?? [])].filter((one) => one.accountId === accountId)
      .length;

  const ourGroups = ({ organization }: SimulatedVending): readonly string[] =>
    [...(organization.state.identityCenter?.groups.values() ?? [])]
      .map(({ displayName }) => displayName)
      .filter((name) => name.startsWith('mst-'));

  /** Vends, and closes with one kill: at the so-many-th write from the deletion on. */
  const closeWith = async (index: number | null, when: Effect['when']) => {
    const seen = { isClosing: false, writes: 0 };
    const simulation = simulate((effect) => {
      if (!seen.isClosing || !isMine(effect) || effect.when !== when) return 'go-on';
      seen.writes += 1;
      return seen.writes - 1 === index ? 'kill' : 'go-on';
    });
    simulation.sendEvent(people);
    await simulation.settle();
    expect(assignmentsIn(simulation, simulation.madeAccounts[0]?.id)).toBe(1);
    seen.isClosing = true;
    simulation.sendEvent(['replicationSequence', 18], deletion);
    await simulation.settle();
    return { simulation, writes: seen.writes };
  };

  it('ends as without a kill, wherever it comes', async () => {
    const { writes } = await closeWith(null, 'before');
    expect(writes).toBeGreaterThan(12);
    for (let index = 0; index < writes; index += 3) {
      const { simulation } = await closeWith(index, index % 2 === 0 ? 'before' : 'after');

      expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', replicationSequence: 18 });
      expect(simulation.madeAccounts).toHaveLength(1);
      expect(assignmentsIn(simulation, simulation.madeAccounts[0]?.id)).toBe(0);
      expect(ourGroups(simulation)).toEqual([]);
      expect(simulation.outcomes.at(-1)?.type).toBe('Account Closed');
    }
  });

  const FIRST = '7d0c1b1e-0000-4000-8000-000000000001';
  const SECOND = '7d0c1b1e-0000-4000-8000-000000000002';
  const of = (tenantUuid: string, number: number): readonly Change[] => [
    ['tenant.metadata.uuid', tenantUuid],
    ['tenantPlatformNumber', number],
  ];

  const replayUntilItEnds = async (simulation: SimulatedVending, tenantUuid: string): Promise<string> => {
    for (let round = 0; round < 10; round += 1) {
      const { status } = await simulation.detail(tenantUuid);
      if (status !== 'FAILED') return status;
      await simulation.application.callApi({ method: 'POST', path: `/vendings/${tenantUuid}/replay` });
      await simulation.settle();
    }
    return JSON.stringify((await simulation.detail(tenantUuid)).lastError);
  };

  it.each([1, 2, 3, 4, 5, 6])(
    'leaves no orphan, and the tenant that came after it its groups, over mixed lives (seed %d)',
    async (seed) => {
      const random = seededRandom(seed);
      let kills = 0;
      const simulation = simulate((effect) => {
        const dies = isMine(effect) && kills < 8 && random() < 0.04;
        if (dies) kills += 1;
        return dies ? 'kill' : 'go-on';
      });
      simulation.sendEvent(...of(FIRST, 42), people);
      // During creation, or after it.
      if (random() < 0.5) await simulation.until(() => simulation.outcomesOf('CreateAccount').length > 0);
      else await simulation.settle();
      if (random() < 0.5) simulation.sendEvent(...of(FIRST, 42), people, ['replicationSequence', 18]);
      simulation.sendEvent(...of(FIRST, 42), deletion, ['replicationSequence', 19]);
      if (random() < 0.5) await simulation.settle();
      // With the same identifiers.
      simulation.sendEvent(...of(SECOND, 43), people);
      await simulation.settle();
      expect(await replayUntilItEnds(simulation, FIRST)).toBe('CLOSED');
      expect(await replayUntilItEnds(simulation, SECOND)).toBe('VENDED');
      simulation.sendEvent(...of(FIRST, 42), deletion, ['replicationSequence', 20]);
      await simulation.settle();
      expect(await replayUntilItEnds(simulation, FIRST)).toBe('CLOSED');

      const [first, second] = [await simulation.detail(FIRST), await simulation.detail(SECOND)];
      const tagged = simulation.madeAccounts.map(({ id, tags }) => [tags.get(TAG), id]);
      const known = [first, second].flatMap(({ tenantUuid, account }) =>
        account === null ? [] : [[tenantUuid, account.id]],
      );
      expect(tagged.toSorted()).toEqual(known.toSorted());
      expect(assignmentsIn(simulation, first.account?.id ?? 'none')).toBe(0);
      expect(assignmentsIn(simulation, second.account?.id)).toBeGreaterThan(0);
      expect(ourGroups(simulation)).not.toEqual([]);
    },
  );
});
