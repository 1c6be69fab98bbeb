import { SandboxError } from '../runtime/ministack/sandbox-error';
import { allFaults, type FaultName, FAULTS, isFaultName } from '../simulation/fault-name';
import type { SimulationOptions } from '../simulation/simulation-options';
import { givenOptions } from './given-options';

export interface SimulateArguments {
  readonly options: SimulationOptions;
  readonly json: boolean;
}

const USAGE =
  'Usage: npm run simulate -- [--tenants N] [--seed S] [--faults all|none|NAME,NAME…] [--kill] [--replicate N] [--lives] [--concurrency N] [--json]';

const OPTIONS = {
  tenants: { type: 'string' },
  seed: { type: 'string' },
  faults: { type: 'string' },
  kill: { type: 'boolean' },
  replicate: { type: 'string' },
  lives: { type: 'boolean' },
  concurrency: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** @throws SandboxError that names the argument and what it may be */
export function simulateArguments(args: readonly string[]): SimulateArguments {
  const { tenants, seed, faults, kill, replicate, lives, concurrency, json } = givenOptions(args, {
    usage: USAGE,
    options: OPTIONS,
  });
  return {
    options: {
      tenants: wholeNumber('tenants', tenants, { least: 1, most: 1000, otherwise: 10 }),
      seed: wholeNumber('seed', seed, { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: 1 }),
      faults: faultsIn(faults ?? 'none'),
      rounds: wholeNumber('replicate', replicate, { least: 0, most: 100, otherwise: 1 }),
      changes: replicate !== undefined,
      lives: lives ?? false,
      kill: kill ?? false,
      ...(concurrency === undefined ? {} : { concurrency: functionsIn(concurrency) }),
    },
    json: json ?? false,
  };
}

const functionsIn = (text: string): number =>
  wholeNumber('concurrency', text, { least: 1, most: 1000, otherwise: 1000 });

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

function wholeNumber(name: string, text: string | undefined, { least, most, otherwise }: Bounds): number {
  if (text === undefined) return otherwise;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new SandboxError(`--${name} is '${text}'; it may be a whole number from ${least} to ${most}.\n${USAGE}`);
}

function faultsIn(list: string): ReadonlySet<FaultName> {
  if (list === 'all') return allFaults();
  if (list === 'none') return new Set();
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isFaultName(name));
  if (unknown.length === 0) return new Set(names.filter(isFaultName));
  const known = Object.entries(FAULTS).map(([name, meaning]) => `  ${name.padEnd(24)}${meaning}`);
  const wrong = unknown.map((name) => `'${name}'`).join(', ');
  const hints = unknown.map(hintFor).join('');
  throw new SandboxError(
    `--faults names ${wrong}; it may be all, none, or a list of:\n${known.join('\n')}\n${hints}${USAGE}`,
  );
}

/** What somebody has meant who takes for a fault what is none. */
function hintFor(name: string): string {
  if (name === 'all' || name === 'none') return `'${name}' stands alone: --faults ${name}.\n`;
  return Object.hasOwn(OPTIONS, name) ? `'${name}' is an option of its own: --${name}.\n` : '';
}
