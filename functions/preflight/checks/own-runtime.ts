import { accountOfRole } from '../../domain/configuration/service-accounts';
import { everyAccountsRegion, isOptIn, partitionOfArn, partitionOfRegion } from '../../domain/places/partitions';
import type { CalledHost, OwnRuntime } from '../../ports/own-account';
import { type Check, failed, type Finding, ok, skipped } from '../check';

/** With fewer, a hundred accounts that are ordered at once wait longer for Lambda than its calls are retried. */
const LEAST_CONCURRENCY = 100;

/**
 * What the queues together take at most: the sum of the concurrency of their event source mappings
 * (`infra/constructs/fed-queue.ts`).
 */
const QUEUE_CONCURRENCY = 23;

/**
 * The account that this application runs in has room for it.
 *
 * @param runtime null where somebody runs the preflight with their own credentials: they may be of another account
 */
export const ownRuntimeChecks = (
  runtime: OwnRuntime | null,
  managementRoleArn: string,
  ownRole: string,
): readonly Check[] => {
  const fromInside = (finding: (own: OwnRuntime) => Promise<Finding>) => () =>
    runtime === null ? skipped('Only the application itself can tell.') : finding(runtime);
  return [
    {
      id: 'own-concurrency',
      sentence: `Lambda runs at least ${LEAST_CONCURRENCY} functions at once where this application runs.`,
      judge: fromInside(concurrencyFinding),
    },
    {
      id: 'own-region',
      sentence: 'This application runs in a region of the partition of its roles.',
      judge: fromInside(async (own) => regionFinding(await own.region(), managementRoleArn)),
    },
    {
      id: 'own-role',
      sentence: `This preflight works with the role ${ownRole}, which the service roles trust by its name.`,
      judge: fromInside(async (own) => roleFinding(await own.roleArn(), ownRole)),
    },
  ];
};

/**
 * @evidence documented general/gr/lambda-service: L-B99A9384, concurrent executions, 1,000 by default and adjustable;
 *   new accounts have less
 */
async function concurrencyFinding(own: OwnRuntime): Promise<Finding> {
  const [{ unreserved, reserved }, region, roleArn] = [
    await own.concurrency(),
    await own.region(),
    await own.roleArn(),
  ];
  if (unreserved >= LEAST_CONCURRENCY) return ok(`${unreserved} in ${region}.`);
  const others = reserved === 0 ? '' : `; ${reserved} are reserved for functions of others`;
  return failed(
    `Lambda runs ${unreserved} functions at once in ${region}${others}. The queues alone take up to ${QUEUE_CONCURRENCY}, and each account that is vended one more.`,
    `Ask for more in account ${accountOfRole(roleArn)}: aws service-quotas request-service-quota-increase --region ${region} --service-code lambda --quota-code L-B99A9384 ` +
      '--desired-value 1000 (https://console.aws.amazon.com/servicequotas/home/services/lambda/quotas/L-B99A9384). New accounts have less than that; AWS raises it by ' +
      'itself as well, with use. Until then order few accounts at once.',
  );
}

function regionFinding(region: string, managementRoleArn: string): Finding {
  const [own, configured] = [partitionOfRegion(region), partitionOfArn(managementRoleArn)];
  if (own !== undefined && configured !== undefined && own.name !== configured.name) {
    return failed(
      `${region} belongs to the partition ${own.name}, and organizationRootAccountRole of platform.json to ${configured.name}.`,
      'Deploy VendingStack in the partition of the organization, or correct the ARNs in platform.json: no credentials are good in two partitions.',
    );
  }
  if (own === undefined) return ok(`${region}, which is not among the regions that are known here.`);
  if (!isOptIn(region)) return ok(`${region}, which every account has.`);
  return ok(
    `${region}, which accounts have to enable. Sessions in other accounts come from STS in ${everyAccountsRegion(own, region)?.region ?? region}.`,
  );
}

function roleFinding(roleArn: string, ownRole: string): Finding {
  const name = roleArn.split('/').at(-1) ?? '';
  return name === ownRole
    ? ok(`${name} in ${accountOfRole(roleArn)}.`)
    : failed(
        `It works as ${roleArn}.`,
        `Deploy VendingStack, which gives each function a role of its own name. The service roles trust ${ownRole} and no other for preflights.`,
      );
}

/** The subnets of the functions, and what can be tried from there. */
export interface OwnSubnets {
  readonly ids: string;
  readonly isReached: (host: string) => Promise<boolean>;
}

/**
 * Functions in subnets have a way to whatever they call. Told before all else: without, everything that follows only
 * says that AWS does not answer.
 *
 * @param subnets null where functions are in none, or where the preflight runs elsewhere
 */
export const wayOutChecks = (subnets: OwnSubnets | null, hosts: readonly CalledHost[]): readonly Check[] =>
  subnets === null
    ? []
    : hosts.map(({ host, purpose }) => ({
        id: `way-out:${host}`,
        sentence: `Functions reach ${host}, for ${purpose}.`,
        judge: async () =>
          (await subnets.isReached(host))
            ? ok()
            : failed(
                `No connection to ${host} on port 443 could be opened from ${subnets.ids} within three seconds.`,
                'Let the security groups out on port 443, and give the subnets a way to it: a NAT gateway, or an interface endpoint where AWS has one for it in that ' +
                  'region (docs/deployment.md, "Subnets").',
              ),
      }));
