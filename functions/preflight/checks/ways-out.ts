import type { CalledHost } from '../../ports/own-account';
import { type Check, failed, ok } from '../check';

/** The subnets of the functions, and what can be tried from there. */
export interface OwnSubnets {
  readonly ids: string;
  readonly isReached: (host: string) => Promise<boolean>;
}

/**
 * Functions in subnets have a way to whatever they call. Told before all else: without, everything that follows only
 * says that AWS does not answer.
 *
 * @param subnets null where functions are in none, or somebody looks from elsewhere
 */
export const wayOutChecks = (subnets: OwnSubnets | null, hosts: readonly CalledHost[]): readonly Check[] =>
  subnets === null
    ? []
    : hosts.map(({ host, purpose }) => ({
        id: `way-out:${host}`,
        sentence: `Functions reach ${host}, for ${purpose}.`,
        look: async () =>
          (await subnets.isReached(host))
            ? ok()
            : failed(
                `No connection to ${host} on port 443 comes about from ${subnets.ids} within three seconds.`,
                'Let the security groups out on port 443, and give the subnets a way to it: a NAT gateway, or an interface endpoint where AWS has one for it in that ' +
                  'region (docs/deployment.md, "Subnets").',
              ),
      }));
