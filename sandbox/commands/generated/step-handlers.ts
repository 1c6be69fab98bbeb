import { stepNames } from '../../../functions/steps/each-step';

/**
 * The text of `sandbox/runtime/embedded/step-handlers.ts`: an import for every folder of a step. A folder that is
 * missing, or whose handler asks for something that the embedded form does not have, does not compile.
 */
export const stepHandlersText = (): string => `// Written by \`npm run generate\` from functions/steps/table.ts.
import type { TaskName } from '../../../functions/domain/base/state-name';
import type { Runtime } from '../../../functions/runtime/environment';
import type { FunctionHandler } from '../../../functions/runtime/on-lambda';
import type { StepResult } from '../../../functions/runtime/step-handler';
${stepNames.map((name) => `import { compose as ${lowerCased(name)} } from '../../../functions/steps/${name}/handler';`).join('\n')}
import type { StepDeps } from './step-deps';

/** How the handler of each step is composed. */
export const stepHandlers: Readonly<
  Record<TaskName, (runtime: Runtime, deps: StepDeps) => FunctionHandler<StepResult>>
> = {
${stepNames.map((name) => `  ${name}: ${lowerCased(name)},`).join('\n')}
};
`;

export const lowerCased = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
