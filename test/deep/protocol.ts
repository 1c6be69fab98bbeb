import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { projectRoot } from '../../sandbox/environment';
import { type Examination, examination } from './examination';
import { type Outcome, sumOf, tell } from './outcome';

const run = promisify(execFile);

const MODEL = path.join(projectRoot, 'protocol', 'vending.pml');

/** The mistakes that the model can be made with: protocol/README.md says what each is. */
const BUGS = Array.from({ length: 15 }, (_, index) => index + 1);

/** With one slot, two of three tenants wait in a line; the execution of one may be stopped for good. */
const IN_A_LINE = { troubles: 1, slots: 1, stops: 1 };

/** Mistakes in who looks after a line. */
const OF_LINES = [13, 14, 15];

interface Check {
  readonly what: string;
  readonly bug: number;
  readonly troubles: number;
  /** Absent: two. */
  readonly slots?: number;
  /** How many executions may be stopped for good; absent: none. */
  readonly stops?: number;
  readonly compiled: readonly string[];
  readonly searched: readonly string[];
}

const SAFETY = { compiled: ['-DSAFETY', '-DNOCLAIM'], searched: [] };

const CHECKS: readonly Check[] = [
  { what: 'no promise of the protocol is broken', bug: 0, troubles: 3, ...SAFETY },
  { what: 'no promise is broken where two wait in a line', bug: 0, ...IN_A_LINE, ...SAFETY },
  {
    what: 'every tenant comes to its end',
    bug: 0,
    troubles: 1,
    compiled: ['-DNFAIR=3'],
    searched: ['-a', '-f', '-N', 'ends'],
  },
  ...BUGS.map((bug) => ({
    what: `mistake ${bug} is found`,
    bug,
    ...(OF_LINES.includes(bug) ? IN_A_LINE : { troubles: 3 }),
    ...SAFETY,
  })),
];

/** `npm run test:deep -- protocol`: SPIN searches every state of the protocol, and finds each planted mistake. */
export const protocol = (): Examination =>
  examination(
    CHECKS.map((check) => () => searched(check)),
    sumOf,
  );

async function searched({ what, bug, compiled, searched: options, ...scope }: Check): Promise<Outcome> {
  const { troubles, slots = 2, stops = 0 } = scope;
  const defined = [`-DBUG=${bug}`, `-DTROUBLES=${troubles}`, `-DSLOTS=${slots}`, `-DSTOPS=${stops}`];
  const cwd = mkdtempSync(path.join(tmpdir(), 'protocol-'));
  try {
    await run('spin', ['-a', ...defined, MODEL], { cwd });
    await run('gcc', ['-O2', '-w', '-DCOLLAPSE', ...compiled, '-o', 'search', 'pan.c'], { cwd });
    const { stdout } = await run(path.join(cwd, 'search'), ['-m200000', ...options], { cwd, maxBuffer: 1e8 });
    return verdict(what, bug, stdout);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function verdict(what: string, bug: number, said: string): Outcome {
  const errors = Number(/errors: (\d+)/u.exec(said)?.[1] ?? Number.NaN);
  const states = /([\d.e+]+) states, stored/u.exec(said)?.[1] ?? 'no';
  const isWhole = !said.includes('max search depth too small') && !said.includes('out of memory');
  const isGood = bug === 0 ? errors === 0 && isWhole : errors > 0;
  tell(`${isGood ? '✔' : '✘'} ${what}: ${states} states, ${errors} errors`);
  return isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
