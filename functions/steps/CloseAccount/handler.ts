import { organizationsAccountCloser } from '../../aws/organizations/organizations-account-closer';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { serviceQuotasAccountQuota } from '../../aws/organizations/service-quotas-account-quota';
import { stsOwnAccount } from '../../aws/sts/sts-own-account';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerClosureMemory } from '../../ledger/closing/closure-memory';
import type { Host } from '../../runtime/host';
import { laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { closeAccount } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('CloseAccount', host, (caller, { tenantUuid }) =>
    closeAccount({
      memory: ledgerClosureMemory(host.ledger, tenantUuid, host.now),
      turns: laneTurnsOf(host, edges, tenantUuid),
      closer: organizationsAccountCloser(caller),
      directory: organizationsAccountDirectory(caller),
      own: stsOwnAccount(host.aws, 'CloseAccount'),
      quota: serviceQuotasAccountQuota(caller),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
