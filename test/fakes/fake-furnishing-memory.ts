import { isDeepStrictEqual } from 'node:util';

import { TransientError } from '../../functions/domain/base/errors';
import type { Enrollment } from '../../functions/domain/records/operation-records';
import type { StackInstanceRecord, TenantRecord } from '../../functions/domain/records/ledger-records';
import type { FurnishingMemory } from '../../functions/ports/furnishing-memory';
import { ProcessKilledError } from './fake-account-memory';
import { account, tenant } from './vending';

/**
 * The ledger's part of one tenant that has its account, with the same refusal to go on from anything else than what is
 * there.
 */
export class FakeFurnishingMemory implements FurnishingMemory {
  tenant: TenantRecord;
  /** How often something was written. */
  writes = 0;
  /** The process ends instead of this write, counted from 1. */
  killedAt = Infinity;

  constructor(changes: Partial<TenantRecord> = {}) {
    this.tenant = tenant({ account, ...changes });
  }

  async recordEnrollment(before: Enrollment | null, after: Enrollment | null): Promise<void> {
    await this.#goOn(this.tenant.enrollment, before);
    this.tenant = { ...this.tenant, enrollment: after };
  }

  async recordStackInstances(
    before: readonly StackInstanceRecord[],
    after: readonly StackInstanceRecord[],
  ): Promise<void> {
    await this.#goOn(this.tenant.stackInstances, before);
    this.tenant = { ...this.tenant, stackInstances: [...after] };
  }

  async recordEnrollmentIntent(before: Enrollment | null, intent: Enrollment, lane: string): Promise<boolean> {
    if (!this.#use(lane)) return false;
    await this.recordEnrollment(before, intent);
    return true;
  }

  async recordStackInstancesIntent(
    before: readonly StackInstanceRecord[],
    intent: readonly StackInstanceRecord[],
    lane: string | null,
  ): Promise<boolean> {
    if (lane !== null && !this.#use(lane)) return false;
    await this.recordStackInstances(before, intent);
    return true;
  }

  /** As the ledger: without a turn nothing is written but that one is needed. */
  #use(lane: string): boolean {
    const { turns, turnsNeeded } = this.tenant;
    const turn = turns[lane];
    this.tenant =
      turn === undefined
        ? { ...this.tenant, turnsNeeded: [...turnsNeeded, lane] }
        : { ...this.tenant, turns: { ...turns, [lane]: { ...turn, used: true } } };
    return turn !== undefined;
  }

  #goOn(is: unknown, before: unknown): Promise<void> {
    this.writes += 1;
    if (this.writes === this.killedAt) return Promise.reject(new ProcessKilledError());
    return isDeepStrictEqual(is, before)
      ? Promise.resolve()
      : Promise.reject(new TransientError('Another run has gone on.'));
  }
}
