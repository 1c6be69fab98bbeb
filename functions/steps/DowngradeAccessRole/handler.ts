import { partitionOf } from '../../aws/base/assumed-role';
import { iamAccessRole } from '../../aws/iam/iam-access-role';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { downgradeAccessRole } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('DowngradeAccessRole', host, (caller) =>
    downgradeAccessRole({ role: iamAccessRole(caller), partition: partitionOf(caller) }),
  );

export const handler = onLambda(compose);
