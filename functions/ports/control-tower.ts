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
