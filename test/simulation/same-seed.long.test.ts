import type { FaultName } from '../../sandbox/simulation/fault-name';
import { makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { simulate } from '../../sandbox/simulation/simulate';
import type { SimulationOptions } from '../../sandbox/simulation/simulation-options';

const rough = (seed: number): SimulationOptions => ({
  seed,
  tenants: 4,
  rounds: 1,
  kill: true,
  faults: new Set<FaultName>(['throttles', 'lost-responses', 'slow-access']),
});

it('tells the same story for the same seed, and another one for another', async () => {
  const fixture = await makeFixture();
  const first = await simulate(rough(3), fixture);

  expect(await simulate(rough(3), fixture)).toEqual(first);
  expect(await simulate(rough(4), fixture)).not.toMatchObject({ apiCalls: first.apiCalls });
});
