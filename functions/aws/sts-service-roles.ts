import { RejectedError } from '../domain/errors';
import type { ServiceRoles } from '../ports/service-roles';
import { type AwsCaller, tryServiceRole } from './assumed-role';
import { calling, isDenied } from './aws-error';

/** Tries to assume service roles, each time anew. */
export function stsServiceRoles(caller: AwsCaller): ServiceRoles {
  return {
    canEnter: (roleArn, externalId) =>
      calling(`assume ${roleArn}`, async () => {
        try {
          await tryServiceRole(caller, roleArn, externalId);
          return true;
        } catch (error) {
          if (isDenied(error) || (error instanceof RejectedError && error.denied)) return false;
          throw error;
        }
      }),
  };
}
