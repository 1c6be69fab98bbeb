import type { SpentShare } from '../domain/queue/closing-share';
import type { Account, Closure } from '../domain/records/account-records';
import type { TenantRecord } from '../domain/records/ledger-records';

/** The fields of a tenant that say how far its operations in AWS have come. */
export type ProgressField =
  | 'creation'
  | 'enrollment'
  | 'stackInstances'
  | 'groups'
  | 'addedMembers'
  | 'samlAccess'
  | 'assignment'
  | 'seal'
  | 'closure'
  | 'aliasReleased';

/** `before` is what the step has read, `after` what it writes. */
export interface FieldChange<Field extends ProgressField> {
  readonly before: ReadonlyList<TenantRecord[Field]>;
  readonly after: ReadonlyList<TenantRecord[Field]>;
}

type ReadonlyList<Value> = Value extends (infer Item)[] ? readonly Item[] : Value;

/** A permit without which AWS must not be asked. */
export interface NeededPermit {
  readonly lane: string;
  /** When AWS is asked, if a permit serves one request; null if it serves every request until the operation is over. */
  readonly onceAt: string | null;
}

/**
 * What the steps of a run write about their tenant; they read it from their input. Every write names what the step has
 * read: if another run has gone on since, nothing is written.
 */
export interface TenantRepository {
  /** @throws TransientError when another run has gone on meanwhile, or no run is active; nothing is written then */
  update<Field extends ProgressField>(field: Field, change: FieldChange<Field>): Promise<void>;

  /**
   * The same for what AWS is about to be asked. Uses the permit in the same write.
   *
   * @returns false without a permit: AWS must not be asked then, and the tenant's item says only which permit is needed
   * @throws TransientError when another run has gone on meanwhile, or no run is active; nothing is written then
   */
  claim<Field extends ProgressField>(
    field: Field,
    change: FieldChange<Field> & { readonly permit: NeededPermit },
  ): Promise<boolean>;

  /**
   * Says that the account belongs to this tenant and to no other.
   *
   * @throws RejectedError when another tenant has it, or this tenant has another one
   */
  recordAccount(account: Account): Promise<void>;
}

/** The same for a tenant whose account is closed: all tenants share the closures that AWS allows in thirty days. */
export interface ClosureRepository extends Pick<TenantRepository, 'update'> {
  /**
   * `claim` for a closure: uses the permit in the lane of closures, and one of the closures that AWS allows in thirty
   * days.
   *
   * @returns `no-turn`, or that the share of thirty days is spent: AWS must not be asked then
   * @throws TransientError as `claim`, and when the deletion was taken back
   */
  claimClosure(change: ClosureChange): Promise<ClosureClaim>;

  /**
   * AWS has not taken the request of `after`: the share of thirty days has it back.
   *
   * @throws TransientError as `claimClosure`
   */
  releaseClosure(change: ClosureChange): Promise<void>;

  /** Writes how many closures AWS allows in thirty days, by the number of accounts at this time. */
  recordClosingAllowance(closings: number, countedAt: Date): Promise<void>;
}

/** From the closure that the step has read to the one by which AWS is asked. */
export interface ClosureChange {
  readonly before: Closure | null;
  readonly after: Closure;
}

export type ClosureClaim = 'recorded' | 'no-turn' | SpentShare;
