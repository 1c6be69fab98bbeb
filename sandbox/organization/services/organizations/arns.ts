import type { OrganizationSeed } from '../../organization-seed';
import { arnIn } from '../../arn';

const arn = (seed: OrganizationSeed, kind: string, id: string): string =>
  arnIn(seed, `organizations::${seed.managementAccountId}:${kind}/${seed.organizationId}/${id}`);

export const accountArn = (seed: OrganizationSeed, id: string): string => arn(seed, 'account', id);
export const unitArn = (seed: OrganizationSeed, id: string): string => arn(seed, 'ou', id);
export const rootArn = (seed: OrganizationSeed, id: string): string => arn(seed, 'root', id);

export const invitationArn = (seed: OrganizationSeed, id: string): string => arn(seed, 'handshake', `invite/${id}`);

/** The ARN of what the id names, whether it exists or not. */
export function resourceArn(seed: OrganizationSeed, id: string): string {
  if (id.startsWith('r-')) {
    return rootArn(seed, id);
  }
  return id.startsWith('ou-') ? unitArn(seed, id) : accountArn(seed, id);
}
