import { RejectedError } from '../../functions/domain/errors';
import type { AccessRole, AccessRoleRights, InlinePolicy } from '../../functions/ports/access-role';
import type { MemberEntry } from '../../functions/ports/member-account';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** An access role that acts with the rights it has at that moment: whoever takes away the last of them is locked out. */
export class FakeAccessRole implements AccessRole {
  readonly attached = new Set([ADMINISTRATOR]);
  readonly inline = new Map<string, string>();
  readonly writes: string[] = [];
  readonly entries: MemberEntry[] = [];
  /** What lists show although it has gone. */
  readonly shadows = new Set<string>();

  listRights(entry: MemberEntry): Promise<AccessRoleRights> {
    return this.#allowed(entry, undefined, () => ({
      attachedPolicyArns: [...this.attached, ...this.shadows],
      inlinePolicyNames: [...this.inline.keys()],
    }));
  }

  putInlinePolicy(entry: MemberEntry, { name, document }: InlinePolicy): Promise<void> {
    return this.#allowed(entry, `put ${name}`, () => void this.inline.set(name, document));
  }

  detachPolicy(entry: MemberEntry, policyArn: string): Promise<void> {
    return this.#allowed(entry, `detach ${policyArn}`, () => void this.attached.delete(policyArn));
  }

  deleteInlinePolicy(entry: MemberEntry, policyName: string): Promise<void> {
    return this.#allowed(entry, `delete ${policyName}`, () => void this.inline.delete(policyName));
  }

  /** By an administrator's policy, or an inline one that names the right. */
  #allowed<Answer>(entry: MemberEntry, write: string | undefined, act: () => Answer): Promise<Answer> {
    this.entries.push(entry);
    const isAllowed =
      this.attached.has(ADMINISTRATOR) ||
      [...this.inline.values()].some(
        (document) => document.includes('"*:*"') || document.includes('iam:DetachRolePolicy'),
      );
    if (!isAllowed) return Promise.reject(new RejectedError('AccessDenied: the role has locked itself out.', 'None.'));
    if (write !== undefined) this.writes.push(write);
    return Promise.resolve(act());
  }
}
