import type { EmbeddedWorkflow } from '../../runtime/embedded/embedded-workflow';
import { namesPeople } from '../simulated-people';
import type { Violations } from '../violations';

/** No execution is left running, and none has kept anything about people. */
export function checkExecutions(workflow: EmbeddedWorkflow, violations: Violations): void {
  for (const { executionArn, description, history } of workflow.executions) {
    if (description.status === 'RUNNING') violations.add('every execution ends', `${executionArn} is running.`);
    if (namesPeople(JSON.stringify([description, history]))) {
      violations.add('no personal data in histories', `${executionArn} names people.`);
    }
  }
}
