import closeAccount from '../../../statemachines/close-account.asl.json';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import type { Workflow } from './mermaid';

/** Each page that shows a workflow. */
export const workflowPages: Readonly<Record<string, Workflow>> = {
  'docs/architecture.md': vendAccount,
  'docs/closing.md': closeAccount,
};
