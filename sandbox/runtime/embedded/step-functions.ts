import type { TaskName } from '../../../functions/domain/base/state-name';
import type { Runtime } from '../../../functions/runtime/environment';
import type { FunctionHandler } from '../../../functions/runtime/on-lambda';
import type { StepResult } from '../../../functions/runtime/step-handler';
import { eachStep } from '../../../functions/steps/each-step';
import type { StepDeps } from './step-deps';
import { stepHandlers } from './step-handlers';

/** The function behind every task of the workflows, composed for this process. */
export const stepFunctions = (
  hostOf: (state: TaskName) => Runtime,
  deps: StepDeps,
): Readonly<Record<TaskName, FunctionHandler<StepResult>>> =>
  eachStep((_, name) => stepHandlers[name](hostOf(name), deps));
