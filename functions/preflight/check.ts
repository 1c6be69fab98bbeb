import { RejectedError, TransientError } from '../domain/base/errors';
import type { CheckReport } from '../domain/fleet/preflight';

/** One prerequisite. It reads and changes nothing, so it may run as often as one likes. */
export interface Check {
  /** Stable: what is checked, and behind a colon of what. */
  readonly id: string;
  /** What should be so, in the present tense. */
  readonly sentence: string;
  /** Checks without which this one tells nothing: where one of them is not ok, this one is skipped. */
  readonly needs?: readonly string[];
  readonly judge: () => Promise<Finding> | Finding;
}

export type Finding =
  | { readonly result: 'ok'; readonly detail?: string }
  | { readonly result: 'skipped'; readonly detail: string }
  | { readonly result: 'failed' | 'unknown'; readonly detail: string; readonly remedy: string };

export const ok = (detail?: string): Finding => (detail === undefined ? { result: 'ok' } : { result: 'ok', detail });

export const skipped = (detail: string): Finding => ({ result: 'skipped', detail });

export const failed = (detail: string, remedy: string): Finding => ({ result: 'failed', detail, remedy });

export const unknown = (detail: string, remedy: string): Finding => ({ result: 'unknown', detail, remedy });

export interface CheckPatience {
  /** Lets time pass before AWS is asked again. */
  readonly pause: (seconds: number) => Promise<void>;
}

/** AWS turns a call away for a while now and then; reading again harms nothing. */
const PAUSES_SECONDS = [1, 2, 4, 8];

/** Checks one prerequisite after the other: Organizations allows few calls a second, and vendings need them. */
export async function runChecks(checks: readonly Check[], patience: CheckPatience): Promise<readonly CheckReport[]> {
  const reports = new Map<string, CheckReport>();
  for (const check of checks) reports.set(check.id, await reportOn(check, reports, patience));
  return [...reports.values()];
}

async function reportOn(
  check: Check,
  earlier: ReadonlyMap<string, CheckReport>,
  patience: CheckPatience,
): Promise<CheckReport> {
  const { id, sentence, needs = [] } = check;
  const missing = needs.map((need) => earlier.get(need)).find((report) => report?.result !== 'ok');
  if (missing !== undefined) {
    return {
      id,
      sentence,
      result: 'skipped',
      detail: `It was not checked, since ${missing.id} is not ok.`,
      remedy: null,
    };
  }
  const finding = await patiently(check, patience).catch(findingOf);
  const remedy = 'remedy' in finding ? finding.remedy : null;
  return { id, sentence, result: finding.result, detail: finding.detail ?? null, remedy };
}

async function patiently(check: Check, { pause }: CheckPatience): Promise<Finding> {
  for (const seconds of PAUSES_SECONDS) {
    try {
      return await check.judge();
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      await pause(seconds);
    }
  }
  return check.judge();
}

/** What could not be read is not known to be wrong. */
function findingOf(error: unknown): Finding {
  if (error instanceof RejectedError && error.denied) return unknown(error.reason, MISSING_RIGHT);
  if (error instanceof RejectedError) return failed(error.reason, error.remedy);
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return unknown(detail, error instanceof TransientError ? PASSING : UNEXPECTED);
}

const MISSING_RIGHT =
  'The role named in the message lacks this right. Deploy ManagementAccountStack, AutomationAccountStack and VendingStack of this release, which ' +
  'grant it, and run preflight again.';
const PASSING = 'It was tried several times. Run preflight again when AWS is well.';
const UNEXPECTED =
  'This is no answer that we know. Look at the log of the function RunPreflight; if AWS is well, report it as a fault of this software.';
