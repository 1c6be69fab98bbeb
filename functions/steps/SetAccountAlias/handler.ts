import { iamMemberAlias } from '../../aws/iam/iam-member-alias';
import { secondsLeftSince } from '../../domain/run/changes-of-run';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { openedIn } from '../../runtime/state-input';
import { stepFunction } from '../../runtime/step-handler';
import { setAccountAlias } from './step';

/**
 * Seconds until `DeployStackInstances` relies on the roles: its turn is awaited first, and both functions may have to
 * start. It waits itself for what is left.
 */
const TAKEN_BY_NEXT_STATES = 3;

export const { compose, handler } = stepFunction('SetAccountAlias', ({ session, runtime, tenantUuid, run, input }) => {
  const waitSeconds = openedIn(input);
  return setAccountAlias({
    alias: iamMemberAlias(session),
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    ...(waitSeconds === undefined
      ? {}
      : {
          rolesWait: () => {
            const left = secondsLeftSince(run, 'OpenAccount', waitSeconds, runtime.now());
            return Math.max(0, left - TAKEN_BY_NEXT_STATES);
          },
        }),
  });
});
