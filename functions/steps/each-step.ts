import type { TaskName } from '../domain/base/state-name';
import type { StepRow } from './step-row';
import { steps } from './table';

export const isStep = (name: string): name is TaskName => name in steps;

/** In the order of the workflows. */
export const stepNames: readonly TaskName[] = Object.keys(steps).filter(isStep);

/** The time-out of its function. Most steps need seconds. */
export const timeoutSecondsOf = (name: TaskName): number => steps[name].timeoutSeconds ?? 60;

/** Something for every step, made from its row. */
export function eachStep<T>(of: (row: StepRow, name: TaskName) => T): Readonly<Record<TaskName, T>>;
export function eachStep<T>(of: (row: StepRow, name: TaskName) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(stepNames.map((name) => [name, of(steps[name], name)]));
}
