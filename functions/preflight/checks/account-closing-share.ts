import { type ShareLeft, shareLeft } from '../../domain/queue/closing-share';
import type { ClosingShare } from '../../domain/queue/lane-records';
import type { AccountQuota } from '../../ports/organizations';
import { type Check, type Finding, ok, skipped } from '../check';

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
    look: async () => {
      if (!landingZones.some(({ closeAccount }) => closeAccount)) {
        return skipped('No landing zone closes accounts (closeAccount).');
      }
      return ports.closingShare === null ? skipped(NOT_COUNTED) : look(ports, await ports.closingShare());
    },
  },
];

const NOT_COUNTED = 'Closings are counted in the ledger: look over the API (--api URL), which reads it.';

async function look({ quota, now }: ClosingSharePorts, share: ClosingShare): Promise<Finding> {
  return ok(inWords(shareLeft(share, await quota.count(), now())));
}

const inWords = ({ allowed, closings, left, freeAt }: ShareLeft): string =>
  `${closings} of ${allowed} closings in thirty days, ${left} left${left > 0 || freeAt === null ? '' : `: closings wait until ${freeAt}`}. ` +
  'What others than this application have closed counts as well, and is not known here.';
