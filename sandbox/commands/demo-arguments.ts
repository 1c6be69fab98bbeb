import path from 'node:path';

import { projectRoot } from '../environment';
import { SandboxError } from '../runtime/ministack/sandbox-error';
import { givenOptions } from './given-options';

export interface DemoArguments {
  readonly embedded: boolean;
  readonly json: boolean;
  readonly desiredStates: readonly string[];
  readonly configurationFolder: string;
  readonly seed: number;
  readonly verbose: boolean;
}

const USAGE =
  'Usage: npm run demo -- [--embedded] [--desired-state FILE]... [--config DIR] [--json] [--seed N] [--verbose]';

const OPTIONS = {
  embedded: { type: 'boolean' },
  json: { type: 'boolean' },
  'desired-state': { type: 'string', multiple: true },
  config: { type: 'string' },
  seed: { type: 'string' },
  verbose: { type: 'boolean' },
} as const;

/** @throws SandboxError that says how the command is used */
export function demoArguments(args: readonly string[]): DemoArguments {
  const values = givenOptions(args, { usage: USAGE, options: OPTIONS });
  const { seed = String(Date.now() % 100_000) } = values;
  if (!/^\d{1,15}$/.test(seed)) {
    throw new SandboxError(`--seed is '${seed}'; it may be a whole number from 0 to 999999999999999.\n${USAGE}`);
  }
  return {
    embedded: values.embedded ?? false,
    json: values.json ?? false,
    desiredStates: values['desired-state'] ?? [],
    configurationFolder: path.resolve(values.config ?? path.join(projectRoot, 'sandbox', 'config')),
    seed: Number(seed),
    verbose: values.verbose ?? false,
  };
}
