/** Undefined for one that is not in the table. */
export const partitionNamed = (wanted = ''): Partition | undefined => PARTITIONS.find(({ name }) => name === wanted);

/** The partition that an ARN names: `arn:aws-us-gov:…`. */
export const partitionOfArn = (arn: string): Partition | undefined => partitionNamed(arn.split(':')[1]);

export const partitionOfRegion = (region: string): Partition | undefined =>
  PARTITIONS.find(
    ({ defaultRegions, optInRegions }) => defaultRegions.includes(region) || Object.hasOwn(optInRegions, region),
  );

/** Whether accounts have the region only after it was enabled for them. */
export const isOptIn = (region: string): boolean =>
  Object.hasOwn(partitionOfRegion(region)?.optInRegions ?? {}, region);

/**
 * What a remedy says besides where a stack instance cannot be made in a region that the account may not have; empty
 * where every account has it.
 */
export function regionHint(region: string): string {
  if (isOptIn(region)) {
    return ` Accounts have ${region} only after it was enabled for them (${STACK_SET_REGIONS}): enable it in this account and in the stack set's, or take it out of regions.`;
  }
  return partitionOfRegion(region) === undefined
    ? ` ${region} is not among the regions that are known here (${ACCOUNT_REGIONS}): correct it in regions, if it is misspelt.`
    : '';
}

/**
 * The region itself where every account has it, otherwise the nearest that every account has: STS of an opt-in region
 * issues no session for an account that has not enabled it ("Manage AWS STS in an AWS Region", IAM User Guide), and a
 * new account has enabled none.
 *
 * @param region of the deployment, where it is known
 * @returns as clients of the SDK take it; without a region where nothing is known of the partition, and so AWS has to
 * tell
 */
export function everyAccountsRegion(
  partition: Partition | undefined,
  region = '',
): { readonly region: string } | undefined {
  if (partition === undefined) return undefined;
  const { defaultRegions, optInRegions, globalRegion } = partition;
  return { region: defaultRegions.includes(region) ? region : (optInRegions[region] ?? globalRegion) };
}

/** Why the place lacks the ability; undefined where it has it, or where nothing is known of it. */
export function lackOf(ability: Ability, partition: Partition | undefined, region: string): Cell | undefined {
  const cell = partition?.abilities[ability];
  return cell === undefined || (cell.available && !(cell.except ?? []).includes(region)) ? undefined : cell;
}

/** What this application asks of AWS, and what not every place has. */
export type Ability =
  | 'createAccount'
  | 'closeAccount'
  | 'controlTower'
  | 'serviceCatalog'
  | 'identityCenter'
  | 'costExplorer';

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
   * Default regions in which nobody can deactivate STS for an account, as far as AWS says so.
   *
   * @evidence documented IAM/UserGuide/id_credentials_temp_region-endpoints: US East (N. Virginia) and China (Beijing)
   *   are active by default and cannot be deactivated; every other default region of the table can
   */
  readonly permanentStsRegions: readonly string[];
  /**
   * How names of VPC endpoint services begin, before the region; null where it is not the same for all of them, or not
   * known.
   */
  readonly endpointServices: string | null;
  readonly regionsPage: string;
  readonly abilities: Readonly<Record<Ability, Cell>>;
}

/*
 * The one place that names regions and partitions of AWS: `test/check/source-text.test.ts` finds names of regions
 * anywhere else. Where a partition is not listed, nothing is known of it, and nothing is refused.
 */

const guide = (page: string): string => `https://docs.aws.amazon.com/${page}.html`;
const inChina = (page: string): string => `https://docs.amazonaws.cn/en_us/aws/latest/userguide/${page}.html`;

const has = (page: string, evidence: Cell['evidence'] = 'documented'): Cell => ({ available: true, page, evidence });
const lacks = (page: string, evidence: Cell['evidence'] = 'documented'): Cell => ({ available: false, page, evidence });

const ACCOUNT_REGIONS = guide('accounts/latest/reference/manage-acct-regions');
const STACK_SET_REGIONS = guide('AWSCloudFormation/latest/UserGuide/stacksets-opt-in-regions');
const CONTROL_TOWER_REGIONS = guide('controltower/latest/userguide/region-how');
const CONTROL_TOWER_LIMITS = guide('controltower/latest/userguide/limits');
/** What the SDKs take for an endpoint: AWS's own data of where it has a service. */
const ENDPOINTS = 'https://github.com/boto/botocore/blob/develop/botocore/data/endpoints.json';
const COST_EXPLORER_ENDPOINTS =
  'https://github.com/boto/botocore/blob/develop/botocore/data/ce/2017-10-25/endpoint-rule-set-1.json';
const GOVCLOUD = 'govcloud-us/latest/UserGuide';

