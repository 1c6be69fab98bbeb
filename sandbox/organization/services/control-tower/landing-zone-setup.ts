import type { ControlTowerSeed, MovedAccountShows } from '../../organization-seed';

/** A landing zone as it is set up, with all that a seed leaves to its defaults. */
export interface LandingZoneSetup {
  /** Absent where Control Tower is not set up. */
  readonly homeRegion: string | undefined;
  readonly status: NonNullable<ControlTowerSeed['status']>;
  readonly version: string;
  readonly enrollsByItself: boolean;
  readonly governedRegions: readonly string[];
  readonly sharedAccounts: NonNullable<ControlTowerSeed['sharedAccounts']>;
  /** When its last update has ended, in ISO 8601. */
  readonly updatedAt: string;
  /** What ListEnabledBaselines tells of an account that was moved by hand. */
  readonly movedAccountShows: (accountId: string) => MovedAccountShows;
}
