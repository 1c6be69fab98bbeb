import * as z from 'zod/mini';

import { AnyText, TextOrNull } from '../base/plain-schemas';
import type { RunRecord, TenantRecord } from '../records/ledger-records';

/*
 * A deployment brings a configuration; a rollout releases it. Until then runs go by the one that was released before.
 */

/** The rollout that is under way, and the configuration that it brings tenants to. */
const TargetSchema = z.object({ configurationHash: AnyText, rolloutId: AnyText });

export const ReleaseRecordSchema = z.object({
  /** By which new desired states are planned. */
  configurationHash: AnyText,
  releasedAt: AnyText,
  /** The rollout that has ended with it; null: it was the first one of this ledger. */
  rolloutId: TextOrNull,
  target: z.optional(z.nullable(TargetSchema)),
});

/** One item of the ledger, for all tenants. */
export const RELEASE_KEY = { partition: 'RELEASE', sort: 'RELEASE' } as const;

export type ReleaseRecord = Readonly<z.infer<typeof ReleaseRecordSchema>>;

/**
 * The hash of the configuration that a run is planned by. A rollout, and a night, name it when the run begins: the one
 * brings a tenant to its target, the other keeps it where it is. A tenant's own new desired state goes by what was
 * released last, or by the target where a rollout under way has brought the tenant there already.
 *
 * @param release undefined: nothing was ever released here, and the deployed one counts
 */
export function configurationOfRun(
  { givenConfigurationHash }: Pick<RunRecord, 'givenConfigurationHash'>,
  tenant: Pick<TenantRecord, 'configurationHash'>,
  release: ReleaseRecord | undefined,
  deployedHash: string,
): string {
  if (givenConfigurationHash !== undefined) return givenConfigurationHash;
  if (release === undefined) return deployedHash;
  const target = release.target?.configurationHash;
  return target !== undefined && target === tenant.configurationHash ? target : release.configurationHash;
}
