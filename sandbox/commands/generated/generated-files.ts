import { stepFactsText } from './step-facts';
import { stepHandlersText } from './step-handlers';

/** Each file that is written from the table of the steps, with the text that belongs into it. */
export const generatedFiles = (): Readonly<Record<string, string>> => ({
  'functions/domain/base/workflow-facts.ts': stepFactsText(),
  'sandbox/runtime/embedded/step-handlers.ts': stepHandlersText(),
});
