import type { LandingZone } from '../../domain/configuration/landing-zone';
import { type ServiceAccount, TENANT_TAG_KEY } from '../../domain/plan/plan';
import { shareLeft, type ShareLeft } from '../../domain/queue/closing-share';
import type { ClosingShare } from '../../domain/queue/lane-records';
import type { GrantedRights } from '../../ports/iam';
import type { AccountQuota } from '../../ports/organizations';
import { type Check, failed, type Finding, ok, skipped } from '../check';

/**
 * Checks that the role that closes accounts may do so. Service control policies do not count: they bind nobody in the
 * management account.
 */
export const accountClosingChecks = (
  rights: GrantedRights,
  landingZones: readonly LandingZone[],
  roleArn: string,
  entering: string,
  serviceAccounts: () => Promise<readonly ServiceAccount[]>,
): readonly Check[] => [
  {
    id: 'account-closing-rights',
    sentence: `${nameOf(roleArn)} may close the accounts of tenants.`,
    needs: [entering],
    judge: () => {
      const closing = landingZones.filter(({ closeAccount }) => closeAccount).map(({ name }) => name);
      return closing.length === 0
        ? skipped('No landing zone closes accounts (closeAccount).')
        : closingRights(rights, roleArn, closing, serviceAccounts);
    },
  },
];

async function closingRights(
  rights: GrantedRights,
  roleArn: string,
  closing: readonly string[],
  serviceAccounts: () => Promise<readonly ServiceAccount[]>,
): Promise<Finding> {
  const missing = await rights.missing(roleArn, ['organizations:CloseAccount'], {
    resourceArn: accountBeside(roleArn),
    tags: TENANT,
  });
  return missing.length === 0
    ? ok(
        `Landing zones that close accounts: ${closing.join(', ')}.${await remarkOnUnnamed(rights, roleArn, await serviceAccounts())}`,
      )
    : failed(
        `The policies of ${roleArn} do not allow organizations:CloseAccount on accounts with the tag ${TENANT_TAG_KEY}, which ${closing.join(', ')} closes.`,
        'Deploy ManagementAccountStack with this configuration: it allows that where a landing zone has closeAccount. Or set closeAccount in the ' +
          'landing zone to false, and deploy VendingStack: its accounts stay when their tenants go.',
      );
}

const nameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';

/**
 * Accounts that serve others and that the policy does not name: nothing but the tag that they lack keeps them from
 * being closed.
 */
async function remarkOnUnnamed(
  rights: GrantedRights,
  roleArn: string,
  serviceAccounts: readonly ServiceAccount[],
): Promise<string> {
  const open: string[] = [];
  for (const { id } of serviceAccounts) {
    const subject = { resourceArn: accountBeside(roleArn, id), tags: TENANT };
    if ((await rights.missing(roleArn, ['organizations:CloseAccount'], subject)).length === 0) open.push(id);
  }
  return open.length === 0
    ? ''
    : ` Protected by lacking the tag of a tenant alone: ${open.join(', ')} (parameter ServiceAccountIds of ManagementAccountStack).`;
}

const TENANT = { [TENANT_TAG_KEY]: '00000000-0000-4000-8000-000000000000' };

/** Some account of the organization; by default one that does not matter. */
const accountBeside = (roleArn: string, id = '999999999999'): string =>
  roleArn.replace(/^arn:([\w-]+):iam::(\d{12}):.*$/u, `arn:$1:organizations::$2:account/o-preflight00/${id}`);

export interface ClosingSharePorts {
  readonly quota: Pick<AccountQuota, 'count'>;
  /** Reads the share from the ledger; null where there is no ledger. */
  readonly closingShare: (() => Promise<ClosingShare>) | null;
  readonly now: () => Date;
}

/** Information: a share that is spent is no defect, since closings wait for it by themselves. */
export const closingShareChecks = (
  ports: ClosingSharePorts,
  landingZones: readonly { readonly closeAccount: boolean }[],
  entering: string,
): readonly Check[] => [
  {
    id: 'account-closing-share',
    sentence: "AWS's share of closings in thirty days is known.",
    needs: [entering],
    judge: async () => {
      if (!landingZones.some(({ closeAccount }) => closeAccount)) {
        return skipped('No landing zone closes accounts (closeAccount).');
      }
      return ports.closingShare === null ? skipped(NOT_COUNTED) : shareFinding(ports, await ports.closingShare());
    },
  },
];

const NOT_COUNTED = 'Closings are counted in the ledger: run the preflight over the API (--api URL), which reads it.';

async function shareFinding({ quota, now }: ClosingSharePorts, share: ClosingShare): Promise<Finding> {
  return ok(inWords(shareLeft(share, await quota.count(), now())));
}

const inWords = ({ allowed, closings, left, freeAt }: ShareLeft): string =>
  `${closings} of ${allowed} closings in thirty days, ${left} left${left > 0 || freeAt === null ? '' : `: closings wait until ${freeAt}`}. ` +
  'What others than this application have closed counts as well, and is not known here.';
