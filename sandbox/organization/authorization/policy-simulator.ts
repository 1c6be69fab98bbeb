/*
 * Evaluates policies as IAM does. The packed command has another file in the place of this one, since the evaluator is
 * no part of it (docs/adr/0062-packages.md).
 */
export { runSimulation, type RunSimulationResults } from '@cloud-copilot/iam-simulate';

/** Whether there is an evaluator: otherwise every call is allowed. */
export const hasSimulator = (): boolean => true;
