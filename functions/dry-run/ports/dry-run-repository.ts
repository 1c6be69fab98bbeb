import type { Account } from '../../domain/records/account-records';
import type { TenantRecord } from '../../domain/records/ledger-records';
import type { LaneTurns } from '../../ports/lane-queue';
import type {
  ClosureChange,
  ClosureRepository,
  FieldChange,
  NeededPermit,
  ProgressField,
  TenantRepository,
} from '../../ports/repositories';

/**
 * The tenant during a dry run: later steps see what earlier ones have written, and nothing is stored. Every permit is
 * granted.
 */
export class DryRunRepository implements TenantRepository, ClosureRepository, LaneTurns {
  tenant: TenantRecord;

  constructor(tenant: TenantRecord) {
    this.tenant = tenant;
  }

  update<Field extends ProgressField>(field: Field, { after }: FieldChange<Field>): Promise<void> {
    this.tenant = { ...this.tenant, [field]: after };
    return Promise.resolve();
  }

  async claim<Field extends ProgressField>(
    field: Field,
    change: FieldChange<Field> & { readonly permit: NeededPermit },
  ): Promise<true> {
    await this.update(field, change);
    return true;
  }

  recordAccount(account: Account): Promise<void> {
    this.tenant = { ...this.tenant, account };
    return Promise.resolve();
  }

  async claimClosure(change: ClosureChange): Promise<'recorded'> {
    await this.update('closure', change);
    return 'recorded';
  }

  releaseClosure({ before, after }: ClosureChange): Promise<void> {
    return this.update('closure', { before: after, after: before });
  }

  recordClosingAllowance(): Promise<void> {
    return Promise.resolve();
  }

  free(): Promise<void> {
    return Promise.resolve();
  }

  isAwaited(): Promise<boolean> {
    return Promise.resolve(false);
  }

  setLimit(): Promise<void> {
    return Promise.resolve();
  }
}
