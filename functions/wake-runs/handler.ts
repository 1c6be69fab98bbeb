import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { type FunctionHandler, onLambda } from '../runtime/on-lambda';
import type { Runtime } from '../runtime/environment';
import type { TurnDeps } from '../runtime/turn-function';
import { wakeRuns } from './wake-runs';

export const compose =
  ({ ledger, now, log }: Runtime, { turns: tokens }: TurnDeps): FunctionHandler<void> =>
  (input) =>
    wakeRuns({ ledger, now, log, tokens }, input);

export const handler = onLambda((runtime) => compose(runtime, { turns: stepFunctionsTaskTokens(runtime.aws) }));
