import { isDeepStrictEqual } from 'node:util';

import { TransientError } from '../../functions/domain/base/errors';
import type { Creation } from '../../functions/domain/records/operation-records';
import type { Account, SealRecord, TenantRecord } from '../../functions/domain/records/ledger-records';
import type { AccountMemory } from '../../functions/ports/account-memory';
import { tenant } from './vending';

/** The ledger's part of one tenant, with the same refusal to go on from anything else than what is there. */
export class FakeAccountMemory implements AccountMemory {
  tenant: TenantRecord;
  /** Every state of the request for the account that was written, oldest first. */
  readonly creations: (Creation | null)[] = [];
  /** The process ends instead of this write, counted from 1. */
  killedAt = Infinity;
  #writes = 0;

  constructor(changes: Partial<TenantRecord> = {}) {
    this.tenant = tenant(changes);
  }

  recordCreation(before: Creation | null, after: Creation | null): Promise<void> {
    this.#write();
    if (!isDeepStrictEqual(this.tenant.creation, before)) {
      return Promise.reject(new TransientError('Another run has gone on.'));
    }
    this.creations.push(after);
    this.tenant = { ...this.tenant, creation: after };
    return Promise.resolve();
  }

  /** As the ledger: without a turn nothing is written. */
  async recordIntent(before: Creation | null, intent: Creation): Promise<boolean> {
    const turn = this.tenant.turns['account-creation'];
    if (turn === undefined || turn.used) return false;
    await this.recordCreation(before, intent);
    this.tenant = { ...this.tenant, turns: { ...this.tenant.turns, 'account-creation': { ...turn, used: true } } };
    return true;
  }

  recordAccount(account: Account): Promise<void> {
    this.#write();
    this.tenant = { ...this.tenant, account };
    return Promise.resolve();
  }

  recordAliasReleased(before: boolean | undefined, after: boolean): Promise<void> {
    this.#write();
    if (this.tenant.aliasReleased !== before) return Promise.reject(new TransientError('Another run has gone on.'));
    this.tenant = { ...this.tenant, aliasReleased: after };
    return Promise.resolve();
  }

  recordSeal(before: SealRecord | null, after: SealRecord | null): Promise<void> {
    this.#write();
    if (!isDeepStrictEqual(this.tenant.seal, before)) {
      return Promise.reject(new TransientError('Another run has gone on.'));
    }
    this.tenant = { ...this.tenant, seal: after };
    return Promise.resolve();
  }

  #write(): void {
    this.#writes += 1;
    if (this.#writes === this.killedAt) throw new ProcessKilledError();
  }
}

/** Stands for a function that was killed: no code of ours sees it. */
export class ProcessKilledError extends Error {
  override readonly name = 'ProcessKilledError';
}
