import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { ConfigurationAt } from '../../../functions/ports/configurations';
import type { ChangePreview } from '../../../functions/ports/invoked-functions';
import type { OutcomePublisher } from '../../../functions/ports/outcome-publisher';
import type { TaskTokens, WorkflowStarter } from '../../../functions/ports/workflow';

/** What the handlers of steps are composed with, besides their host. */
export interface StepDeps {
  readonly configuration: Configuration;
  readonly configurationAt: ConfigurationAt;
  readonly outcomes: OutcomePublisher;
  readonly workflow: WorkflowStarter;
  readonly turns: TaskTokens;
  readonly previews: ChangePreview;
}
