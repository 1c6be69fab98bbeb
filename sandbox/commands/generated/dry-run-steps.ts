import { stepNames } from '../../../functions/steps/each-step';
import { steps } from '../../../functions/steps/table';
import closeAccount from '../../../statemachines/close-account.asl.json';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import { lowerCased } from './step-handlers';
import { type States, statesIn } from './workflow-states';

/** The text of `functions/dry-run/composed-steps.ts`: what a dry run carries out, in which order. */
export function dryRunStepsText(): string {
  const composed = stepNames.filter((name) => steps[name].dryRun === true);
  return `// Written by \`npm run generate\` from functions/steps/table.ts and the state machines.
import type { Step } from '../domain/run/step-context';
${composed.map((name) => `import { ${lowerCased(name)} } from '../steps/${name}/step';`).join('\n')}
import type { StepPorts } from './step-ports';

/** The steps that a dry run carries out as they are. */
export const composedSteps = {
${composed.map((name) => `  ${name}: ${lowerCased(name)},`).join('\n')}
} satisfies Readonly<Record<string, (ports: StepPorts) => Step>>;

/** The states of each workflow that a dry run carries out, in their order. */
export const VENDING_STATES = [
${carriedOut(vendAccount)}
] as const;
export const CLOSING_STATES = [
${carriedOut(closeAccount)}
] as const;
`;
}

const carriedOut = (workflow: States): string =>
  statesIn(workflow)
    .filter(([name]) => stepNames.some((step) => step === name && steps[step].dryRun !== undefined))
    .map(([name]) => `  '${name}',`)
    .join('\n');
