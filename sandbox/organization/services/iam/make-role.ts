import { arnIn } from '../../arn';
import { drawUpperCase } from '../../draw';
import type { OrganizationState, Role } from '../../organization-state';

type Basis = Pick<OrganizationState, 'random' | 'seed'>;

export interface NewRole {
  readonly accountId: string;
  readonly name: string;
  readonly trust: string;
  readonly createdAt: number;
  /** When it can be assumed. */
  readonly effectiveAt: number;
  readonly path?: string;
  readonly description?: string | undefined;
  readonly maxSessionSeconds?: number | undefined;
  /** The ARN of a managed policy. */
  readonly boundary?: string | undefined;
  readonly tags?: Iterable<readonly [string, string]>;
}

export function makeRole({ random, seed }: Basis, role: NewRole): Role {
  const path = role.path ?? '/';
  return {
    id: `AROA${drawUpperCase(random, 17)}`,
    arn: arnIn(seed, `iam::${role.accountId}:role${path}${role.name}`),
    accountId: role.accountId,
    name: role.name,
    path,
    createdAt: role.createdAt,
    description: role.description ?? null,
    maxSessionSeconds: role.maxSessionSeconds ?? 3600,
    tags: new Map(role.tags),
    trust: { document: role.trust, effectiveAt: role.effectiveAt, previous: null },
    boundary: { arn: role.boundary ?? null, previous: null, effectiveAt: role.createdAt },
    attached: new Map(),
    inline: new Map(),
  };
}
