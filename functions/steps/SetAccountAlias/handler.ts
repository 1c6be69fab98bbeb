import { iamMemberAlias } from '../../aws/iam-member-alias';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { setAccountAlias } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('SetAccountAlias', host, (caller) => setAccountAlias({ alias: iamMemberAlias(caller) }));

export const handler = onLambda(compose);
