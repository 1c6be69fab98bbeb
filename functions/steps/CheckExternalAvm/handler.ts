import { organizationsTags } from '../../aws/organizations/organizations-tags';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { checkExternalAvm } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('CheckExternalAvm', host, (caller) => checkExternalAvm({ tags: organizationsTags(caller) }));

export const handler = onLambda(compose);
