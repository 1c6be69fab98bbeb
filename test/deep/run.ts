import { runMain } from '../../sandbox/commands/run-main';
import { type Arguments, argumentsOf } from './arguments';
import { carryOut, type Ended } from './carry-out';
import { choose, inShort, named } from './choice';
import { type Checkout, checkout, isBehindUs } from './git';
import { nameOf } from './long-tests';
import { sumOf, tell } from './outcome';
import type { Part } from './part';
import { coreParts, mutationNames, mutations, otherParts } from './parts';
import { relatedTests } from './related';
import { readWholeRun, type WholeRun, writeWholeRun } from './whole-run';

/** All that there is. */
interface Known {
  readonly core: readonly Part[];
  readonly others: readonly Part[];
  /** Mutations have a name each, and are one part together. */
  readonly names: readonly string[];
}

/**
 * `npm run test:deep`: what takes too long for `npm test`, as far as each run has time for it. That is all kills and
 * some seeds, the long tests of what has changed since the last run of everything, and a seventh of the rest, which
 * turns with the number of commits. With `--minutes=N` it begins nothing, after kills and seeds, that would end later.
 *
 * `-- --all` runs everything, and writes `whole-run.json` if it is green. `-- NAME …` runs some parts; a wrong name
 * lists them all. The last lines tell what was left, and how much has passed.
 */
async function testDeep(args: readonly string[]): Promise<number> {
  const wanted = argumentsOf(args);
  const here = await checkout();
  const core = coreParts(here.commit);
  const others = await otherParts(here.commit);
  const known = { core, others, names: [...[...core, ...others].map(({ name }) => name), ...mutationNames()] };
  if (wanted.names.length > 0) return someParts(wanted.names, known);
  return wanted.all ? everything(here, known) : oneTurn(wanted, here, known);
}

async function someParts(wanted: readonly string[], known: Known): Promise<number> {
  const ended = await carryOut(partsOf(named(known.names, wanted), known));
  tellTimes(ended);
  return verdict([ended]) && ended.lacking.length === 0 ? 0 : 1;
}

async function everything(here: Checkout, known: Known): Promise<number> {
  const minutes = readWholeRun()?.minutes ?? {};
  // What takes longest comes first, so that both cores have something to do until the end.
  const allOf = ({ name }: Part): number => minutes[name]?.all ?? Infinity;
  const longestFirst = partsOf(known.names, known).toSorted((one, other) => allOf(other) - allOf(one));
  const ended = await carryOut(longestFirst);
  tellTimes(ended);
  const now = await checkout();
  const isWhole = ended.outcome.failed === 0 && ended.lacking.length === 0;
  const isCommit = here.isClean && now.isClean && now.commit === here.commit;
  if (isWhole && isCommit) writeWholeRun({ commit: here.commit, minutes: ended.minutes });
  tell(`\n${recordOf(isWhole, isCommit)}`);
  return verdict([ended]) && isWhole ? 0 : 1;
}

function recordOf(isWhole: boolean, isCommit: boolean): string {
  if (!isWhole) return 'test/deep/whole-run.json stays as it was: not everything was run and is green.';
  if (!isCommit) return 'test/deep/whole-run.json stays as it was: the files that were run are no commit.';
  return 'test/deep/whole-run.json tells of this run. Commit it.';
}

async function oneTurn({ minutes }: Arguments, here: Checkout, known: Known): Promise<number> {
  const endsAt = Date.now() + minutes * 60_000;
  const whole = readWholeRun();
  const names = known.names.filter((name) => !known.core.some((one) => one.name === name));
  const core = await carryOut(known.core);
  const choice = choose(names, await relatedNames(here, whole), turnOf(here));
  const limits = { endsAt, minutes: whole?.minutes ?? {} };
  const rest = await carryOut(partsOf([...choice.related, ...choice.share], known), limits);
  tellTimes(core, rest);
  tellLeft(choice.left, rest, names);
  return verdict([core, rest]) ? 0 : 1;
}

/** With each commit another; where it is not known how many there are, drawn from the commit's hash. */
const turnOf = ({ commits, commit }: Checkout): number => commits ?? Number.parseInt(commit.slice(0, 8), 16);

/** Long tests of what has changed since everything was green. */
async function relatedNames({ commits }: Checkout, whole: WholeRun | null): Promise<ReadonlySet<string>> {
  if (whole !== null && (await isBehindUs(whole.commit))) {
    return new Set([...(await relatedTests(whole.commit))].map(nameOf));
  }
  const why =
    whole === null || commits !== null
      ? 'test/deep/whole-run.json names no commit of this branch (npm run test:deep -- --all)'
      : 'this clone lacks the history (git fetch --unshallow)';
  tell(`It cannot be told what has changed: ${why}. The long tests of it are left to the share.`);
  return new Set();
}

/** In the order of their names; the mutations among them are one part. */
function partsOf(names: readonly string[], { core, others }: Known): readonly Part[] {
  const parts = new Map([...core, ...others].map((one) => [one.name, one] as const));
  return [...names.flatMap((name) => parts.get(name) ?? []), ...mutations(names)];
}

function tellTimes(...ends: readonly Ended[]): void {
  const times = ends.flatMap(({ minutes }) => Object.entries(minutes));
  const longestFirst = times.toSorted(([, one], [, other]) => other.all - one.all);
  const listed = longestFirst.map(([name, { all }]) => `${name} ${all.toFixed(1)}`);
  tell(`\nMinutes of a core: ${listed.join(', ') || 'none'}`);
}

function tellLeft(left: readonly string[], { cut, lacking }: Ended, all: readonly string[]): void {
  const late = cut.join(' ');
  if (cut.length > 0) tell(`\nTime was up before the end of: ${late}\n  npm run test:deep -- ${late}`);
  if (lacking.length > 0) tell(`\nNot run, since a tool is missing: ${lacking.join(' ')}`);
  tell(`\nLeft to other turns: ${inShort(left, all).join(', ')}\n  npm run test:deep -- --all`);
}

/** Tells how much has passed, and whether that is all. */
function verdict(ends: readonly Ended[]): boolean {
  const { passed, failed } = sumOf(ends.map(({ outcome }) => outcome));
  tell(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}

runMain(() => testDeep(process.argv.slice(2)));
