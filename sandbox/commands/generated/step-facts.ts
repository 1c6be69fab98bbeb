import { eachStep, stepNames } from '../../../functions/steps/each-step';
import { steps } from '../../../functions/steps/table';
import type { StepRow } from '../../../functions/steps/step-row';

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

/** The accounts that a function acts in. Absent: it never goes there. */
export interface Reach {
  readonly management?: true | readonly string[];
  readonly automation?: true | readonly string[];
  /** The actions to which its sessions there are narrowed; none: it goes there and does nothing. */
  readonly member?: readonly string[];
}

/** The reach of each state; one that is missing here works on the ledger alone. */
export const REACH_OF_STATE: Readonly<Record<string, Reach>> = {
${Object.entries(eachStep(reachLines))
  .flatMap(([, lines]) => lines)
  .join('\n')}
};
`;
}

/** As Prettier would write it. */
function reachLines({ management, automation, member }: StepRow, state: string): readonly string[] {
  const parts = [
    ...(management === undefined ? [] : ['management: true']),
    ...(automation === undefined ? [] : ['automation: true']),
    ...(member === undefined ? [] : [`member: [${member.map((action) => `'${action}'`).join(', ')}]`]),
  ];
  if (parts.length === 0) return [];
  const line = `  ${state}: { ${parts.join(', ')} },`;
  return line.length <= LINE_LENGTH ? [line] : [`  ${state}: {`, ...parts.flatMap(partLines), '  },'];
}

const LINE_LENGTH = 120;

function partLines(part: string): readonly string[] {
  const line = `    ${part},`;
  if (line.length <= LINE_LENGTH) return [line];
  const [start = '', actions = ''] = part.replace(']', '').split('[');
  return [`    ${start}[`, ...actions.split(', ').map((action) => `      ${action},`), '    ],'];
}

const listed = (isWanted: (name: (typeof stepNames)[number]) => boolean): string =>
  stepNames
    .filter(isWanted)
    .map((name) => `'${name}'`)
    .join(', ');
