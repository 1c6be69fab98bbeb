import type { FactoryUser } from '../domain/factory-user-schema';
import type { FactoryUserAssignment } from './factory-user-assignments';

/** Which groups have which permission sets in which account. Changes take their time: each is a request that is looked at later. */
export interface AccountAssignments {
  /** The permission sets that a group has in an account, whoever gave them; also those of a group that is gone. */
  listOfGroup(accountId: string, groupId: string): Promise<readonly string[]>;

  /** The accounts to which a group gives access; one may come several times. */
  accountsOfGroup(groupId: string): Promise<readonly string[]>;

  /** Begins a change. `busy`: as many as may be are at work, or one on this very assignment. `absent`: something that it names is not there, or not known yet; in AWS's words. */
  create(assignment: Assignment): Promise<StartedAssignment>;
  delete(assignment: Assignment): Promise<StartedAssignment>;

  /** What the Account Factory has given its user itself in an account. */
  ofFactoryUser(accountId: string, user: FactoryUser): Promise<readonly FactoryUserAssignment[]>;

  describe(kind: 'creation' | 'deletion', requestId: string): Promise<AssignmentProgress>;
}

export interface Assignment {
  readonly accountId: string;
  /** Whose it is: a group's, or a user's where `principalType` says so. */
  readonly groupId: string;
  readonly permissionSetArn: string;
  readonly principalType?: 'USER' | undefined;
}

export type StartedAssignment = { readonly requestId: string } | { readonly absent: string } | 'busy';

export interface AssignmentProgress {
  /** `UNKNOWN`: the request is so old that Identity Center has forgotten it. */
  readonly state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'UNKNOWN';
  readonly reason: string | null;
}
