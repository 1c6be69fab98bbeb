import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { awsLimits } from '../../sandbox/organization/organization-limits';
import { type Change, configuration } from '../functions/domain/examples';
import { fewOrMany } from '../few-or-many';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const CLOSINGS = fewOrMany(8, 50);
const ACCOUNTS = fewOrMany(40, 400);

const numbers = Array.from({ length: CLOSINGS }, (_, index) => index + 1);

const of = (number: number): readonly Change[] => [
  ['tenant.metadata.uuid', `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`],
  ['tenantPlatformNumber', number],
  ['tenant.metadata.ownedByProject', `webshop-${number}`],
  ['project.metadata.name', `webshop-${number}`],
];

const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];

/** Accounts of other people: they fill the lists that are read, and count for AWS's quotas. */
const { accounts } = exampleOrganization();
const others = Array.from({ length: Math.max(0, ACCOUNTS - accounts.length - CLOSINGS) }, (_, index) => {
  const id = String(700_000_000_000 + index);
  return { id, name: `other-${index}`, email: `other-${index}@corp.example`, parentId: 'ou-ab12-legacy01' };
});

describe(`${CLOSINGS} closings at once in an organization of ${ACCOUNTS} accounts`, () => {
  it.each([
    { strategy: 'account-factory', seed: {} },
    { strategy: 'auto-enroll', seed: { controlTower: { enrollsByItself: true } } },
  ])('end, one account after the other, and none is rejected: $strategy', async ({ strategy, seed }) => {
    const simulation = new SimulatedVending({
      configuration: configuration(
        ['landingZone.closeAccount', true],
        ['landingZone.stackSets', []],
        ['landingZone.awsLambdaArn', null],
        ['platform.awsIdentityStore', undefined],
        ['platform.enrollmentConfiguration.strategy', strategy],
      ),
      seed: { accounts: [...accounts, ...others], ...seed },
    });
    try {
      for (const number of numbers) simulation.sendEvent(...of(number));
      await simulation.settle();
      const { state } = simulation.organization;
      const made = simulation.madeAccounts.map(({ id }) => id);
      expect(made.filter((id) => state.inheritedBaselines.get(id)?.status === 'SUCCEEDED')).toHaveLength(CLOSINGS);

      for (const number of numbers) simulation.sendEvent(...of(number), ...deletion);
      await simulation.settle();
      expect(simulation.madeAccounts.map((one) => one.state)).toEqual(numbers.map(() => 'CLOSED'));
      expect(state.accounts.size).toBe(Math.max(ACCOUNTS, accounts.length + CLOSINGS));
      expect(state.inheritedBaselines.size).toBe(0);
      expect(state.accountFactory?.provisionedProducts.size).toBe(0);
      const failed = simulation.outcomes.filter(({ type }) => type === 'Account Closing Failed');
      expect(failed).toEqual([]);
      // Nobody was turned away: each was asked for once.
      const terminations = strategy === 'auto-enroll' ? [] : numbers.map(() => 'ok');
      expect(simulation.outcomesOf('TerminateProvisionedProduct')).toEqual(terminations);
    } finally {
      simulation.stop();
    }
  });
});

it('closings wait for AWS’s share of thirty days, and none is refused', async () => {
  const limits = { ...awsLimits, closures: { share: 0, least: 4, most: 1000 } };
  const simulation = new SimulatedVending({
    configuration: plainConfiguration(['landingZone.closeAccount', true]),
    limits,
  });
  try {
    const six = [1, 2, 3, 4, 5, 6];
    for (const number of six) simulation.sendEvent(...of(number));
    await simulation.settle();
    for (const number of six) simulation.sendEvent(...of(number), ...deletion);
    await simulation.settle();

    expect(simulation.madeAccounts.map(({ state }) => state)).toEqual(six.map(() => 'CLOSED'));
    const outcomes = simulation.outcomesOf('CloseAccount');
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(6);
    expect(outcomes).not.toContain('TooManyRequestsException');
    const closedAt = simulation.madeAccounts.map((one) => one.closedAt ?? 0).toSorted((one, other) => one - other);
    expect((closedAt[4] ?? 0) - (closedAt[0] ?? 0)).toBeGreaterThan(30 * 24 * 3600 * 1000);
  } finally {
    simulation.stop();
  }
});
