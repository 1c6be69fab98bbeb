import { givenOptions } from '../sandbox/commands/given-options';
import { SandboxError } from '../sandbox/runtime/ministack/sandbox-error';
import { type Scenario, SCENARIOS } from './scenario';

export interface BenchArguments {
  readonly scenarios: readonly Scenario[];
  readonly seed: number;
  /** Whether only the bundles are measured; the page's figures about the scenarios are kept then. */
  readonly bundlesAlone: boolean;
  readonly json: boolean;
  /** Whether docs/benchmark.* are written. */
  readonly docs: boolean;
  readonly secondsAtMost: number;
}

const USAGE =
  'Usage: npm run bench -- [--json] [--seed N] [--scenario NAME]… [--bundles] [--docs] [--seconds-at-most N]';
const BUNDLES_ALONE = '--bundles runs no scenario. Leave out --seed and --scenario.';

/** The benchmark ends within eight minutes on two cores, or says that it does not. */
const SECONDS_AT_MOST = 480;

const OPTIONS = {
  json: { type: 'boolean' },
  docs: { type: 'boolean' },
  bundles: { type: 'boolean' },
  seed: { type: 'string' },
  scenario: { type: 'string', multiple: true },
  'seconds-at-most': { type: 'string' },
} as const;

/** @throws SandboxError that names the argument and what it may be */
export function benchArguments(args: readonly string[]): BenchArguments {
  const {
    json = false,
    docs = false,
    seed,
    scenario: names = [],
    'seconds-at-most': seconds,
    bundles = false,
  } = givenOptions(args, { usage: USAGE, options: OPTIONS });
  if (bundles && (seed !== undefined || names.length > 0)) throw new SandboxError(`${BUNDLES_ALONE}\n${USAGE}`);
  return {
    bundlesAlone: bundles,
    scenarios: names.length === 0 ? SCENARIOS : names.map(scenarioCalled),
    seed: wholeNumber('seed', seed, 1),
    json,
    docs,
    secondsAtMost: wholeNumber('seconds-at-most', seconds, SECONDS_AT_MOST),
  };
}

/** @throws SandboxError that lists those there are */
export function scenarioCalled(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const known = SCENARIOS.map((scenario) => `  ${scenario.name}`).join('\n');
  throw new SandboxError(`--scenario is '${name}'; it may be one of:\n${known}\n${USAGE}`);
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new SandboxError(`--${name} is '${text}'; it may be a whole number of at most nine digits.\n${USAGE}`);
}
