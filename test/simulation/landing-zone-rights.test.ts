import type { Rollout } from '../../functions/api/rollout-responses';
import { exampleAuthorization } from '../../sandbox/organization/authorization/example-authorization';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { AccountSeed } from '../../sandbox/organization/organization-seed';
import { changed, DEV, ENROLLING_ROLE, withoutAction } from '../functions/preflight/planted-defects';
import { RolloutCalls } from './rollout-calls';
import { plainConfiguration, SimulatedVending, START } from './simulated-vending';

const PROD = 'ou-ab12-prod0001';
const example = exampleOrganization();
const roles = exampleAuthorization(plainConfiguration());

const account = (number: number, parentId: string): AccountSeed => ({
  id: String(580_000_000_000 + number),
  name: `f-${number}`,
  email: `f+${number}@corp.example`,
  governed: true,
  accessRole: 'AWSControlTowerExecution',
  parentId,
});

/** One unit needs another version of its baseline, and another one what it has once more. */
const seed = {
  organizationalUnits: example.organizationalUnits.map((unit) => ({
    ...unit,
    baselineVersion: unit.id === DEV ? '4.0' : '5.0',
  })),
  accounts: [...example.accounts, account(1, DEV), account(2, PROD)],
  controlTower: { updatedAt: new Date(START.getTime() - 3_600_000).toISOString() },
};

/** Each right, and what a rollout becomes that lacks it. */
const rights: readonly (readonly [string, Rollout['status']])[] = [
  ['controltower:ListLandingZoneOperations', 'REFUSED'],
  ['controltower:GetLandingZoneOperation', 'REFUSED'],
  ['controltower:ListEnabledBaselines', 'REFUSED'],
  ['controltower:GetBaselineOperation', 'STOPPED'],
  ['controltower:ResetEnabledBaseline', 'STOPPED'],
  ['controltower:UpdateEnabledBaseline', 'STOPPED'],
];

describe('a rollout of the landing zone', () => {
  let simulation: SimulatedVending;
  let calls: RolloutCalls;

  const begin = (authorization: typeof roles): void => {
    simulation = new SimulatedVending({ seed, authorization });
    calls = new RolloutCalls(simulation);
  };

  const rolledOut = async (): Promise<Rollout> => {
    const plan = await calls.planned({ kind: 'landing-zone' });
    return plan.status === 'PLANNED' ? calls.started(plan) : plan;
  };

  afterEach(() => {
    simulation.stop();
  });

  it.each(rights)('says that it lacks %s, is %s by that, and goes on when it has it', async (action, status) => {
    begin(changed(ENROLLING_ROLE, withoutAction(action))(roles));

    const ended = await rolledOut();

    expect(ended).toMatchObject({ status, failed: 0 });
    expect(ended.reason).toContain(`not authorized to perform: ${action}`);
    expect(ended.reason).toContain('landing-zone-update-rights');
    expect(simulation.application.deadLetters).toEqual([]);
    simulation.organization.admitRoles(roles);
    const after = status === 'STOPPED' ? await calls.resumed(ended) : await rolledOut();
    expect(after).toMatchObject({ status: 'ENDED', done: 2, failed: 0 });
  });

  it('says that nobody lets it in, and goes on when somebody does', async () => {
    begin(roles.filter(({ name }) => name !== ENROLLING_ROLE));

    const ended = await rolledOut();

    expect(ended).toMatchObject({ status: 'REFUSED', failed: 0 });
    expect(ended.reason).toContain(`${ENROLLING_ROLE} (AccessDenied)`);
    expect(simulation.application.deadLetters).toEqual([]);
    simulation.organization.admitRoles(roles);
    expect(await rolledOut()).toMatchObject({ status: 'ENDED', done: 2, failed: 0 });
  });
});
