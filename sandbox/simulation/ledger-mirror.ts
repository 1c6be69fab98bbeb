import * as z from 'zod';

import {
  DesiredStateRecordSchema,
  type TenantRecord,
  TenantRecordSchema,
} from '../../functions/domain/records/ledger-records';
import type { ItemWrite } from '../../functions/ports/ledger-store';

const TurnsSchema = z.object({ turns: z.record(z.string(), z.object({ used: z.boolean() })).default({}) });

const ContentSchema = z.object({
  desiredState: z.object({ tenant: z.object({ spec: z.object({ landingZoneRef: z.object({ name: z.string() }) }) }) }),
});

/** A copy of the ledger, updated with every write, so that checks need no reads. */
export class LedgerMirror {
  readonly tenants = new Map<string, TenantRecord>();
  readonly #turns = new Map<string, number>();
  readonly #desiredStates = new Map<string, unknown>();
  /** Includes contents that are deleted by now. */
  readonly #landingZones = new Map<string, string>();

  /** @returns the tenants that were written */
  note(writes: readonly ItemWrite[]): readonly TenantRecord[] {
    const tenants: TenantRecord[] = [];
    for (const { key, data } of writes) {
      const tenantUuid = key.partition.replace('TENANT#', '');
      if (key.sort === 'TENANT' && data !== null) {
        const tenant = TenantRecordSchema.parse(data);
        tenants.push(tenant);
        this.tenants.set(tenantUuid, tenant);
        const turns = Object.values(TurnsSchema.parse(data).turns);
        this.#turns.set(tenantUuid, turns.filter(({ used }) => used).length);
      }
      if (key.sort.startsWith('CONTENT#')) {
        const content = ContentSchema.safeParse(data).data?.desiredState;
        if (content !== undefined)
          this.#landingZones.set(`${tenantUuid} ${key.sort}`, content.tenant.spec.landingZoneRef.name);
      }
      if (key.sort.startsWith('DESIRED#')) this.#desiredStates.set(`${tenantUuid} ${key.sort}`, data);
    }
    return tenants;
  }

  /** Tenants that are inside of some lane with an operation of AWS. */
  holders(): readonly string[] {
    return [...this.#turns].flatMap(([tenantUuid, turns]) => (turns > 0 ? [tenantUuid] : []));
  }

  /** In which landing zone a desired state has wanted the account. */
  landingZoneOf(tenantUuid: string, sequence: number): string | undefined {
    return this.#landingZones.get(`${tenantUuid} CONTENT#${sequencePart(sequence)}`);
  }

  knowsDesiredState(tenantUuid: string, sequence: number): boolean {
    const data = this.#desiredStates.get(`${tenantUuid} DESIRED#${sequencePart(sequence)}`);
    return DesiredStateRecordSchema.safeParse(data).success;
  }
}

const sequencePart = (sequence: number): string => sequence.toString().padStart(16, '0');

/** The newest desired state of the tenant is vended, and nothing is at work or waits. */
export function isVended(tenant: TenantRecord | undefined, sequence: number): boolean {
  return (
    tenant?.status === 'VENDED' &&
    tenant.activeRun === null &&
    tenant.waitingSequence === null &&
    (tenant.lastRun?.replicationSequence ?? -1) >= sequence
  );
}

/** The tenant is gone, by its newest desired state, and nothing is at work or waits. */
export function isGone(tenant: TenantRecord | undefined): boolean {
  return (
    tenant?.status === 'CLOSED' &&
    tenant.activeRun === null &&
    tenant.waitingSequence === null &&
    tenant.deletion !== null
  );
}
