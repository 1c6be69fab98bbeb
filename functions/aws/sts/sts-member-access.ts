import type { MemberAccess } from '../../ports/iam';
import { type AwsCaller, enterMember } from '../base/assumed-role';
import { calling, isDenied } from '../base/aws-error';

/** Tries to assume the access role of a member account. */
export function stsMemberAccess(caller: AwsCaller): MemberAccess {
  return {
    canEnter: (entry) =>
      calling(`assume ${entry.accessRole} in account ${entry.accountId}`, async () => {
        try {
          await enterMember(caller, entry);
          return true;
        } catch (error) {
          if (isDenied(error)) return false;
          throw error;
        }
      }),
  };
}
