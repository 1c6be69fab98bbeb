/** What this application asks of AWS, and what not every place has. */
export type Ability =
  'createAccount' | 'closeAccount' | 'controlTower' | 'serviceCatalog' | 'identityCenter' | 'costExplorer';

/** Whether a partition has an ability. */
export interface Cell {
  readonly available: boolean;
  /** Regions of the partition that lack it all the same. */
  readonly except?: readonly string[];
  /** The page that says so, or that comes nearest to it where AWS does not say it. */
  readonly page: string;
  /** `assumed`: AWS's pages that are open to read do not contradict it, and do not say it either. */
  readonly evidence: 'documented' | 'reported' | 'assumed';
}

/** A part of AWS with accounts, IAM and endpoints of its own. */
export interface Partition {
  /** As ARNs begin: `arn:aws-us-gov:`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** The region that global services are signed for, and that keeps the quotas of Organizations. */
  readonly globalRegion: string;
  /** What policies see as `aws:RequestedRegion` of a call to IAM. */
  readonly iamRegion: string;
  /** Behind `<region>.`: where people look, in a browser. */
  readonly consoleDomain: string;
  /** Every account has them. */
  readonly defaultRegions: readonly string[];
  /** Regions that an account has to enable first, each with the default region that is nearest to it. */
  readonly optInRegions: Readonly<Record<string, string>>;
  /**
   * How names of VPC endpoint services begin, before the region; null where it is not the same for all of them, or not
   * known.
   */
  readonly endpointServices: string | null;
  readonly regionsPage: string;
  readonly abilities: Readonly<Record<Ability, Cell>>;
}
