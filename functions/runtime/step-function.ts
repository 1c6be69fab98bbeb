import type { AwsCaller } from '../aws/base/assumed-role';
import type { TaskName } from '../domain/base/state-name';
import type { Step } from '../domain/run/vending';
import type { Host } from './host';
import { type FunctionHandler, onLambda } from './on-lambda';
import type { StepResult } from './run-handler';
import { stepHandler, type Task } from './step-handler';

/** What a step is made from, for one invocation. */
export interface StepParts extends Task {
  readonly host: Host;
  /** Tells AWS which state and tenant it is. */
  readonly caller: AwsCaller;
}

/** The function of a state, for a host of any kind and as Lambda calls it. */
export interface StepFunction<Given extends readonly unknown[]> {
  readonly compose: (host: Host, ...given: Given) => FunctionHandler<StepResult>;
  readonly handler: ReturnType<typeof onLambda>;
}

export function stepFunction(state: TaskName, makeStep: (parts: StepParts) => Step): StepFunction<[]> {
  const compose = (host: Host): FunctionHandler<StepResult> =>
    stepHandler(state, host, (caller, task) => makeStep({ host, caller, ...task }));
  return { compose, handler: onLambda(compose) };
}
