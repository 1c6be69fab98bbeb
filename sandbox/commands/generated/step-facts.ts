import { eachStep, stepNames } from '../../../functions/steps/each-step';
import { steps } from '../../../functions/steps/table';

/**
 * The text of `functions/domain/base/workflow-facts.ts`: what the domain has to know of the rows of steps. The table
 * names actions of IAM, which have no place in the domain, nor in the bundle of a function that carries out no step.
 */
export function stepFactsText(): string {
  const lanes = Object.entries(eachStep(({ waits }) => waits?.lane)).flatMap(([state, lane]) =>
    lane == null ? [] : [`  ${state}: '${lane}',`],
  );
  return `// Written by \`npm run generate\` from functions/steps/table.ts.

import * as z from 'zod/mini';

/**
 * The state machines, by the names of their files: one brings an account to what is wanted, one takes it out of use.
 */
export const WorkflowNameSchema = z.enum(['vend-account', 'close-account']);

export type WorkflowName = z.infer<typeof WorkflowNameSchema>;

/** The state machines by workflow. */
export type StateMachineArns = Readonly<Record<WorkflowName, string>>;

/** The lanes by the state that waits in them. */
export const LANE_OF_STATE: Readonly<Record<string, string>> = {
${lanes.join('\n')}
};

/** They wait in no lane, but for a person's decision. */
const OTHER_WAITING_STATES: readonly string[] = [${listed((name) => steps[name].waits?.lane === null)}];

/** Whether a state ends when its task token comes back. */
export const isWaiting = (state: string): boolean => state in LANE_OF_STATE || OTHER_WAITING_STATES.includes(state);

const LAST_STATES: readonly string[] = [${listed((name) => steps[name].last === true)}];

/** Whether a state ends its workflow. Its work goes on after the ledger knows that the run has ended. */
export const isLast = (state: string): boolean => LAST_STATES.includes(state);
`;
}

const listed = (isWanted: (name: (typeof stepNames)[number]) => boolean): string =>
  stepNames
    .filter(isWanted)
    .map((name) => `'${name}'`)
    .join(', ');
