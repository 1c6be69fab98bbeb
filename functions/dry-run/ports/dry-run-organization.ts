import { isHealthy } from '../../domain/enrollment/provisioned-products';
import type { AccountFactory, ProvisionedProduct } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type {
  AccountCloser,
  AccountDirectory,
  AccountTags,
  OrganizationalUnits,
  OrganizationTree,
} from '../../ports/organizations';
import { once } from './dry-run-access';

/** The tree as it is, with the account where the dry run has moved it. */
export function dryRunTree(
  tree: OrganizationTree,
): OrganizationTree & { readonly place: (childId: string, to: string) => void } {
  const moved = new Map<string, string>();
  const parentOf = once((childId: string) => tree.parentOf(childId));
  return {
    describeOrganizationalUnit: once((id: string) => tree.describeOrganizationalUnit(id)),
    parentOf: (childId) => {
      const parent = moved.get(childId);
      return parent === undefined ? parentOf(childId) : Promise.resolve(parent);
    },
    rootAbove: (unitId) => tree.rootAbove(unitId),
    isBelow: (unitId, ancestorId) => tree.isBelow(unitId, ancestorId),
    place: (childId, to) => void moved.set(childId, to),
    moveAccount: ({ accountId, to }) => Promise.resolve(void moved.set(accountId, to)),
  };
}

/** The units as they are; one that the dry run has made has no id yet. */
export const dryRunUnits = (units: Pick<OrganizationalUnits, 'unitsIn'>): OrganizationalUnits => ({
  unitsIn: (parentId) => units.unitsIn(parentId),
  createUnit: (_, name) => Promise.resolve({ id: 'new', name, arn: null }),
});

/** The tags as they are, with what the dry run has put and removed. */
export function dryRunTags(tags: Pick<AccountTags, 'list'>): AccountTags {
  const put = new Map<string, string>();
  const removed = new Set<string>();
  return {
    list: async (accountId) => {
      const actual = Object.entries(await tags.list(accountId)).filter(([key]) => !removed.has(key));
      return { ...Object.fromEntries(actual), ...Object.fromEntries(put) };
    },
    put: (_, wanted) => {
      for (const [key, value] of Object.entries(wanted)) put.set(key, value);
      return Promise.resolve();
    },
    remove: (_, keys) => {
      for (const key of keys) removed.add(key);
      return Promise.resolve();
    },
  };
}

type AccountReads = Pick<AccountDirectory, 'describeAccount' | 'listTags'>;

/** Accounts as they are, but for those that the dry run has closed. */
export function dryRunClosing(directory: AccountReads): {
  readonly closer: AccountCloser;
  readonly directory: AccountReads;
} {
  const closed = new Set<string>();
  return {
    closer: {
      close: (accountId) => {
        closed.add(accountId);
        return Promise.resolve('taken');
      },
    },
    directory: {
      describeAccount: async (accountId) => {
        const found = await directory.describeAccount(accountId);
        return found !== undefined && closed.has(accountId) ? { ...found, state: 'CLOSED' } : found;
      },
      listTags: (accountId) => directory.listTags(accountId),
    },
  };
}

interface Leaving {
  readonly tree: OrganizationTree;
  readonly controlTower: Pick<ControlTower, 'enrollmentOf' | 'governanceOf' | 'landingZone' | 'registrationOf'>;
  readonly factory: AccountFactory;
}

/**
 * Control Tower has let go at once what was moved, or whose product was terminated. What it has governed until then is
 * in the root afterwards; a product that is left over moves nothing.
 */
export function dryRunRemoval({ tree, controlTower, factory }: Leaving): Leaving {
  let isGone = false;
  const letGo = async ({ accountId }: ProvisionedProduct): Promise<void> => {
    if (accountId === null) return;
    const from = await tree.parentOf(accountId);
    await tree.moveAccount({ accountId, from, to: await tree.rootAbove(from) });
  };
  return {
    tree: {
      ...tree,
      moveAccount: (move) => {
        isGone = true;
        return tree.moveAccount(move);
      },
    },
    factory: {
      ...factory,
      terminate: async (product, token) => {
        if (!isGone && isHealthy(product)) await letGo(product);
        isGone = true;
        return factory.terminate(product, token);
      },
    },
    controlTower: {
      landingZone: () => controlTower.landingZone(),
      registrationOf: (unitArn) => controlTower.registrationOf(unitArn),
      enrollmentOf: (...asked) => controlTower.enrollmentOf(...asked),
      governanceOf: (accountArn) => (isGone ? Promise.resolve('none') : controlTower.governanceOf(accountArn)),
    },
  };
}
