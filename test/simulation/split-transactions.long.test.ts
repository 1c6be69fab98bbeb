import { ClaimRecordSchema } from '../../functions/domain/records/ledger-records';
import { claimKey, groupClaim } from '../../functions/ledger/base/keys';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { type Change, configuration } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const ROLES = Array.from({ length: 100 }, (_, number) => `role-${number}`);
const VIEW = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-c000000000000003';
const { awsIdentityStore } = configuration().platform;

/** With its e-mail and its alias, a tenant has two names more than groups: no transaction takes them. */
const withManyGroups = plainConfiguration([
  'platform.awsIdentityStore',
  {
    ...awsIdentityStore,
    region: 'eu-central-1',
    awsRoleMappings: ROLES.map((name) => ({ projectRoleRef: { name }, awsRole: name, permissionSetArns: [VIEW] })),
  },
]);

const nobody: Change = ['userPermissions', []];
const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];

describe('a tenant whose names take several transactions', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  /** How many of its groups' names are the tenant's. */
  const claimed = async (): Promise<number> => {
    let count = 0;
    for (const { displayName } of GROUPS(simulation)) {
      const [item] = await simulation.application.ledger.read([claimKey(groupClaim(displayName))]);
      if (ClaimRecordSchema.safeParse(item?.data).success) count += 1;
    }
    return count;
  };

  it('is vended and closed although functions die between them', async () => {
    const kills: string[] = [];
    const commits: Record<string, number> = {};
    simulation = new SimulatedVending({
      configuration: withManyGroups,
      latencies: { accountAssignment: [0, 0] },
      onEffect: ({ function: name, kind, name: effect, when }: Effect) => {
        if (kind !== 'ledger' || effect !== 'commit' || when !== 'after') return 'go-on';
        if (name !== 'PlanVending' && name !== 'CompleteClosing') return 'go-on';
        const count = (commits[name] = (commits[name] ?? 0) + 1);
        // Each try is killed one transaction later than the one before.
        const dies = count === 1 || count === 3;
        if (dies) kills.push(`${name} ${count}`);
        return dies ? 'kill' : 'go-on';
      },
    });
    simulation.sendEvent(nobody);
    await simulation.settle();
    expect((await simulation.detail()).status).toBe('VENDED');
    const made = GROUPS(simulation).length;
    expect(made).toBe(ROLES.length);
    expect(await claimed()).toBe(made);

    simulation.sendEvent(nobody, ...deletion);
    await simulation.settle();
    expect((await simulation.detail()).status).toBe('CLOSED');
    expect(kills).toEqual(['PlanVending 1', 'PlanVending 3', 'CompleteClosing 1', 'CompleteClosing 3']);
    expect(GROUPS(simulation)).toEqual([]);
  });
});

const GROUPS = ({ organization }: SimulatedVending) =>
  [...(organization.state.identityCenter?.groups.values() ?? [])].filter(({ displayName }) =>
    displayName.includes('role-'),
  );
