import { organizationsAccountDirectory } from '../../aws/organizations-account-directory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { guardAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('GuardAccount', host, (caller) => guardAccount({ directory: organizationsAccountDirectory(caller) }));

export const handler = onLambda(compose);
