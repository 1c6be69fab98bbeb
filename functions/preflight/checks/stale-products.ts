import { type ListedProduct, type StaleProduct, staleProducts } from '../../domain/enrollment/provisioned-products';
import type { ListedAccount } from '../../ports/organizations';
import { type Check, failed, type Finding, ok } from '../check';
import { CONTROL_TOWER_IS_SET_UP } from './control-tower';

export interface StaleProductPorts {
  readonly accounts: () => Promise<readonly ListedAccount[]>;
  readonly products: () => Promise<readonly ListedProduct[]>;
  readonly now: () => Date;
}

/**
 * @evidence documented controltower/userguide/troubleshooting: products of closed accounts have to be deleted before
 *   the landing zone is updated
 */
export const staleProductChecks = (ports: StaleProductPorts, entering: string): readonly Check[] => [
  {
    id: 'account-factory-products',
    sentence: 'Every provisioned product of the Account Factory stands for an enrolled account.',
    needs: [entering, CONTROL_TOWER_IS_SET_UP],
    judge: () => staleProductFinding(ports),
  },
];

async function staleProductFinding({ accounts, products, now }: StaleProductPorts): Promise<Finding> {
  const all = await products();
  const open = (await accounts()).filter(({ state }) => state !== 'CLOSED').map(({ id }) => id);
  const stale = staleProducts(all, new Set(open), now());
  if (stale.length === 0) return ok(`${all.length} provisioned products.`);
  const whys = Object.keys(WORDS).filter(isWhy);
  const found = whys.flatMap((why) => inWords(why, stale)).join(' ');
  const remedy = whys.filter((why) => stale.some((one) => one.why === why)).map((why) => WORDS[why].remedy);
  return failed(`${stale.length} of ${all.length} provisioned products are stale. ${found}`, remedy.join(' '));
}

const WORDS: Readonly<Record<StaleProduct['why'], { readonly what: string; readonly remedy: string }>> = {
  'left-behind': {
    what: 'Their account is closed or has left the organization',
    remedy:
      'Terminate those whose account is closed or gone (Service Catalog, Provisioned products): AWS refuses to update the landing zone as long as they are there.',
  },
  'never-succeeded': {
    what: 'Their enrollment has never succeeded',
    remedy:
      'An enrollment of a tenant that has never succeeded is taken back and tried again by its next run: replay it. Terminate those of others, and enroll ' +
      'their accounts again.',
  },
  failed: {
    what: 'Their last operation has failed (TAINTED or ERROR)',
    remedy:
      'A product of a tenant whose last operation has failed is updated by its next run: replay it. Update those of others in Service Catalog.',
  },
};

const isWhy = (key: string): key is StaleProduct['why'] => key in WORDS;

const MAX_NAMED = 10;

function inWords(why: StaleProduct['why'], stale: readonly StaleProduct[]): readonly string[] {
  const these = stale.filter((one) => one.why === why);
  if (these.length === 0) return [];
  const named = these
    .slice(0, MAX_NAMED)
    .map(({ product: { name, accountId } }) => `${name} (${accountId ?? 'no account'})`);
  const rest = these.length - named.length;
  return [`${WORDS[why].what}: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
}
