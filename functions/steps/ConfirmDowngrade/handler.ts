import { partitionOf } from '../../aws/assumed-role';
import { iamAccessRole } from '../../aws/iam-access-role';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stepHandler, type StepResult } from '../../runtime/step-handler';
import { confirmDowngrade } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('ConfirmDowngrade', host, (caller) =>
    confirmDowngrade({ role: iamAccessRole(caller), partition: partitionOf(caller) }),
  );

export const handler = onLambda(compose);
