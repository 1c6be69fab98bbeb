import { iamMemberRoles } from '../../aws/iam-member-roles';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stepHandler, type StepResult } from '../../runtime/step-handler';
import { openAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('OpenAccount', host, (caller) => openAccount({ roles: iamMemberRoles(caller) }));

export const handler = onLambda(compose);
