import { allCases, type NumberedCase } from './all-cases';
import { isReadOnly, OTHER_ORGANIZATIONS, type OtherOrganization } from './case';
import type { Known } from './references';
import { cleanUp, type Outcome, runCase, type Subject } from './run-case';

export interface CaseResult extends Outcome {
  readonly of: NumberedCase;
}

/** An organization, and what is known of it. */
export interface Place {
  readonly subject: Subject;
  readonly facts: Known;
}

export interface SuiteOptions extends Place {
  /** Absent, or undefined: nobody has one at hand, and cases that need it are not reached. */
  readonly other?: (kind: OtherOrganization) => Promise<Place | undefined>;
  readonly run: string;
  /** Accounts that may still be made. */
  readonly accounts: number;
  readonly readOnly?: boolean;
  /** Cases that an earlier run has had. */
  readonly isDone?: (one: NumberedCase) => boolean;
  /** Before a case begins, and whenever it has made something: what it would take to clean up after it. */
  readonly onProgress?: (begun: BegunCase) => void;
  /** As soon as a case is over. */
  readonly onResult?: (result: CaseResult) => void;
}

export interface BegunCase {
  readonly number: number;
  readonly known: Known;
}

/** Removes what a case has made that was not brought to its end. */
export async function cleanUpAfter(subject: Subject, { number, known }: BegunCase): Promise<void> {
  const one = allCases.find((other) => other.number === number);
  if (one !== undefined) await cleanUp(subject, one.service, one, known);
}

/** Every case, one after the other: they share one organization. */
export async function runSuite(options: SuiteOptions): Promise<readonly CaseResult[]> {
  const { isDone = () => false, readOnly = false } = options;
  const results: CaseResult[] = [];
  let accounts = options.accounts;
  for (const one of allCases) {
    if (isDone(one) || (readOnly && !isReadOnly(one))) continue;
    const result = { of: one, ...(await outcomeOf(one, options, accounts)) };
    if (result.said.length > 0) accounts -= one.accounts ?? 0;
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

async function outcomeOf(
  one: NumberedCase,
  { run, onProgress = () => undefined, ...options }: SuiteOptions,
  accounts: number,
): Promise<Outcome> {
  const kind = one.organization;
  const place = kind === undefined ? options : await options.other?.(kind);
  if (place === undefined) {
    const needed = kind === undefined ? '' : OTHER_ORGANIZATIONS[kind];
    return { verdict: 'not reached', why: `It needs ${needed}, and there is none.`, said: [] };
  }
  const { subject, facts } = place;
  if ((one.accounts ?? 0) > accounts) {
    return { verdict: 'not reached', why: 'It makes an account, and no more may be made.', said: [] };
  }
  const known = { ...facts, unique: uniqueOf(one, run) };
  onProgress({ number: one.number, known });
  return runCase(subject, one.service, one, known, (grown) => {
    onProgress({ number: one.number, known: grown });
  });
}

/** In the names of all that a case makes. */
const uniqueOf = ({ number }: NumberedCase, run: string): string => `cfm${number}-${run}`;
