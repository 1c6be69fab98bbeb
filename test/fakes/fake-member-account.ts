import { RejectedError } from '../../functions/domain/base/errors';
import {
  type MemberAccess,
  type MemberAlias,
  type MemberEntry,
  type MemberRoles,
  TRUSTS_TOO_MANY,
  type WantedRole,
} from '../../functions/ports/iam';

/** A member account as its access role sees it. */
export class FakeMemberAccount implements MemberAccess, MemberAlias, MemberRoles {
  isOpen = true;
  alias: string | null = null;
  mayRemoveAlias = true;
  /** Aliases that other AWS accounts have. */
  readonly takenAliases = new Set<string>();
  readonly roles = new Map<string, WantedRole>();
  readonly entries: MemberEntry[] = [];
  readonly writes: string[] = [];

  canEnter(entry: MemberEntry): Promise<boolean> {
    this.entries.push(entry);
    return Promise.resolve(this.isOpen);
  }

  read(entry: MemberEntry): Promise<string | null> {
    this.entries.push(entry);
    return Promise.resolve(this.alias);
  }

  set(entry: MemberEntry, alias: string): Promise<void> {
    this.entries.push(entry);
    if (this.takenAliases.has(alias)) {
      return Promise.reject(new RejectedError(`The account alias "${alias}" is taken.`, 'Change accountAliasPattern.'));
    }
    this.alias = alias;
    this.writes.push(`alias ${alias}`);
    return Promise.resolve();
  }

  remove(entry: MemberEntry, alias: string): Promise<void> {
    this.entries.push(entry);
    if (!this.mayRemoveAlias)
      return Promise.reject(new RejectedError('AWS refused to take it.', 'Look.', { denied: true }));
    if (this.alias === alias) this.alias = null;
    this.writes.push(`no alias ${alias}`);
    return Promise.resolve();
  }

  hasRole(entry: MemberEntry, roleName: string): Promise<boolean> {
    this.entries.push(entry);
    return Promise.resolve(this.roles.has(roleName));
  }

  differences(entry: MemberEntry, role: WantedRole): Promise<readonly string[]> {
    this.entries.push(entry);
    const own = JSON.stringify(this.roles.get(role.name));
    if (own === JSON.stringify(role)) return Promise.resolve([]);
    const isWide = own === JSON.stringify({ ...role, trustedRoleArns: undefined });
    return Promise.resolve([isWide ? TRUSTS_TOO_MANY : 'made the role']);
  }

  ensureRole(entry: MemberEntry, role: WantedRole): Promise<readonly string[]> {
    this.entries.push(entry);
    if (JSON.stringify(this.roles.get(role.name)) === JSON.stringify(role)) return Promise.resolve([]);
    this.roles.set(role.name, role);
    this.writes.push(`role ${role.name}`);
    return Promise.resolve(['made the role']);
  }
}
