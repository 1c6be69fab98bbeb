import type { EmbeddedWorkflow } from './embedded-workflow';
import type { FunctionDeps } from './interruptible-deps';

/** What functions ask of the workflow, which is asked for with each call: it and its functions know each other. */
export const workflowEdges = (workflow: () => EmbeddedWorkflow): Pick<FunctionDeps, 'workflow' | 'tokens'> => ({
  workflow: {
    start: (name, input, which) => workflow().start(name, input, which),
    describe: (executionArn) => workflow().describe(executionArn),
    lastState: (executionArn) => workflow().lastState(executionArn),
    redrive: (executionArn) => workflow().redrive(executionArn),
    stop: (executionArn, why) => workflow().stop(executionArn, why),
  },
  tokens: {
    succeed: (token, output) => workflow().tokens.succeed(token, output),
    fail: (token, error) => workflow().tokens.fail(token, error),
  },
});
