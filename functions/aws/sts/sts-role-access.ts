import type { MemberAccess } from '../../ports/iam';
import { enterMember, tryServiceRole } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isDenied } from '../base/aws-error';
import { RejectedError } from '../../domain/base/errors';
import type { ServiceRoles } from '../../ports/own-account';

/** Tries to assume the access role of a member account. */
export function stsMemberAccess(session: AwsSession): MemberAccess {
  return {
    canEnter: (entry) =>
      calling(`assume ${entry.accessRole} in account ${entry.accountId}`, async () => {
        try {
          await enterMember(session, entry);
          return true;
        } catch (error) {
          if (isDenied(error)) return false;
          throw error;
        }
      }),
  };
}

/** Tries to assume service roles, each time again. */
export function stsServiceRoles(session: AwsSession): ServiceRoles {
  return {
    canEnter: (roleArn, externalId) =>
      calling(`assume ${roleArn}`, async () => {
        try {
          await tryServiceRole(session, roleArn, externalId);
          return true;
        } catch (error) {
          if (isDenied(error) || (error instanceof RejectedError && error.denied)) return false;
          throw error;
        }
      }),
  };
}
