import type { TenantRecord } from '../../functions/domain/records/ledger-records';
import { unchangedTenant } from '../../functions/ledger/tenants/tenant-repository';
import type { FieldChange, ProgressField, TenantRepository } from '../../functions/ports/repositories';
import { KillableCalls } from './killable-calls';
import { account, tenant } from './vending';

/** One tenant of the ledger, whose updates count among the calls of the process. */
export class KillableTenant extends KillableCalls implements Pick<TenantRepository, 'update'> {
  tenant: TenantRecord;

  constructor(changes: Partial<TenantRecord> = {}) {
    super();
    this.tenant = tenant({ account, ...changes });
  }

  update<Field extends ProgressField>(field: Field, { before, after }: FieldChange<Field>): Promise<void> {
    return this.call(true, () => {
      const tenantBefore = unchangedTenant(this.tenant.tenantUuid, this.tenant, field, before);
      this.tenant = { ...tenantBefore, [field]: after };
    });
  }
}
