import path from 'node:path';

import { allCases, type NumberedCase } from '../../conformance/all-cases';
import { findGround } from '../../conformance/ground';
import { makeGround, type OwnGround } from '../../conformance/own-ground';
import type { Known } from '../../conformance/references';
import type { Subject } from '../../conformance/run-case';
import { type CaseResult, cleanUpAfter, runSuite } from '../../conformance/suite';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { announcement } from './announcement';
import { keep, type KeptRun, keptRunIn, type RecordedCase, writeWhole } from './kept-run';
import { type Masking, masking, textsIn } from './masked';
import { reportOf } from './report';

export interface ConformanceOptions {
  readonly subject: Subject;
  /** Where the run is kept, its recording and its report are written. */
  readonly folder: string;
  /** Of new accounts, with `{}` for what makes it unique; undefined: nothing is made. */
  readonly email: string | undefined;
  readonly budget: number;
  readonly readOnly: boolean;
  /** A word in the names of all that is made, if the run begins now. */
  readonly run: string;
  /** Whether the person agrees to what was said. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/**
 * `account-vending conformance`: asks AWS what the cases say of it. A run that was interrupted goes on where it was:
 * what its last case has made is removed, and that case begins again.
 *
 * @returns 0: AWS agrees; 1: it differs
 * @throws OperatorError where the person does not agree, or it cannot begin
 */
export async function conformance(options: ConformanceOptions, context: CommandContext): Promise<number> {
  const { subject, folder } = options;
  const before = keptRunIn(folder);
  const kept =
    before === undefined ? begunNow(options, context) : { ...before, interruptions: before.interruptions + 1 };
  const found = await findGround(subject, { now: context.now(), mailbox: mailboxOf(options), run: kept.run });
  if (before === undefined) await agreed(options, found, context);
  else context.notify(`Going on with the run of ${before.startedAt}.\n`);
  if (kept.begun !== undefined) await cleanUpAfter(subject, kept.begun);
  const mended = { ...kept, begun: undefined };
  keep(folder, mended);
  const own = kept.readOnly ? {} : await makeGround(subject, found, kept.run);
  const done = await askAll(options, mended, { ...found, ...own }, context);
  if (!kept.readOnly) await removeGround(subject, own);
  return written(folder, done, context);
}

function begunNow({ run, budget, readOnly, subject }: ConformanceOptions, { now }: CommandContext): KeptRun {
  return {
    run,
    startedAt: now().toISOString(),
    region: subject.region,
    readOnly,
    budget,
    accounts: 1,
    interruptions: 0,
    cases: {},
  };
}

function mailboxOf({ email, readOnly }: ConformanceOptions): { readonly name: string; readonly domain: string } {
  const [, name, domain] = /^([^+@\s]+)\+\{\}@([^@\s]+)$/u.exec(email ?? '') ?? [];
  if (name !== undefined && domain !== undefined) return { name, domain };
  if (readOnly) return { name: 'nobody', domain: 'example.com' };
  throw new OperatorError("Give --email for new accounts, such as 'aws+{}@example.com', or --read-only.");
}

async function agreed(options: ConformanceOptions, found: Known, context: CommandContext): Promise<void> {
  const { management, root } = found;
  if (typeof management !== 'string') {
    throw new OperatorError('AWS does not say who is calling: log in with the profile, and try again.');
  }
  if (!options.readOnly && root === undefined) {
    throw new OperatorError(
      `Account ${management} is not the management account of an organization. Give the profile of one, or --read-only.`,
    );
  }
  context.notify(announcement({ account: management, region: options.subject.region, ...options }));
  if (options.readOnly || (await options.confirm('Go on?'))) return;
  throw new OperatorError('Nothing was done.');
}

/** Case by case, each kept as soon as it is over. */
async function askAll(
  { subject, folder }: ConformanceOptions,
  before: KeptRun,
  facts: Known,
  { notify }: CommandContext,
): Promise<KeptRun> {
  let kept = before;
  const masked = masking();
  const update = (change: Partial<KeptRun>): void => {
    kept = { ...kept, ...change };
    keep(folder, kept);
  };
  await runSuite({
    subject,
    facts,
    run: namesOf(kept),
    readOnly: kept.readOnly,
    accounts: kept.budget - kept.accounts,
    isDone: ({ number }) => kept.cases[number] !== undefined,
    onProgress: (begun) => {
      const accounts = accountsOf(begun.number, kept);
      update({ begun, accounts: kept.accounts + accounts });
    },
    onResult: (result) => {
      update({ begun: undefined, cases: { ...kept.cases, [result.of.number]: recorded(result, masked) } });
      notify(`${result.of.number}/${allCases.length} ${result.verdict}: ${result.of.name}\n`);
    },
  });
  return kept;
}

/** What was made by a call whose answer is lost has the names of before, and stays. */
const namesOf = ({ run, interruptions }: KeptRun): string => (interruptions === 0 ? run : `${run}${interruptions}`);

/** Those of a case are counted whenever it begins: one that was interrupted may have made its account already. */
const accountsOf = (number: number, { begun }: KeptRun): number =>
  begun?.number === number ? 0 : (caseOf(number)?.accounts ?? 0);

const caseOf = (wanted: number): NumberedCase | undefined => allCases.find(({ number }) => number === wanted);

function recorded({ of, verdict, why, said }: CaseResult, masked: Masking): RecordedCase {
  const named = new Set(said.flatMap(({ input }) => textsIn(input)));
  return {
    service: of.service,
    name: of.name,
    evidence: of.evidence,
    verdict,
    ...(why === undefined ? {} : { why: masked.text(why) }),
    said: said.map(({ call, input, answer, error, message }) => ({
      call,
      input: masked.answer(input, named),
      ...(error === undefined
        ? { answer: masked.answer(answer, named) }
        : { error, message: masked.text(message ?? '') }),
    })),
  };
}

/** The unit goes, and the account is closed. Neither is worth a failure. */
async function removeGround(subject: Subject, { unit, member }: OwnGround): Promise<void> {
  const calls = [
    ['CloseAccount', { AccountId: member }, member],
    ['DeleteOrganizationalUnit', { OrganizationalUnitId: unit }, unit],
  ] as const;
  for (const [operation, input, id] of calls) {
    if (id === undefined) continue;
    try {
      await subject.call({ service: 'organizations', operation, input, region: subject.region }, undefined);
    } catch (error) {
      if (!(error instanceof Error && '$metadata' in error)) throw error;
    }
  }
}

function written(folder: string, kept: KeptRun, context: CommandContext): number {
  const { startedAt, region, readOnly, budget, accounts, cases } = kept;
  const day = startedAt.slice(0, 10);
  const all = Object.values(cases);
  writeWhole(path.join(folder, `recording-${day}.json`), { startedAt, region, readOnly, budget, accounts, cases: all });
  const report = reportOf(all, day);
  writeWhole(path.join(folder, `report-${day}.md`), report);
  context.print(`${report}\n`);
  return all.some(({ verdict }) => verdict === 'differs') ? 1 : 0;
}
