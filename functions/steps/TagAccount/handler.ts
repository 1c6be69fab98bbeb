import { organizationsTags } from '../../aws/organizations/organizations-tags';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { tagAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('TagAccount', host, (caller) => tagAccount({ tags: organizationsTags(caller) }));

export const handler = onLambda(compose);
