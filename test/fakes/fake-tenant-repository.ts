import type { SpentShare } from '../../functions/domain/queue/closing-share';
import { ACCOUNT_CLOSING } from '../../functions/domain/queue/lanes';
import type { Creation, Account } from '../../functions/domain/records/account-records';
import type { TenantRecord } from '../../functions/domain/records/ledger-records';
import { unchangedTenant, withPermitNeeded, withPermitUsed } from '../../functions/ledger/tenants/tenant-repository';
import type {
  ClosureChange,
  ClosureClaim,
  ClosureRepository,
  FieldChange,
  NeededPermit,
  ProgressField,
  TenantRepository,
} from '../../functions/ports/repositories';
import { account, tenant } from './vending';

/** One tenant of the ledger, which refuses to go on from anything else than what is there, as the ledger does. */
export class FakeTenantRepository implements TenantRepository, ClosureRepository {
  tenant: TenantRecord;
  /** Every state of the request for the account that was written, oldest first. */
  readonly creations: (Creation | null)[] = [];
  /** How often something was written. */
  writes = 0;
  /** The process ends instead of this write, counted from 1. */
  killedAt = Infinity;
  /** What is in the way of one closing more, until the accounts are counted. */
  spent: SpentShare | null = null;
  allowance: number | null = null;
  /** Closings that count. */
  counted = 0;

  constructor(changes: Partial<TenantRecord> = {}) {
    this.tenant = tenant(changes);
  }

  /** The repository of a tenant that has its account. */
  static withAccount(changes: Partial<TenantRecord> = {}): FakeTenantRepository {
    return new FakeTenantRepository({ account, ...changes });
  }

  // oxlint-disable-next-line typescript/require-await -- refuses as a promise does
  async update<Field extends ProgressField>(field: Field, { before, after }: FieldChange<Field>): Promise<void> {
    this.#expect(field, before);
    this.#write({ [field]: after });
  }

  // oxlint-disable-next-line typescript/require-await -- refuses as a promise does
  async claim<Field extends ProgressField>(
    field: Field,
    { before, after, permit }: FieldChange<Field> & { readonly permit: NeededPermit },
  ): Promise<boolean> {
    this.#expect(field, before);
    const turns = this.#withPermitUsed(permit);
    if (turns === undefined) return false;
    this.#write({ turns, [field]: after });
    return true;
  }

  // oxlint-disable-next-line typescript/require-await -- refuses as a promise does
  async recordAccount(made: Account): Promise<void> {
    this.#write({ account: made });
  }

  // oxlint-disable-next-line typescript/require-await -- refuses as a promise does
  async claimClosure({ before, after }: ClosureChange): Promise<ClosureClaim> {
    this.#expect('closure', before);
    const turns = this.#withPermitUsed({ lane: ACCOUNT_CLOSING.name, onceAt: after.askedAt });
    if (turns === undefined) return 'no-turn';
    if (this.spent !== null) return { ...this.spent, isToBeCounted: this.allowance === null };
    this.#write({ turns, closure: after });
    this.counted += 1;
    return 'recorded';
  }

  async releaseClosure({ before, after }: ClosureChange): Promise<void> {
    await this.update('closure', { before: after, after: before });
    this.counted -= 1;
  }

  recordClosingAllowance(closings: number): Promise<void> {
    this.allowance = closings;
    if (this.spent !== null && closings > this.spent.closings) this.spent = null;
    return Promise.resolve();
  }

  /** Without a permit that serves, nothing is written but that one is needed. */
  #withPermitUsed(permit: NeededPermit): TenantRecord['turns'] | undefined {
    const claimed = withPermitUsed(this.tenant, permit);
    if (claimed === undefined) this.tenant = withPermitNeeded(this.tenant, permit);
    return claimed?.turns;
  }

  #expect<Field extends ProgressField>(field: Field, before: FieldChange<Field>['before']): void {
    unchangedTenant(this.tenant.tenantUuid, this.tenant, field, before);
  }

  #write(changes: Partial<TenantRecord>): void {
    this.writes += 1;
    if (this.writes === this.killedAt) throw new ProcessKilledError();
    if (changes.creation !== undefined) this.creations.push(changes.creation);
    this.tenant = { ...this.tenant, ...changes };
  }
}

/** Stands for a function that was killed: none of our code sees it. */
export class ProcessKilledError extends Error {
  override readonly name = 'ProcessKilledError';
}
