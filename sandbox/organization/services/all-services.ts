import { iam } from './iam/iam';
import type { Service } from './operation';
import { organizations } from './organizations/organizations';
import { sts } from './sts/sts';

const services: ReadonlyMap<string, Service> = new Map([organizations, sts, iam].map((one) => [one.signingName, one]));

/** By the credential scope's service name. */
export function serviceCalled(signingName: string): Service | undefined {
  return services.get(signingName);
}
