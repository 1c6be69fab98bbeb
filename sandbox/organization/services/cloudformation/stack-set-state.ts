import type { Pace } from './operation-preferences';
import type { IndexedMap } from '../../indexed-map';

export interface StackSet {
  /** What comes before its id. */
  readonly arnPrefix: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** `name:uuid`. */
  readonly id: string;
  readonly template: string;
  /** Declared by the template, with the values that the stack set gives; null where there is none. */
  readonly parameters: ReadonlyMap<string, string | null>;
  readonly administrationRoleArn: string;
  readonly executionRoleName: string;
  readonly managedExecution: boolean;
  readonly permissionModel: 'SELF_MANAGED' | 'SERVICE_MANAGED';
  /** Keyed by `account/region`. */
  readonly instances: IndexedMap<StackInstance, 'accountId'>;
  /** What ListStackInstances still shows instead, by `account/region`; undefined where it shows none. */
  readonly shownStill: Map<string, { readonly until: number; readonly instance: StackInstance | undefined }>;
  /** Keyed by operation id, oldest first. */
  readonly operations: Map<string, StackSetOperation>;
}

export interface StackInstance {
  readonly accountId: string;
  readonly region: string;
  stackId: string | null;
  overrides: ReadonlyMap<string, string>;
  status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
  detailedStatus: DetailedStatus;
  reason: string | null;
  lastOperationId: string;
  driftStatus: 'NOT_CHECKED' | 'IN_SYNC' | 'DRIFTED';
}

export type DetailedStatus =
  | 'PENDING'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'INOPERABLE'
  | 'SKIPPED_SUSPENDED_ACCOUNT';

export interface StackSetOperation {
  readonly id: string;
  readonly action: 'CREATE' | 'UPDATE' | 'DELETE';
  /** For a DELETE: the stacks stay in the accounts. */
  readonly retainsStacks?: boolean;
  /** What makes a repeated operation id the same request. */
  readonly request: string;
  /** Keys of the instances, in the order in which they are worked on. */
  readonly instanceKeys: readonly string[];
  readonly pace: Pace;
  readonly createdAt: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'QUEUED';
  endedAt: number | null;
}

export const stackSetKey = (accountId: string, region: string, name: string): string =>
  `${accountId}:${region}:${name}`;
export const instanceKey = (accountId: string, region: string): string => `${accountId}/${region}`;
export const accountOf = (key: string): string => key.replace(/\/.*$/u, '');
export const regionOf = (key: string): string => key.replace(/^.*\//u, '');

/** Those of these keys that are there. */
export const instancesOf = ({ instances }: StackSet, keys: readonly string[]): readonly StackInstance[] =>
  keys.flatMap((key) => instances.get(key) ?? []);

/** What becomes of a status where the instance is to be deployed and has not been yet. */
export const UNDEPLOYED: Readonly<Record<StackInstance['status'], StackInstance['status']>> = {
  CURRENT: 'OUTDATED',
  OUTDATED: 'OUTDATED',
  INOPERABLE: 'INOPERABLE',
};
