import { isLittle } from '../../domain/fleet/fleet-limits';
import { partitionOfArn } from '../../domain/places/partitions';
import type { AccountQuota } from '../../ports/organizations';
import { type Check, failed, type Finding, ok } from '../check';

/** The organization may still have more accounts. */
export const accountQuotaChecks = (
  quota: AccountQuota,
  managementRoleArn: string,
  entering: string,
): readonly Check[] => [
  {
    id: 'account-quota',
    sentence: 'The organization may have more accounts.',
    needs: [entering],
    judge: async () => judge(await quota.count(), await quota.limit(), regionOf(managementRoleArn)),
  },
];

/** The region in which AWS keeps the quotas of Organizations. */
const regionOf = (managementRoleArn: string): string => partitionOfArn(managementRoleArn)?.globalRegion ?? '<region>';

function judge(count: number, limit: number, region: string): Finding {
  const left = limit - count;
  if (left > 0) {
    const hint = isLittle(left, limit) ? ` Ask for more in time (Service Quotas, AWS Organizations, ${region}).` : '';
    return ok(`${count} of ${limit} accounts, ${left} left.${hint}`);
  }
  return failed(
    `The organization has ${count} accounts, and its quota is ${limit}. Closed accounts count for 90 days.`,
    `Ask for a higher quota in the management account: aws service-quotas request-service-quota-increase --region ${region} --service-code ` +
      `organizations --quota-code L-E619E033 --desired-value ${limit + 50}.`,
  );
}
