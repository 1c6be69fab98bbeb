import { Command, Option } from 'commander';

import { scriptOptions } from '../command/script-options';
import { wholeNumber } from '../command/values';
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

/** The benchmark ends within eight minutes on two cores, or says that it does not. */
const SECONDS_AT_MOST = 480;

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
    .option('--docs', 'write docs/benchmark.*')
    .addOption(new Option('--bundles', 'measure the bundles alone').conflicts(['seed', 'scenario']))
    .addOption(new Option('--seed <n>', 'decides every choice').argParser(upToNineDigits))
    .option('--scenario <name...>', 'only this scenario; can be given several times')
    .addOption(new Option('--seconds-at-most <n>', 'when to give up').argParser(upToNineDigits));

/** @throws OperatorError or SandboxError that names the argument and what it may be */
export function benchArguments(args: readonly string[]): BenchArguments {
  const given: Given = scriptOptions(benchCommand(), args);
  return {
    bundlesAlone: given.bundles ?? false,
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
