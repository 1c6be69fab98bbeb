import type { DriftReport } from '../../functions/ports/outcome-publisher';
import type { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import { SandboxError } from '../../sandbox/runtime/ministack/sandbox-error';

/**
 * The report of a night in which nothing had drifted.
 *
 * @throws SandboxError where Lambda has cut a chain of messages, Error where the night was not quiet
 */
export function quietReport({
  driftReports: [report],
  recursiveInvocationsDropped: dropped,
}: Pick<EmbeddedApplication, 'driftReports' | 'recursiveInvocationsDropped'>): DriftReport {
  if (dropped.length > 0) throw cutChains([...new Set(dropped)]);
  if (report === undefined || report.reconciled + report.changed + report.failed + report.unfinished > 0) {
    throw new Error(`The night was not as quiet as it is measured: ${JSON.stringify(report)}`);
  }
  return report;
}

const cutChains = (functions: readonly string[]): SandboxError =>
  new SandboxError(
    `Lambda has cut a chain of messages that feeds ${functions.join(', ')}: it takes the chain for an endless loop. ` +
      'Allow the function to recur, with the reason why its chain ends, in infra/recursive-functions.ts.',
  );
