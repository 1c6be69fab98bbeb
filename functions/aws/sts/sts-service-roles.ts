import { RejectedError } from '../../domain/base/errors';
import type { ServiceRoles } from '../../ports/own-account';
import { type AwsCaller, tryServiceRole } from '../base/assumed-role';
import { calling, isDenied } from '../base/aws-error';

/** Tries to assume service roles, each time again. */
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
