import type { Governance, Registration, Standing } from '../domain/enrollment/governance';

/** AWS Control Tower, in its home region. */
export interface ControlTower {
  /** Undefined where it is not set up. */
  landingZone(): Promise<ControlTowerLandingZone | undefined>;

  /** How the unit stands: only in a registered one can accounts be enrolled. */
  registrationOf(unitArn: string): Promise<Registration>;

  /** What is enabled on the unit for its accounts: AWSControlTowerBaseline or ConfigBaseline; null where neither is. */
  baselineOf(unitArn: string): Promise<UnitBaseline | null>;

  /**
   * How an account stands that is to be enrolled by being moved into this unit. Control Tower learns of a move some
   * time after it.
   */
  enrollmentOf(accountArn: string, unitArn: string): Promise<Standing>;

  /**
   * Whether Control Tower governs an account, wherever that is. To be asked before anything is provisioned, moved or
   * terminated.
   *
   * @param unitArn where the account is to be governed from: only then `elsewhere` is told
   */
  governanceOf(accountArn: string, unitArn?: string): Promise<Governance>;
}

export interface ControlTowerLandingZone {
  readonly version: string;
  /** ACTIVE, PROCESSING or FAILED. */
  readonly status: string;
  /** Whether an account that is moved into a registered unit is enrolled without being asked for. */
  readonly enrollsByItself: boolean;
  /** Null where Control Tower does not say. */
  readonly governedRegions: readonly string[] | null;
  /** The accounts that its manifest names: log archive, audit and the like. They are no tenant's. */
  readonly sharedAccounts: readonly SharedAccount[];
}

export interface SharedAccount {
  readonly id: string;
  /** The part of the manifest that names it, such as `centralizedLogging`. */
  readonly part: string;
}

export interface UnitBaseline {
  readonly name: string;
  /** Null where Control Tower does not say. */
  readonly version: string | null;
}

/** The baselines of all accounts that Control Tower governs, and the operations that put them on accounts. */
export interface FleetBaselines {
  /** When the last update of the landing zone has ended; null where it was longer than 90 days ago. */
  landingZoneUpdatedAt(): Promise<Date | null>;

  /** The registered units: those with AWSControlTowerBaseline. */
  units(): Promise<readonly Baselined[]>;

  /**
   * The accounts that inherit it.
   *
   * @param parent the baseline of a unit, or null for all accounts
   */
  accounts(parent: string | null): Promise<readonly Baselined[]>;

  /** That of one unit or account; undefined where it has none any more. */
  of(targetArn: string): Promise<Baselined | undefined>;

  /**
   * Puts the baseline of a unit on all its accounts. It takes hours, and no other operation of Control Tower runs
   * meanwhile. A second call is `busy` as long as the first operation runs.
   *
   * @param version another one that the unit is to have; null: as it is
   */
  apply(baseline: string, version: string | null): Promise<AppliedBaseline>;

  /** Undefined where it is longer than 90 days ago. */
  operation(id: string): Promise<BaselineOperation | undefined>;
}

/** A unit or an account with AWSControlTowerBaseline. */
export interface Baselined {
  /** The ARN of the enabled baseline. */
  readonly baseline: string;
  readonly targetArn: string;
  /** Null where Control Tower does not say. */
  readonly version: string | null;
  /** SUCCEEDED, UNDER_CHANGE or FAILED. */
  readonly status: string;
  readonly isDrifted: boolean;
  /** Of an account, the baseline of its unit; null where Control Tower names none. */
  readonly parent: string | null;
  /** The last operation on it, where Control Tower tells. */
  readonly operationId: string | null;
}

/** `refused`: not this unit, for the reason that AWS gives. */
export type AppliedBaseline = { readonly operationId: string } | { readonly refused: string } | 'busy';

export interface BaselineOperation {
  readonly isOver: boolean;
  readonly startedAt: Date;
}
