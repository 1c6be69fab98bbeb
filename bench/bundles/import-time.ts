import { execFileSync } from 'node:child_process';

/**
 * Imports a module in a process of its own, as a cold start does, and measures nothing but that: the processor's time, since importing is work and no waiting,
 * and the clock on the wall would tell who else is at work on the machine.
 */
const SCRIPT = `
  const begun = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(begun);
  process.stdout.write(String((user + system) / 1000));`;

/** The processor's time in milliseconds. */
const importMilliseconds = (file: string): number =>
  Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT, file], { encoding: 'utf8', env: {} }),
  );

/** How many times longer one module takes than another: the median of several pairs, which take turns at being first, so that both meet the same machine. */
export function importRatio(file: string, beside: string, pairs: number, measure = importMilliseconds): number {
  const ratios = Array.from({ length: pairs }, (_, number) => {
    if (number % 2 === 0) return measure(file) / measure(beside);
    const other = measure(beside);
    return measure(file) / other;
  });
  const sorted = ratios.toSorted((one, other) => one - other);
  return sorted[Math.floor(pairs / 2)] ?? Number.NaN;
}
