import { isDeepStrictEqual } from 'node:util';

import { TransientError } from '../../functions/domain/base/errors';
import type { TenantRecord } from '../../functions/domain/records/ledger-records';
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
      if (!isDeepStrictEqual(this.tenant[field], before)) throw new TransientError('Another run has gone on.');
      this.tenant = { ...this.tenant, [field]: after };
    });
  }
}
