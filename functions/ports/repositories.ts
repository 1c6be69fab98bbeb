import type { AccountSearch, SearchPlace, SearchProgress, SearchWish, Wanted } from '../domain/account/account-search';
import type { VendingPlan } from '../domain/plan/plan';
import type { SpentShare } from '../domain/queue/closing-share';
import type { Account, Closure } from '../domain/records/account-records';
import type { ApprovalRecord, TenantRecord } from '../domain/records/ledger-records';

/** The fields of a tenant that say how far its operations in AWS have come. */
export type ProgressField =
  | 'creation'
  | 'enrollment'
  | 'stackInstances'
  | 'customizations'
  | 'groups'
  | 'assignedGroups'
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

/** The first and the last step write this about their run. */
export interface RunRepository {
  /** The desired state as it came in; undefined when it has expired. */
  desiredState(): Promise<unknown>;

  /**
   * Pins the plan to the run and claims its e-mail, alias and groups, all or nothing. The plan of an earlier try is
   * replaced, if it is another.
   *
   * @returns the hash of the plan, by which the states that carry it out know it again
   * @throws RejectedError when another tenant has a claim
   */
  pin(plan: VendingPlan): Promise<string>;

  /**
   * The run has done all. If a newer desired state was waiting, its run begins and its execution is started. A second
   * call changes nothing and makes sure that the execution has been started.
   */
  complete(): Promise<void>;
}

/** The question that a run puts to a person before it goes on, as the state that asks it sees it. */
export interface Approvals {
  /**
   * Writes down that the run waits for a decision. A second call of the same run keeps when it was asked and until
   * when, and finds what was decided meanwhile.
   *
   * @throws RejectedError where a newer desired state waits, or an answer was given to this run before it was redriven
   */
  ask(expiresAfterDays: number): Promise<ApprovalRecord>;

  /** Lets the state go on, or ends it, as was decided. */
  deliver(approval: ApprovalRecord): Promise<void>;
}

/** All tenants share one search for lost accounts. This says how far it has come. */
export interface AccountSearchRepository {
  /** Whether anybody searches in the long lists of a large organization. */
  isAtWork(): Promise<boolean>;

  /** Wishes, once, and takes the place to read from unless somebody else reads or nothing is to be read. */
  join(wanted: Wanted): Promise<{
    readonly search: AccountSearch;
    readonly wish: SearchWish | undefined;
    readonly place: SearchPlace | undefined;
  }>;

  /** @returns the place to read on; undefined, and nothing written, where that is over or somebody else has taken it */
  record(place: SearchPlace, progress: SearchProgress): Promise<SearchPlace | undefined>;

  leave(tenantUuid: string): Promise<void>;
}
