import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { Quartiles } from '../report';

/**
 * Imports a module in a process of its own, as a cold start does. Measures the processor's time only, since importing
 * is work and no waiting; the wall clock would measure other processes of the machine as well.
 */
const SCRIPT = `
  const begun = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(begun);
  process.stdout.write(String((user + system) / 1000));`;

/** What functions without a ledger read when they are loaded, wherever that is. */
const env = {
  CHAT_TOPIC_ARN: 'arn:aws:sns:eu-central-1:333333333333:chat',
  WEBHOOK_URL: 'https://hooks.corp.example',
  WEBHOOK_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:333333333333:secret:webhook',
};

/** The processor's time in milliseconds. */
async function importMilliseconds(file: string): Promise<number> {
  const given = ['--input-type=module', '--eval', SCRIPT, file];
  const { stdout } = await promisify(execFile)(process.execPath, given, { encoding: 'utf8', env });
  return Number(stdout);
}

/** How many times longer one module takes than another. */
export interface ImportRatio {
  readonly median: number;
  /** Within which half of the pairs lay: what the machine's unrest does to the figure. */
  readonly quartiles: Quartiles;
}

/**
 * Several pairs, which take turns at being first, so that both meet the same machine. Each module is imported once
 * before, unmeasured: the first time it is read from the disk.
 */
export async function importRatio(
  file: string,
  beside: string,
  pairs: number,
  measure = importMilliseconds,
): Promise<ImportRatio> {
  await measure(file);
  await measure(beside);
  const ratios: number[] = [];
  for (let number = 0; number < pairs; number += 1) {
    const first = await measure(number % 2 === 0 ? file : beside);
    const second = await measure(number % 2 === 0 ? beside : file);
    ratios.push(number % 2 === 0 ? first / second : second / first);
  }
  ratios.sort((one, other) => one - other);
  const at = (part: number): number => ratios[Math.round(part * (pairs - 1))] ?? Number.NaN;
  return { median: at(0.5), quartiles: { lower: at(0.25), upper: at(0.75) } };
}
