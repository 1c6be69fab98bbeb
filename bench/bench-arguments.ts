import { Command, Option } from 'commander';

import { scriptOptions } from '../command/script-options';
import { wholeNumber } from '../command/values';
import { SandboxError } from '../sandbox/runtime/ministack/sandbox-error';
import { type Scenario, SCENARIOS } from './scenario';

export interface BenchArguments {
  readonly scenarios: readonly Scenario[];
  readonly seed: number;
  /** What is measured: both, unless one of them was asked for. */
  readonly parts: { readonly scenarios: boolean; readonly bundles: boolean };
  readonly json: boolean;
  /** Whether docs/benchmark.* are written: all scenarios, the bundles, or both. */
  readonly docs: boolean;
  readonly secondsAtMost: number;
}

/** With its start and end it is done within eight minutes, on a busy machine with what it has by then. */
const SECONDS_AT_MOST = 465;

interface Given {
  readonly json?: boolean;
  readonly docs?: boolean;
  readonly bundles?: boolean;
  readonly seed?: number;
  readonly scenario?: readonly string[];
  readonly secondsAtMost?: number;
}

const upToNineDigits = wholeNumber(0, 999_999_999);

const benchCommand = (): Command =>
  new Command('npm run bench --')
    .description('How fast accounts are vended, in virtual time, beside what AWS allows and what others do.')
    .option('--json', 'print the report as JSON')
    .addOption(new Option('--docs', 'write docs/benchmark.*, from a run of all scenarios').conflicts('scenario'))
    .addOption(new Option('--bundles', 'measure the bundles alone').conflicts(['seed', 'scenario']))
    .addOption(new Option('--seed <n>', 'the first seed; further ones follow').argParser(upToNineDigits))
    .option('--scenario <name...>', 'only this scenario; can be given several times')
    .addOption(new Option('--seconds-at-most <n>', 'when to end, with what there is').argParser(upToNineDigits));

/** @throws OperatorError or SandboxError that names the argument and what it may be */
export function benchArguments(args: readonly string[]): BenchArguments {
  const given: Given = scriptOptions(benchCommand(), args);
  return {
    parts: { scenarios: given.bundles !== true, bundles: given.scenario === undefined },
    scenarios: given.scenario?.map(scenarioCalled) ?? SCENARIOS,
    seed: given.seed ?? 1,
    json: given.json ?? false,
    docs: given.docs ?? false,
    secondsAtMost: given.secondsAtMost ?? SECONDS_AT_MOST,
  };
}

/** @throws SandboxError that lists those there are */
export function scenarioCalled(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const known = SCENARIOS.map((scenario) => `  ${scenario.name}`).join('\n');
  throw new SandboxError(`--scenario is '${name}'; it may be one of:\n${known}`);
}