const COMMERCIAL: Partition = {
  name: 'aws',
  title: 'AWS',
  globalRegion: 'us-east-1',
  iamRegion: 'us-east-1',
  consoleDomain: 'console.aws.amazon.com',
  defaultRegions: [
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  optInRegions: {
    'af-south-1': 'eu-west-1',
    'ap-east-1': 'ap-northeast-1',
    'ap-east-2': 'ap-northeast-1',
    'ap-south-2': 'ap-south-1',
    'ap-southeast-3': 'ap-southeast-1',
    'ap-southeast-4': 'ap-southeast-2',
    'ap-southeast-5': 'ap-southeast-1',
    'ap-southeast-6': 'ap-southeast-2',
    'ap-southeast-7': 'ap-southeast-1',
    'ca-west-1': 'ca-central-1',
    'eu-central-2': 'eu-central-1',
    'eu-south-1': 'eu-central-1',
    'eu-south-2': 'eu-west-3',
    'il-central-1': 'eu-central-1',
    'me-central-1': 'ap-south-1',
    'me-south-1': 'ap-south-1',
    'mx-central-1': 'us-east-2',
  },
  permanentStsRegions: ['us-east-1'],
  // @evidence documented vpc/privatelink/aws-services-privatelink-support: com.amazonaws.<region>.<service>
  endpointServices: 'com.amazonaws',
  regionsPage: ACCOUNT_REGIONS,
  abilities: {
    createAccount: has(guide('organizations/latest/APIReference/API_CreateAccount')),
    closeAccount: has(guide('organizations/latest/APIReference/API_CloseAccount')),
    controlTower: has(CONTROL_TOWER_REGIONS),
    serviceCatalog: {
      ...has(CONTROL_TOWER_LIMITS),
      except: ['ca-west-1', 'ap-southeast-5', 'ap-southeast-7', 'mx-central-1', 'ap-southeast-6', 'ap-east-2'],
    },
    identityCenter: has(guide('singlesignon/latest/userguide/regions')),
    costExplorer: has(guide('general/latest/gr/billing')),
  },
};

const US_GOV: Partition = {
  name: 'aws-us-gov',
  title: 'AWS GovCloud (US)',
  globalRegion: 'us-gov-west-1',
  iamRegion: 'us-gov-west-1',
  consoleDomain: 'console.amazonaws-us-gov.com',
  defaultRegions: ['us-gov-east-1', 'us-gov-west-1'],
  optInRegions: {},
  permanentStsRegions: [],
  // @evidence documented govcloud-us/UserGuide/using-govcloud-vpc-endpoints: com.amazonaws.<region>.<service>
  endpointServices: 'com.amazonaws',
  regionsPage: ACCOUNT_REGIONS,
  abilities: {
    createAccount: lacks(guide(`${GOVCLOUD}/govcloud-organizations`)),
    closeAccount: lacks(guide(`${GOVCLOUD}/Closing-govcloud-account`)),
    controlTower: has(guide(`${GOVCLOUD}/govcloud-controltower`)),
    serviceCatalog: has(guide(`${GOVCLOUD}/govcloud-controltower`)),
    identityCenter: has(guide(`${GOVCLOUD}/govcloud-sso`)),
    costExplorer: lacks(guide(`${GOVCLOUD}/govcloud-differences`)),
  },
};

const CHINA: Partition = {
  name: 'aws-cn',
  title: 'AWS in China',
  globalRegion: 'cn-northwest-1',
  iamRegion: 'cn-north-1',
  consoleDomain: 'console.amazonaws.cn',
  defaultRegions: ['cn-north-1', 'cn-northwest-1'],
  optInRegions: {},
  permanentStsRegions: ['cn-north-1'],
  // @evidence reported https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts:
  //   cn.com.amazonaws for some services, com.amazonaws for others
  endpointServices: null,
  regionsPage: ACCOUNT_REGIONS,
  abilities: {
    createAccount: has(inChina('organizations'), 'reported'),
    // @evidence documented organizations/APIReference/Welcome: from China, all API calls are made at cn-northwest-1
    closeAccount: has(guide('organizations/latest/APIReference/Welcome')),
    controlTower: lacks(CONTROL_TOWER_REGIONS),
    serviceCatalog: has(ENDPOINTS),
    identityCenter: has(ENDPOINTS),
    costExplorer: has('https://docs.amazonaws.cn/en_us/cost-management/latest/userguide/ce-api.html'),
  },
};

const EUROPEAN_SOVEREIGN: Partition = {
  name: 'aws-eusc',
  title: 'AWS European Sovereign Cloud',
  globalRegion: 'eusc-de-east-1',
  iamRegion: 'eusc-de-east-1',
  consoleDomain: 'console.amazonaws-eusc.eu',
  defaultRegions: ['eusc-de-east-1'],
  optInRegions: {},
  permanentStsRegions: [],
  endpointServices: null,
  regionsPage: 'https://docs.aws.eu/esc/latest/userguide/controltower.html',
  abilities: {
    // @evidence assumed esc/userguide/organizations: accounts are made and closed as elsewhere (decided by: both calls
    //   in an organization there)
    createAccount: has('https://docs.aws.eu/esc/latest/userguide/organizations.html', 'assumed'),
    closeAccount: has('https://docs.aws.eu/esc/latest/userguide/organizations.html', 'assumed'),
    controlTower: has(guide('controltower/latest/userguide/2026-all')),
    serviceCatalog: lacks(CONTROL_TOWER_LIMITS),
    identityCenter: has(ENDPOINTS),
    costExplorer: has(COST_EXPLORER_ENDPOINTS),
  },
};

/** @public */
export const PARTITIONS: readonly Partition[] = [COMMERCIAL, US_GOV, CHINA, EUROPEAN_SOVEREIGN];
