import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { givenOptions } from '../sandbox/commands/given-options';
import { runMain } from '../sandbox/commands/run-main';
import { projectRoot } from '../sandbox/environment';
import { wholeNumber } from './whole-number';

const OPTIONS = {
  tenants: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  docs: { type: 'boolean' },
} as const;

/** A command that measures one thing with so many tenants, and then with more. */
interface SizesCommand<Measures> {
  /** As it is called: `npm run <name>`. */
  readonly name: string;
  readonly sizes: readonly string[];
  readonly measure: (tenants: number, seed: number) => Promise<Measures>;
  readonly inWords: (all: readonly Measures[]) => string;
  /** Whether what was promised is kept. Absent: nothing was. */
  readonly isGood?: (all: readonly Measures[]) => boolean;
  readonly docs: {
    /** The figures as they are, in `docs`. */
    readonly figures: string;
    /** The page of `docs` that shows them, and the page with other figures. */
    readonly page: string;
    readonly withFigures: (markdown: string, all: readonly Measures[]) => string;
  };
}

/** Runs such a command with the arguments of this process; exits 1 where a promise is not kept. */
export function runSizes<Measures>(command: SizesCommand<Measures>): void {
  runMain(() => main(command, process.argv.slice(2)));
}

async function main<Measures>(command: SizesCommand<Measures>, args: readonly string[]): Promise<number> {
  const usage = `Usage: npm run ${command.name} -- [--tenants N]… [--json] [--docs]`;
  const { tenants = command.sizes, json = false, docs = false } = givenOptions(args, { usage, options: OPTIONS });
  const all: Measures[] = [];
  for (const size of tenants.map((text) => wholeNumber('--tenants', text, usage))) {
    all.push(await command.measure(size, 1));
  }
  if (docs) writePages(command.docs, all);
  process.stdout.write(`${json ? JSON.stringify(all, null, 2) : command.inWords(all)}\n`);
  return (command.isGood?.(all) ?? true) ? 0 : 1;
}

function writePages<Measures>(docs: SizesCommand<Measures>['docs'], all: readonly Measures[]): void {
  const fileOf = (name: string): string => path.join(projectRoot, 'docs', name);
  writeFileSync(fileOf(docs.figures), `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(fileOf(docs.page), docs.withFigures(readFileSync(fileOf(docs.page), 'utf8'), all));
}
