/** A CloudFormation stack. Times are milliseconds since 1970. */
export interface Stack {
  /** Its ARN. */
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAt: number;
  status: StackStatus;
  statusReason: string | null;
  updatedAt: number | null;
  deletedAt: number | null;
  /** Null until a change set has been carried out. */
  deployed: Deployed | null;
  /** Keyed by logical id. */
  resources: ReadonlyMap<string, StackResource>;
  /** Oldest first. */
  readonly events: StackEvent[];
  /** Keyed by name. */
  readonly changeSets: Map<string, ChangeSet>;
}

export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED';

/** What was asked for: a template, with a value for each of its parameters. */
export interface Deployed {
  /** As it was sent. */
  readonly template: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly capabilities: readonly string[];
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** The name of a role, the ARN of a policy, the id of a stack set. */
  readonly physicalId: string;
  /** Its properties, worked out. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly status: string;
  readonly changedAt: number;
}

export interface StackEvent {
  readonly id: string;
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
}

export interface ChangeSet extends Deployed {
  /** Its ARN. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly createdAt: number;
  readonly changes: readonly Change[];
  status: 'CREATE_PENDING' | 'CREATE_COMPLETE' | 'FAILED';
  statusReason: string | null;
  isExecuted: boolean;
}

export interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
}
