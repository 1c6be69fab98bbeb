import { organizationsTree } from '../../aws/organizations-tree';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stepHandler, type StepResult } from '../../runtime/step-handler';
import { moveAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('MoveAccount', host, (caller) => moveAccount({ tree: organizationsTree(caller) }));

export const handler = onLambda(compose);
