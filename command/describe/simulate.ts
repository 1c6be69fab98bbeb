import { type Command, InvalidArgumentError, Option } from 'commander';

import { nearest } from '../../functions/domain/base/nearest-name';
import { allFaults, type FaultName, FAULTS, isFaultName } from '../../sandbox/simulation/fault-name';
import type { SimulationOptions } from '../../sandbox/simulation/simulation-options';
import { described } from '../described';
import { slowly } from '../../operator/elapsed';
import { isPacked } from '../packed';
import { acting, type Session } from '../session';
import { wholeNumber } from '../values';
import { jsonOption } from './common';

interface Given {
  readonly tenants?: number;
  readonly seed?: number;
  readonly faults?: ReadonlySet<FaultName>;
  readonly replicate?: number;
  readonly concurrency?: number;
  readonly kill?: boolean;
  readonly lives?: boolean;
  readonly json?: boolean;
}

const DESCRIPTION = {
  summary: 'vend many tenants at once in virtual time while everything goes wrong, and check every promise',
  examples: [
    'npx account-vending simulate --tenants 20',
    'npx account-vending simulate --tenants 20 --faults all --kill --replicate 2',
    'npx account-vending simulate --faults throttles,errors --seed 7 --json',
  ],
  exitCodes: { 1: 'a promise was broken' },
};

export const simulateCommand = (session: Session): Command =>
  described('simulate', DESCRIPTION)
    .addOption(new Option('--tenants <n>', 'how many (default: 10)').argParser(wholeNumber(1, 1000)))
    .addOption(new Option('--seed <n>', 'decides every choice').argParser(wholeNumber(0, Number.MAX_SAFE_INTEGER)))
    .addOption(new Option('--faults <names>', 'all, none, or names with commas between them').argParser(faultsIn))
    .option('--kill', 'let functions die at every call')
    .addOption(new Option('--replicate <n>', 'change each tenant so many times').argParser(wholeNumber(0, 100)))
    .option('--lives', 'let tenants be deleted, too')
    .addOption(new Option('--concurrency <n>', 'functions at the same time').argParser(wholeNumber(1, 1000)))
    .addOption(jsonOption())
    .action(
      acting(session, async (given: Given) => {
        const { simulation, simulationInBundle } = await import('../../sandbox/commands/simulate');
        const asked = { options: optionsOf(given), json: given.json ?? false };
        return isPacked ? simulation(asked, session.context) : slowly(session.context, () => simulationInBundle(asked));
      }),
    );

const optionsOf = ({ tenants, seed, faults, replicate, concurrency, kill, lives }: Given): SimulationOptions => ({
  tenants: tenants ?? 10,
  seed: seed ?? 1,
  faults: faults ?? new Set(),
  rounds: replicate ?? 1,
  changes: replicate !== undefined,
  lives: lives ?? false,
  kill: kill ?? false,
  ...(concurrency === undefined ? {} : { concurrency }),
});

function faultsIn(list: string): ReadonlySet<FaultName> {
  if (list === 'all') return allFaults();
  if (list === 'none') return new Set();
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isFaultName(name));
  if (unknown.length === 0) return new Set(names.filter(isFaultName));
  const known = Object.entries(FAULTS).map(([name, meaning]) => `\n  ${name.padEnd(24)}${meaning}`);
  throw new InvalidArgumentError(
    `it may be all, none, or a list of:${known.join('')}\n${unknown.map(hintFor).join(' ')}`,
  );
}

/** What somebody has meant who takes for a fault what is none. */
function hintFor(name: string): string {
  if (name === 'all' || name === 'none') return `'${name}' stands alone: --faults ${name}.`;
  if (OTHER_OPTIONS.includes(name)) return `'${name}' is an option of its own: --${name}.`;
  const near = nearest(name, Object.keys(FAULTS));
  return `'${name}' is none of them.${near === undefined ? '' : ` Did you mean ${near}?`}`;
}

const OTHER_OPTIONS: readonly string[] = ['tenants', 'seed', 'kill', 'replicate', 'lives', 'concurrency', 'json'];
