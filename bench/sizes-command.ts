import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Command, Option } from 'commander';

import { scriptOptions } from '../command/script-options';
import { wholeNumber } from '../command/values';
import { runMain } from '../sandbox/commands/run-main';
import { projectRoot } from '../sandbox/environment';

interface Given {
  readonly tenants?: readonly number[];
  readonly json?: boolean;
  readonly docs?: boolean;
}

const optionsOf = (name: string): Command =>
  new Command(`npm run ${name} --`)
    .addOption(new Option('--tenants <n...>', 'how many; can be given several times').argParser(oneMore))
    .option('--json', 'print the figures as JSON')
    .option('--docs', 'write the page in docs');

const tenantsIn = wholeNumber(1, 99_999);
const oneMore = (given: string, before: readonly number[] = []): readonly number[] => [...before, tenantsIn(given)];

/** A command that measures one thing with so many tenants, and then with more. */
interface SizesCommand<Measures> {
  /** As it is called: `npm run <name>`. */
  readonly name: string;
  readonly sizes: readonly number[];
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
  const given: Given = scriptOptions(optionsOf(command.name), args);
  const { tenants = command.sizes, json = false, docs = false } = given;
  const all: Measures[] = [];
  for (const size of tenants) all.push(await command.measure(size, 1));
  if (docs) writePages(command.docs, all);
  process.stdout.write(`${json ? JSON.stringify(all, null, 2) : command.inWords(all)}\n`);
  return (command.isGood?.(all) ?? true) ? 0 : 1;
}

function writePages<Measures>(docs: SizesCommand<Measures>['docs'], all: readonly Measures[]): void {
  const fileOf = (name: string): string => path.join(projectRoot, 'docs', name);
  writeFileSync(fileOf(docs.figures), `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(fileOf(docs.page), docs.withFigures(readFileSync(fileOf(docs.page), 'utf8'), all));
}
