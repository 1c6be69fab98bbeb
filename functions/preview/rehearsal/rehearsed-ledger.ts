import type { TenantRecord } from '../../domain/records/ledger-records';
import type { AccessMemory } from '../../ports/access-memory';
import type { AccountMemory } from '../../ports/account-memory';
import type { ClosureMemory } from '../../ports/closure-memory';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { LaneTurns } from '../../ports/lane-queue';

/**
 * What steps write down during a rehearsal: seen by the steps after them, and gone at its end. Turns are there for
 * everybody.
 */
export class RehearsedLedger
  implements
    Pick<AccountMemory, 'recordAccount' | 'recordAliasReleased' | 'recordSeal'>,
    AccessMemory,
    FurnishingMemory,
    ClosureMemory,
    LaneTurns
{
  tenant: TenantRecord;

  constructor(tenant: TenantRecord) {
    this.tenant = tenant;
  }

  recordAccount = (account: NonNullable<TenantRecord['account']>): Promise<void> => this.#write({ account });

  recordAliasReleased = (_: unknown, aliasReleased: boolean): Promise<void> => this.#write({ aliasReleased });

  recordSeal = (_: unknown, seal: TenantRecord['seal']): Promise<void> => this.#write({ seal });

  recordGroups = (_: unknown, groups: readonly TenantRecord['groups'][number][]): Promise<void> =>
    this.#write({ groups: [...groups] });

  recordSamlAccess = (_: unknown, samlAccess: TenantRecord['samlAccess']): Promise<void> => this.#write({ samlAccess });

  recordAssignment = (_: unknown, assignment: TenantRecord['assignment']): Promise<void> => this.#write({ assignment });

  recordEnrollment = (_: unknown, enrollment: TenantRecord['enrollment']): Promise<void> => this.#write({ enrollment });

  recordEnrollmentIntent = async (
    _: unknown,
    enrollment: NonNullable<TenantRecord['enrollment']>,
  ): Promise<boolean> => {
    await this.#write({ enrollment });
    return true;
  };

  recordStackInstances = (
    _: unknown,
    stackInstances: readonly TenantRecord['stackInstances'][number][],
  ): Promise<void> => this.#write({ stackInstances: [...stackInstances] });

  recordStackInstancesIntent = async (
    before: unknown,
    intent: readonly TenantRecord['stackInstances'][number][],
  ): Promise<boolean> => {
    await this.recordStackInstances(before, intent);
    return true;
  };

  recordIntent = async (_: unknown, closure: TenantRecord['closure']): Promise<'recorded'> => {
    await this.#write({ closure });
    return 'recorded';
  };

  takeBack = (_: unknown, closure: TenantRecord['closure']): Promise<void> => this.#write({ closure });

  recordClosure = (_: unknown, closure: TenantRecord['closure']): Promise<void> => this.#write({ closure });

  recordAllowance = (): Promise<void> => Promise.resolve();

  free = (): Promise<void> => Promise.resolve();

  isAwaited = (): Promise<boolean> => Promise.resolve(false);

  setLimit = (): Promise<void> => Promise.resolve();

  #write(change: Partial<TenantRecord>): Promise<void> {
    this.tenant = { ...this.tenant, ...change };
    return Promise.resolve();
  }
}
