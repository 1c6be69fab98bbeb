import type { CheckReport } from '../../functions/domain/fleet/preflight';

/** The principals that the trust of the checked roles names, with any prefix. */
const TRUSTED = /:assumed-role\/[\w-]*vending-RunPreflight\//u;

/**
 * A correct role refuses a caller that its trust does not name, so a refusal of such a caller says nothing about the
 * role.
 */
export function withoutUntrustedFailures(reports: readonly CheckReport[], callerArn: string): readonly CheckReport[] {
  if (TRUSTED.test(callerArn)) return reports;
  return reports.map((report) =>
    report.id.startsWith('role-lets-in:') && report.result === 'failed'
      ? {
          ...report,
          result: 'unknown',
          detail: `AWS does not let ${callerArn} in. The trust that our stacks write names the functions, so this tells nothing about them.`,
          remedy: 'Look over the API (--api URL), which looks through the function RunPreflight.',
        }
      : report,
  );
}
