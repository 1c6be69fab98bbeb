import { iamMemberAlias } from '../../aws/iam/iam-member-alias';
import { secondsLeftSince } from '../../domain/run/changes-of-run';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { openedIn } from '../../runtime/state-input';
import { stepFunction } from '../../runtime/step-handler';
import { setAccountAlias } from './step';

export const { compose, handler } = stepFunction('SetAccountAlias', ({ session, runtime, tenantUuid, run, input }) => {
  const waitSeconds = openedIn(input);
  return setAccountAlias({
    alias: iamMemberAlias(session),
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    ...(waitSeconds === undefined
      ? {}
      : { rolesWait: () => secondsLeftSince(run, 'OpenAccount', waitSeconds, runtime.now()) }),
  });
});
