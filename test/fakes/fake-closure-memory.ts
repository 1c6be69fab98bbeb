import { isDeepStrictEqual } from 'node:util';

import type { SpentShare } from '../../functions/domain/queue/closing-share';
import { TransientError } from '../../functions/domain/base/errors';
import { isTimely } from '../../functions/domain/queue/lane-rate';
import { ACCOUNT_CLOSING } from '../../functions/domain/queue/lanes';
import type { Closure, TenantRecord } from '../../functions/domain/records/ledger-records';
import type { ClosureMemory } from '../../functions/ports/closure-memory';
import { account, tenant } from './vending';

/** The ledger's part of one tenant whose account is to be closed, with the same refusals as the real one. */
export class FakeClosureMemory implements ClosureMemory {
  tenant: TenantRecord;
  /** What is in the way of one closing more, until the accounts are counted. */
  spent: SpentShare | null = null;
  allowance: number | null = null;
  /** Closings that count. */
  counted = 0;

  constructor(changes: Partial<TenantRecord> = {}) {
    this.tenant = tenant({ account, ...changes });
  }

  recordIntent(before: Closure | null, intent: Closure): Promise<'recorded' | 'no-turn' | SpentShare> {
    this.#expect(before);
    const turn = this.tenant.turns[ACCOUNT_CLOSING.name];
    if (turn === undefined || turn.used || !isTimely(turn, new Date(intent.askedAt))) return Promise.resolve('no-turn');
    if (this.spent !== null) return Promise.resolve({ ...this.spent, isToBeCounted: this.allowance === null });
    this.counted += 1;
    const turns = { ...this.tenant.turns, [ACCOUNT_CLOSING.name]: { ...turn, used: true } };
    this.tenant = { ...this.tenant, turns, closure: intent };
    return Promise.resolve('recorded');
  }

  takeBack(intent: Closure, before: Closure | null): Promise<void> {
    this.counted -= 1;
    return this.recordClosure(intent, before);
  }

  recordClosure(before: Closure | null, after: Closure | null): Promise<void> {
    this.#expect(before);
    this.tenant = { ...this.tenant, closure: after };
    return Promise.resolve();
  }

  recordAllowance(closings: number): Promise<void> {
    this.allowance = closings;
    if (this.spent !== null && closings > this.spent.closings) this.spent = null;
    return Promise.resolve();
  }

  #expect(before: Closure | null): void {
    if (!isDeepStrictEqual(this.tenant.closure, before)) throw new TransientError('Another run has gone on.');
  }
}
