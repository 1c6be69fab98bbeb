import { rngFor, randomFor } from '../sandbox/simulation/rng';
import { exampleOrganization } from '../sandbox/organization/example-organization';
import { throttleOf, type FaultInjector } from '../sandbox/organization/fault-injector';
import { Organization } from '../sandbox/organization/organization';
import { awsLimits } from '../sandbox/organization/organization-limits';
import type { AccountFactorySeed, AccountSeed, OrganizationSeed } from '../sandbox/organization/organization-seed';
import { drawnLatencies } from './durations';
import type { Observer } from './observation';
import { PEERS_ROLE } from './peers/peer-session';
import { peopleOf } from './requests';
import type { Scenario } from './scenario';

/** The organization of a scenario, the same for ours and for every peer. */
export function benchOrganization(scenario: Scenario, seed: number, observer: Pick<Observer, 'called'>): Organization {
  const organization: Organization = new Organization({
    seed: organizationSeed(scenario),
    clock: { now: () => Date.now() },
    latencies: drawnLatencies(seed, scenario.stretch),
    random: randomFor(seed, 'organization'),
    // AWS raises this one on request; nothing else is raised.
    limits: {
      ...awsLimits,
      accounts: Math.max(awsLimits.accounts, 2 * scenario.organizationSize),
      managedExecution: scenario.stackSet === 'queued' ? 'one-by-one' : 'side-by-side',
    },
    faults: throttles(scenario, seed),
    onCall: (call) => {
      observer.called(call, organization.state);
    },
  });
  return organization;
}

function organizationSeed(scenario: Scenario): OrganizationSeed {
  const example = exampleOrganization();
  const { identityCenter, accountFactory } = example;
  if (identityCenter === undefined) throw new Error('The example organization has no Identity Center.');
  return {
    ...example,
    accounts: [
      ...example.accounts,
      ...Array.from({ length: scenario.organizationSize }, (_, index) => neighbour(index)),
    ],
    stackSets:
      example.stackSets?.map((one) => ({
        ...one,
        managedExecution: one.managedExecution === true || scenario.stackSet !== 'one-operation',
      })) ?? [],
    ...(accountFactory === undefined ? {} : { accountFactory: openToPeers(accountFactory) }),
    identityCenter: { ...identityCenter, users: [...identityCenter.users, ...peopleOf(scenario)] },
  };
}

/** Peers work with one role for everything. */
const openToPeers = (factory: AccountFactorySeed): AccountFactorySeed => ({
  ...factory,
  launchPaths: factory.launchPaths.map((path) => ({ ...path, principals: [...path.principals, PEERS_ROLE] })),
});

function neighbour(index: number): AccountSeed {
  const number = index + 1;
  const id = String(700_000_000_000 + number);
  return { id, name: `neighbour-${number}`, email: `aws+${id}@corp.example`, parentId: 'ou-ab12-legacy01' };
}

function throttles({ throttledShare }: Scenario, seed: number): FaultInjector {
  const rng = rngFor(seed, 'throttles');
  return {
    beforeCall: ({ callerFunction, service }) =>
      callerFunction !== null && throttledShare > 0 && rng.happens(throttledShare)
        ? { kind: 'error', ...throttleOf(service) }
        : undefined,
  };
}
