import type { AccountFactory, EnrollmentRequest, ProvisionedProduct } from '../../ports/account-factory';
import type { Builds } from '../../ports/builds';
import type { StackInstance, StackInstanceRequest, StackSetKey, StackSets } from '../../ports/stack-sets';

/** Tells the step that its request is over, although Control Tower governs nothing yet. */
const RECORD_ID = 'dry-run';

/**
 * The Account Factory: whatever is asked of it has succeeded at once.
 *
 * @param enrolled told of the unit that the account is in then
 */
export function dryRunFactory(factory: AccountFactory, enrolled: (unitId: string) => void): AccountFactory {
  let isAsked = false;
  let product: ProvisionedProduct | undefined;
  const ask = (after: ProvisionedProduct | undefined, request?: EnrollmentRequest) => {
    isAsked = true;
    product = after;
    if (request !== undefined) enrolled(unitIn(request));
    return Promise.resolve({ recordId: RECORD_ID });
  };
  const there = {
    id: 'new',
    name: 'new',
    status: 'AVAILABLE',
    lastRecordId: RECORD_ID,
    accountId: null,
    hasSucceeded: true,
  } as const;
  return {
    describeProduct: (productId) => factory.describeProduct(productId),
    productsOf: (accountId) =>
      isAsked ? Promise.resolve(product === undefined ? [] : [product]) : factory.productsOf(accountId),
    findByAccount: (accountId, ownName) =>
      isAsked ? Promise.resolve(product) : factory.findByAccount(accountId, ownName),
    findByName: (name) => (isAsked ? Promise.resolve(product) : factory.findByName(name)),
    provision: (request) => ask(there, request),
    update: (before, request) =>
      ask({ ...before, lastRecordId: RECORD_ID, status: 'AVAILABLE', hasSucceeded: true }, request),
    terminate: () => ask(undefined),
    describeRecord: () => Promise.resolve({ state: 'SUCCEEDED', wasBusy: false, error: null }),
  };
}

/** `Name (ou-…)`, as the Account Factory is told it. */
const unitIn = ({ parameters }: EnrollmentRequest): string =>
  /\((ou-[^()]+)\)$/u.exec(parameters['ManagedOrganizationalUnit'] ?? '')?.[1] ?? '';

/** Stack sets: every operation has ended well at once. */
export function dryRunStackSets(stackSets: StackSets): StackSets {
  const deployed = new Map<string, StackInstance>();
  const removed = new Set<string>();
  const deploy = ({ stackSet, regions, operationId }: StackInstanceRequest): Promise<'started'> => {
    for (const region of regions) {
      const instance = { region, status: 'CURRENT', detailedStatus: 'SUCCEEDED', reason: null } as const;
      deployed.set(keyOf(stackSet, region), { ...instance, lastOperationId: operationId });
    }
    return Promise.resolve('started');
  };
  return {
    describe: (stackSet) => stackSets.describe(stackSet),
    overridesOf: (stackSet, accountId, region) => stackSets.overridesOf(stackSet, accountId, region),
    operationOf: () => Promise.resolve('unknown'),
    listInstances: async (stackSet, accountId) => {
      const own = [...deployed].filter(([key]) => key.startsWith(keyOf(stackSet, ''))).map(([, instance]) => instance);
      const others = (await stackSets.listInstances(stackSet, accountId)).filter(
        ({ region }) => !own.some((one) => one.region === region) && !removed.has(keyOf(stackSet, region)),
      );
      return [...others, ...own];
    },
    createInstances: deploy,
    updateInstances: deploy,
    deleteInstances: ({ stackSet, regions }) => {
      for (const region of regions) removed.add(keyOf(stackSet, region));
      return Promise.resolve('started');
    },
  };
}

const keyOf = ({ homeRegion, name }: StackSetKey, region: string): string => `${homeRegion} ${name} ${region}`;

/** CodeBuild: every build has ended well at once, and none was there before. */
export const dryRunBuilds: Builds = {
  start: ({ token }) => Promise.resolve({ id: token, status: 'succeeded', reason: null, logLink: null, outputs: {} }),
  find: () => Promise.resolve(undefined),
  findByToken: () => Promise.resolve(undefined),
  stop: () => Promise.resolve(),
};
