import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { stsMemberAccess } from '../../aws/sts/sts-member-access';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { checkAccess } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('CheckAccess', host, (caller) =>
    checkAccess({ access: stsMemberAccess(caller), directory: organizationsAccountDirectory(caller) }),
  );

export const handler = onLambda(compose);
