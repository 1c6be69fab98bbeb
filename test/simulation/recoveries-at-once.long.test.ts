import { currentInvocation } from '../../sandbox/runtime/embedded/invocation';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { AccountSeed } from '../../sandbox/organization/organization-seed';
import { fewOrMany } from '../few-or-many';
import { SimulatedStory } from './simulated-story';
import { plainConfiguration } from './simulated-vending';

/** How many answers are lost, and how many accounts the organization has, of which a page lists twenty. */
const CASES = [
  { recoveries: 5, accounts: fewOrMany(5000, 10_000) },
  { recoveries: 1, accounts: fewOrMany(5000, 50_000) },
];

const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

function accountOf(number: number): AccountSeed {
  const id = String(500_000_000_000 + number);
  return { id, name: `legacy.${number}`, email: `aws+legacy.${number}@corp.example`, parentId: 'ou-ab12-legacy01' };
}

/** So many accounts, the example's own among them. */
function large(count: number): Pick<ReturnType<typeof exampleOrganization>, 'accounts' | 'accountsWereRequested'> {
  const { accounts } = exampleOrganization();
  const further = Array.from({ length: count - accounts.length }, (_, number) => accountOf(number));
  return { accounts: [...accounts, ...further], accountsWereRequested: true };
}

describe.each(CASES)('$recoveries answers of CreateAccount that are lost at once, $accounts accounts', (lost) => {
  const story = new SimulatedStory();
  const { recoveries, accounts } = lost;
  const pages = Math.ceil(accounts / 20);

  it(
    'end vended, each with one account, and what there is was read once or twice for all of them',
    async () => {
      const killed = new Set<unknown>();
      const simulation = story.simulate({
        configuration: plainConfiguration(['platform.accountAliasPattern', 'corp-#{tenantPlatformNumber}-x']),
        seed: large(accounts),
        limits: { accounts: accounts + 100 },
        onEffect: ({ name, when }) => {
          const who = JSON.stringify(currentInvocation()?.input).slice(0, 60);
          if (name !== 'organizations:CreateAccount' || when !== 'before' || killed.has(who)) return 'go-on';
          killed.add(who);
          return 'kill';
        },
      });
      const uuids = Array.from({ length: recoveries }, (_, index) => uuidOf(index + 1));
      uuids.forEach((uuid, index) => {
        simulation.sendEvent(['tenant.metadata.uuid', uuid], ['tenantPlatformNumber', 42 + index]);
      });
      await simulation.settle();

      expect(killed.size).toBe(recoveries);
      expect(simulation.outcomes.map(({ type }) => type)).toEqual(uuids.map(() => 'Account Vended'));
      expect(simulation.madeAccounts).toHaveLength(recoveries);
      expect(simulation.outcomesOf('ListAccounts').length).toBeLessThanOrEqual(
        recoveries === 1 ? 1.04 * pages : 2 * pages + 12 * recoveries,
      );
    },
    60_000 * Math.max(1, accounts / 5000),
  );
});
