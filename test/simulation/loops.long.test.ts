import { deployedDefinition } from '../../sandbox/runtime/embedded/local-definition';
import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { sentOnce, staged, tenantsIn } from './staged-simulation';

/** The workflow as it is deployed, with one state in the place of another. */
function planted(state: string, instead: object): object {
  const definition = deployedDefinition('vend-account') as { readonly States: Readonly<Record<string, object>> };
  return { ...definition, States: { ...definition.States, [state]: instead } };
}

describe('a simulation is ended by', () => {
  let fixture: SimulationFixture;

  beforeAll(async () => {
    fixture = await makeFixture();
  });

  it.each([
    {
      defect: 'two states that call each other without a pause',
      // Anyone who waits for the account asks itself again, instead of waiting and looking.
      definition: planted('WaitForAccount', { Type: 'Pass', Next: 'IsAccountCreated' }),
      invariant: 'no loop without a pause',
      states: ['WaitForAccount', 'IsAccountCreated'],
    },
    {
      defect: 'pauses that are too short for a history',
      definition: planted('WaitForAccount', { Type: 'Wait', Seconds: 1, Next: 'IsAccountCreated' }),
      invariant: 'no execution fills its history',
      states: ['WaitForAccount', 'IsAccountCreated'],
    },
  ])('$defect', async ({ definition, invariant, states }) => {
    // So many that the account of one of them is not there at the first look.
    const tenants = tenantsIn('bare', 1, 6).map(sentOnce);
    const { violations } = await staged(fixture, { tenants, definition, stage: () => 'go-on' });

    expect(violations.all.map((violation) => violation.invariant)).toEqual([invariant]);
    const { seen = '', at } = violations.all[0] ?? {};
    expect(tenants.some(({ uuid }) => seen.includes(uuid))).toBe(true);
    expect(states.every((state) => seen.includes(state))).toBe(true);
    expect(at).toBeLessThan(24 * 3600);
  });
});
