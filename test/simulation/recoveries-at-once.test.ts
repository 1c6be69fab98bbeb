import { currentInvocation } from '../../sandbox/runtime/embedded/invocation';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { AccountSeed } from '../../sandbox/organization/organization-seed';
import { SimulatedStory } from './simulated-story';
import { plainConfiguration } from './simulated-vending';

/* `npm run test:deep -- recoveries` has more. */
const RECOVERIES = Number(process.env['RECOVERIES'] ?? 5);
const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 5000);

const PAGES = Math.ceil(ACCOUNTS / 20);

const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

function accountOf(number: number): AccountSeed {
  const id = String(500_000_000_000 + number);
  return { id, name: `legacy.${number}`, email: `aws+legacy.${number}@corp.example`, parentId: 'ou-ab12-legacy01' };
}

/** So many accounts, the example's own among them. */
function large(): Pick<ReturnType<typeof exampleOrganization>, 'accounts' | 'accountsWereRequested'> {
  const { accounts } = exampleOrganization();
  const further = Array.from({ length: ACCOUNTS - accounts.length }, (_, number) => accountOf(number));
  return { accounts: [...accounts, ...further], accountsWereRequested: true };
}

describe('answers of CreateAccount that are lost at once in a large organization', () => {
  const story = new SimulatedStory();

  it(
    'end vended, each with one account, and what there is was read once or twice for all of them',
    async () => {
      const killed = new Set<unknown>();
      const simulation = story.simulate({
        configuration: plainConfiguration(['platform.accountAliasPattern', 'corp-#{tenantPlatformNumber}-x']),
        seed: large(),
        limits: { accounts: ACCOUNTS + 100 },
        onEffect: ({ name, when }) => {
          const who = JSON.stringify(currentInvocation()?.input).slice(0, 60);
          if (name !== 'organizations:CreateAccount' || when !== 'before' || killed.has(who)) return 'go-on';
          killed.add(who);
          return 'kill';
        },
      });
      const uuids = Array.from({ length: RECOVERIES }, (_, index) => uuidOf(index + 1));
      uuids.forEach((uuid, index) => {
        simulation.sendEvent(['tenant.metadata.uuid', uuid], ['tenantPlatformNumber', 42 + index]);
      });
      await simulation.settle();

      expect(killed.size).toBe(RECOVERIES);
      expect(simulation.outcomes.map(({ type }) => type)).toEqual(uuids.map(() => 'Account Vended'));
      expect(simulation.madeAccounts).toHaveLength(RECOVERIES);
      expect(simulation.outcomesOf('ListAccounts').length).toBeLessThanOrEqual(
        RECOVERIES === 1 ? 1.04 * PAGES : 2 * PAGES + 12 * RECOVERIES,
      );
    },
    60_000 * Math.max(1, ACCOUNTS / 5000),
  );
});
