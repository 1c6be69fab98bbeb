import type { AccountQuota } from '../../ports/account-quota';
import { type Check, failed, type Finding, ok } from '../check';

/** Fewer free places than this are told, so that a rise of the quota is asked for in time: AWS takes days for it. */
const FEW = 5;

/** The organization may still have more accounts. */
export const accountQuotaChecks = (quota: AccountQuota, entering: string): readonly Check[] => [
  {
    id: 'account-quota',
    sentence: 'The organization may have more accounts.',
    needs: [entering],
    look: async () => judge(await quota.count(), await quota.limit()),
  },
];

function judge(count: number, limit: number): Finding {
  const left = limit - count;
  if (left > 0) {
    const hint = left < FEW ? ' Ask for more in time (Service Quotas, AWS Organizations, us-east-1).' : '';
    return ok(`${count} of ${limit} accounts, ${left} left.${hint}`);
  }
  return failed(
    `The organization has ${count} accounts, and its quota is ${limit}. Closed accounts count for 90 days.`,
    'Ask for a higher quota in the management account: aws service-quotas request-service-quota-increase --region us-east-1 --service-code ' +
      `organizations --quota-code L-E619E033 --desired-value ${limit + 50}.`,
  );
}
