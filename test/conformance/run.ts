import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Command } from 'commander';

import type { Verdict } from '../../conformance/run-case';
import type { CaseResult } from '../../conformance/suite';
import { scriptOptions } from '../../command/script-options';
import { OperatorError } from '../../operator/operator-error';
import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { conformanceList, withResults } from './conformance-page';
import { explanationFaults } from './explained';
import { compareWithEmulators, runAgainst } from './run-against';
import { isTarget, TARGETS, type TargetName } from './targets';

const command = new Command('npm run conformance --')
  .description('Asks a model of AWS, or an emulator, all that the cases in conformance/ say of AWS.')
  .option('--against <targets>', `of ${Object.keys(TARGETS).join(', ')}, by commas (default: model)`)
  .option('--write', 'ask all of them, and write the table in docs/conformance.md')
  .option('--list <file>', 'ask nobody, and write all cases and the known differences to a file, as Markdown');

interface Given {
  readonly against?: string;
  readonly write?: boolean;
  readonly list?: string;
}

/** `npm run conformance`: whether a target answers as AWS is documented to answer. */
async function main(args: readonly string[]): Promise<number> {
  const { against = 'model', write, list }: Given = scriptOptions(command, args);
  if (list !== undefined) {
    writeFileSync(list, conformanceList());
    return 0;
  }
  if (write === true) {
    const results = await compareWithEmulators();
    for (const [name, answers] of Object.entries(results)) process.stdout.write(`${name}: ${sums(answers)}\n`);
    const faults = (['moto', 'ministack'] as const).flatMap((name) => explanationFaults(name, results[name]));
    if (faults.length > 0) throw new OperatorError(`Mend test/conformance/explanations.ts:\n${faults.join('\n')}`);
    const page = path.join(projectRoot, 'docs/conformance.md');
    writeFileSync(page, withResults(readFileSync(page, 'utf8'), results));
    process.stdout.write(`docs/conformance.md was written after ${process.uptime().toFixed(0)} s.\n`);
    return 0;
  }
  const names = against.split(',').map(targetNamed);
  for (const name of names) await tellInFull(name);
  return 0;
}

function targetNamed(name: string): TargetName {
  if (isTarget(name)) return name;
  if (name !== 'aws') {
    throw new OperatorError(`--against takes ${Object.keys(TARGETS).join(', ')} or aws, not ${name}.`);
  }
  throw new OperatorError(
    'AWS is asked by a command of its own, which says beforehand what it makes: npx account-vending conformance --help',
  );
}

async function tellInFull(name: TargetName): Promise<void> {
  const results = await runAgainst(name);
  const others = results.filter(({ verdict }) => verdict !== 'agrees');
  process.stdout.write(`${name}: ${sums(results)}\n${others.map(lineOf).join('')}`);
}

const VERDICTS: readonly Verdict[] = ['agrees', 'differs', 'not implemented', 'not reached'];

const sums = (results: readonly CaseResult[]): string =>
  VERDICTS.map((one) => `${results.filter(({ verdict }) => verdict === one).length} ${one}`).join(', ');

const lineOf = ({ of, verdict, why = '' }: CaseResult): string =>
  `  ${verdict}: ${of.service}: ${of.name}\n    ${why}\n`;

runMain(() => main(process.argv.slice(2)));
