import {
  DesiredStateRecordSchema,
  type RunKey,
  RunRecordSchema,
  type RunRecord,
  type TenantRecord,
  TenantRecordSchema,
} from '../../functions/domain/ledger-records';
import type { ItemWrite } from '../../functions/ports/ledger-store';

/** What the ledger holds, kept up to date write by write, so that nobody has to read it to look at it. */
export class LedgerMirror {
  readonly tenants = new Map<string, TenantRecord>();
  readonly #runs = new Map<string, unknown>();
  readonly #desiredStates = new Map<string, unknown>();

  note(writes: readonly ItemWrite[]): void {
    for (const { key, data } of writes) {
      const [kind] = key.sort.split('#');
      const tenantUuid = key.partition.replace('TENANT#', '');
      if (key.sort === 'TENANT' && data !== null) this.tenants.set(tenantUuid, TenantRecordSchema.parse(data));
      if (kind === 'RUN') this.#runs.set(`${tenantUuid} ${key.sort}`, data);
      if (kind === 'DESIRED') this.#desiredStates.set(`${tenantUuid} ${key.sort}`, data);
    }
  }

  runOf(tenantUuid: string, { replicationSequence, run }: RunKey): RunRecord | undefined {
    const data = this.#runs.get(`${tenantUuid} RUN#${sequencePart(replicationSequence)}#${run}`);
    return data === undefined ? undefined : RunRecordSchema.parse(data);
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
