import { isDeepStrictEqual } from 'node:util';

import { TransientError } from '../../functions/domain/base/errors';
import type { FactoryUser } from '../../functions/domain/plan/plan';
import type {
  AccountAssignments,
  Assignment,
  AssignmentProgress,
  FactoryUserAssignment,
  GroupDirectory,
  Member,
  StartedAssignment,
} from '../../functions/ports/identity-center';
import { KillableTenant } from './killable-tenant';

interface FakeGroup {
  readonly name: string;
  readonly mark: string | null;
  readonly members: Set<string>;
}

interface Request {
  readonly kind: 'creation' | 'deletion';
  readonly assignment: Assignment;
  looks: number;
  /** Null: it is at work. */
  end: AssignmentProgress | null;
}

/**
 * A directory, assignments and the ledger's part of one tenant, as three ports over one memory.
 */
export class FakeAccess extends KillableTenant implements GroupDirectory, AccountAssignments {
  readonly users = new Map<string, string>();
  readonly groups = new Map<string, FakeGroup>();
  /** `account group permission set`. */
  readonly assigned = new Set<string>();
  /** Reasons for which the next requests fail, in order. */
  readonly failures: string[] = [];
  busy = 0;
  readonly #requests = new Map<string, Request>();
  #ids = 0;

  /** Puts a group there that the ledger does not know. */
  plant(name: string, mark: string | null, ...members: readonly string[]): string {
    const id = `g-${++this.#ids}`;
    this.groups.set(id, { name, mark, members: new Set(members) });
    return id;
  }

  idOf(name: string): string {
    return [...this.groups].find(([, group]) => group.name === name)?.[0] ?? '';
  }

  membersOf(name: string): readonly string[] {
    return [...(this.groups.get(this.idOf(name))?.members ?? [])].toSorted();
  }

  findUsers(userNames: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.call(false, () => {
      const found = userNames.flatMap((name) => {
        const id = this.users.get(name.toLowerCase());
        return id === undefined ? [] : [[name, id] as const];
      });
      return new Map(found);
    });
  }

  findGroup(name: string): Promise<string | undefined> {
    return this.call(false, () => (this.idOf(name) === '' ? undefined : this.idOf(name)));
  }

  markOf(groupId: string): Promise<string | null> {
    return this.call(false, () => this.groups.get(groupId)?.mark ?? null);
  }

  createGroup({ name, mark }: { readonly name: string; readonly mark: string }): Promise<string> {
    return this.call(true, () => {
      if (this.idOf(name) !== '') throw new TransientError(`There is a group ${name}.`);
      return this.plant(name, mark);
    });
  }

  deleteGroup(groupId: string): Promise<void> {
    return this.call(true, () => void this.groups.delete(groupId));
  }

  listMembers(groupId: string): Promise<readonly Member[] | undefined> {
    return this.call(false, () => {
      const group = this.groups.get(groupId);
      return group && [...group.members].map((userId) => ({ userId, membershipId: `${groupId} ${userId}` }));
    });
  }

  async addMembers(groupId: string, userIds: readonly string[]): Promise<void> {
    for (const id of userIds) await this.call(true, () => void this.groups.get(groupId)?.members.add(id));
  }

  async removeMembers(groupId: string, members: readonly Member[]): Promise<void> {
    for (const { userId } of members) {
      await this.call(true, () => void this.groups.get(groupId)?.members.delete(userId));
    }
  }

  listOfGroup(accountId: string, groupId: string): Promise<readonly string[]> {
    return this.call(false, () =>
      [...this.assigned].flatMap((key) => {
        const [inAccount, ofGroup, permissionSetArn = ''] = key.split(' ');
        return inAccount === accountId && ofGroup === groupId ? [permissionSetArn] : [];
      }),
    );
  }

  accountsOfGroup(groupId: string): Promise<readonly string[]> {
    return this.call(false, () =>
      [...this.assigned].flatMap((key) => {
        const [accountId = '', ofGroup] = key.split(' ');
        return ofGroup === groupId ? [accountId] : [];
      }),
    );
  }

  ofFactoryUser(accountId: string, { email }: FactoryUser): Promise<readonly FactoryUserAssignment[]> {
    return this.call(false, () => {
      const userId = this.users.get(email) ?? '';
      const permissionSetArn = 'set-of-factory';
      const isGiven = this.assigned.has([accountId, userId, permissionSetArn].join(' '));
      return isGiven ? [{ accountId, userId, permissionSetArn }] : [];
    });
  }

  create(assignment: Assignment): Promise<StartedAssignment> {
    return this.#start('creation', assignment);
  }

  delete(assignment: Assignment): Promise<StartedAssignment> {
    return this.#start('deletion', assignment);
  }

  /** The second look at a request finds its end, and so does each one after that. */
  describe(_kind: 'creation' | 'deletion', requestId: string): Promise<AssignmentProgress> {
    return this.call(false, () => {
      const request = this.#requests.get(requestId);
      if (request === undefined) return { state: 'UNKNOWN', reason: null };
      request.looks += 1;
      if (request.looks < 2) return { state: 'IN_PROGRESS', reason: null };
      const reason = request.end === null ? this.failures.shift() : undefined;
      if (reason === undefined) return this.#finish(request);
      request.end = { state: 'FAILED', reason };
      return request.end;
    });
  }

  /** Requests end by themselves, no matter who looks. */
  finishAll(): void {
    this.#requests.forEach((request) => {
      request.looks = 2;
      this.#finish(request);
    });
  }

  #start(kind: Request['kind'], assignment: Assignment): Promise<StartedAssignment> {
    return this.call(true, () => {
      const isAtWork = [...this.#requests.values()].some(
        ({ end, assignment: one }) => end === null && isDeepStrictEqual(one, assignment),
      );
      if (isAtWork || this.busy-- > 0) return 'busy';
      const requestId = `r-${++this.#ids}`;
      this.#requests.set(requestId, { kind, assignment, looks: 0, end: null });
      return { requestId };
    });
  }

  /** Once: what has ended stays as it is. */
  #finish(request: Request): AssignmentProgress {
    if (request.end !== null) return request.end;
    const { accountId, groupId, permissionSetArn } = request.assignment;
    const key = [accountId, groupId, permissionSetArn].join(' ');
    if (request.kind === 'creation') this.assigned.add(key);
    else this.assigned.delete(key);
    request.end = { state: 'SUCCEEDED', reason: null };
    return request.end;
  }
}
