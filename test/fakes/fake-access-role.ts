import { RejectedError } from '../../functions/domain/base/errors';
import type { AccessRole, AccessRoleRights, InlinePolicy, MemberEntry, PolicyReading } from '../../functions/ports/iam';
import { ProcessKilledError } from './fake-tenant-repository';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * An access role that acts with the rights it has at that moment: anyone who takes away the last of them is locked out.
 */
export class FakeAccessRole implements AccessRole {
  readonly attached = new Set([ADMINISTRATOR]);
  readonly inline = new Map<string, string>();
  /** Inline policies that AWS does not act on yet. */
  readonly pending = new Set<string>();
  /** Managed policies of the account, by ARN. */
  readonly policies = new Map<string, string>();
  boundary: string | null = null;
  readonly writes: string[] = [];
  readonly entries: MemberEntry[] = [];
  /** What lists show although it has gone. */
  readonly shadows = new Set<string>();
  /** The process ends instead of this write, counted from 1. */
  killedAt = Infinity;
  #tries = 0;

  async listRights(entry: MemberEntry): Promise<AccessRoleRights> {
    this.#enter(entry, 'iam:ListRolePolicies');
    return Promise.resolve({
      attachedPolicyArns: [...this.attached, ...this.shadows],
      inlinePolicyNames: [...this.inline.keys()],
    });
  }

  async boundaryOf(entry: MemberEntry): Promise<string | null> {
    this.#enter(entry, 'iam:GetRole');
    return Promise.resolve(this.boundary);
  }

  async readPolicy(entry: MemberEntry, policyArn: string): Promise<PolicyReading> {
    this.entries.push(entry);
    if (!this.#mayDo('iam:GetPolicy')) return Promise.resolve({ found: 'unreadable' });
    const document = this.policies.get(policyArn);
    return Promise.resolve(document === undefined ? { found: 'absent' } : { found: 'there', document });
  }

  putInlinePolicy(entry: MemberEntry, { name, document }: InlinePolicy): Promise<void> {
    return this.#write(entry, 'iam:PutRolePolicy', `put ${name}`, () => this.inline.set(name, document));
  }

  makePolicy(entry: MemberEntry, { name, document }: InlinePolicy): Promise<void> {
    const arn = `arn:aws:iam::${entry.accountId}:policy/${name}`;
    return this.#write(entry, 'iam:CreatePolicy', `make ${name}`, () => this.policies.set(arn, document));
  }

  putBoundary(entry: MemberEntry, policyArn: string): Promise<void> {
    return this.#write(entry, 'iam:PutRolePermissionsBoundary', 'seal', () => (this.boundary = policyArn));
  }

  detachPolicy(entry: MemberEntry, policyArn: string): Promise<void> {
    return this.#write(entry, 'iam:DetachRolePolicy', `detach ${policyArn}`, () => this.attached.delete(policyArn));
  }

  deleteInlinePolicy(entry: MemberEntry, policyName: string): Promise<void> {
    return this.#write(entry, 'iam:DeleteRolePolicy', `delete ${policyName}`, () => this.inline.delete(policyName));
  }

  async #write(entry: MemberEntry, action: string, write: string, act: () => unknown): Promise<void> {
    this.#enter(entry, action);
    this.#tries += 1;
    if (this.#tries === this.killedAt) return Promise.reject(new ProcessKilledError());
    this.writes.push(write);
    act();
    return Promise.resolve();
  }

  #enter(entry: MemberEntry, action: string): void {
    this.entries.push(entry);
    if (!this.#mayDo(action)) {
      throw new RejectedError(`AccessDenied: the role has locked itself out, of ${action}.`, 'None.');
    }
  }

  /** By an administrator's policy or one that names the action, and below a boundary that names it. */
  #mayDo(action: string): boolean {
    const inForce = [...this.inline].filter(([name]) => !this.pending.has(name));
    const isGranted =
      this.attached.has(ADMINISTRATOR) ||
      inForce.some(([, document]) => document.includes('"Action":"*"') || document.includes(`"${action}"`));
    const isBounded = this.boundary !== null && this.policies.get(this.boundary)?.includes(`"${action}"`) !== true;
    return isGranted && !isBounded;
  }
}
