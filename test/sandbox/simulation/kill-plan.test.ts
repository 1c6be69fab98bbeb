import { Invocations } from '../../../sandbox/runtime/embedded/invocation';
import { KillPlan } from '../../../sandbox/simulation/kill-plan';

const options = { seed: 1, tenants: 1, faults: new Set<never>(), rounds: 0, kill: true };

/** How many of so many processes come to their end, each of which does so much. */
async function survivors(processes: number, calls: number): Promise<number> {
  const plan = new KillPlan(options);
  const invocations = new Invocations(
    () => 60,
    (effect) => plan.decide(effect),
  );
  const call = { kind: 'aws', name: 'organizations:ListAccounts', write: false } as const;
  const work = async (): Promise<void> => {
    for (let made = 0; made < calls; made += 1) await invocations.effect(call, () => Promise.resolve());
  };
  const all = Array.from({ length: processes }, () => invocations.invoke('CheckAccount', work, {}));
  const ends = await Promise.allSettled(all);
  return ends.filter(({ status }) => status === 'fulfilled').length;
}

describe('processes that die', () => {
  it('are few of those that do little', async () => {
    const alive = await survivors(500, 10);
    expect(alive).toBeGreaterThan(430);
    expect(alive).toBeLessThan(490);
  });

  it('are no more than two of five of those that go through thousands of accounts', async () => {
    const alive = await survivors(500, 400);
    expect(alive).toBeGreaterThan(275);
    expect(alive).toBeLessThan(350);
  });

  it('are none where nobody is to die', () => {
    const plan = new KillPlan({ ...options, kill: false });
    const effect = { function: 'CheckAccount', kind: 'aws', name: 'any', write: false, when: 'before' } as const;
    expect(Array.from({ length: 2000 }, () => plan.decide(effect))).not.toContain('kill');
  });
});
