import type { MutantResult } from '@stryker-mutator/core';

export interface MutantScore {
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
  /** Reached by no test. */
  readonly unreached: number;
}

/** A mutant that ends in an endless loop is noticed, too; one that cannot be run says nothing. */
export function mutantScore(results: readonly Pick<MutantResult, 'status'>[]): MutantScore {
  const count = (...wanted: readonly MutantResult['status'][]): number =>
    results.filter(({ status }) => wanted.includes(status)).length;
  const [killed, survived, unreached] = [count('Killed', 'Timeout'), count('Survived'), count('NoCoverage')];
  return { mutants: killed + survived + unreached, killed, survived, unreached };
}

/** A row of the table in docs/mutants.md. */
export function scoreRow(name: string, { mutants, killed, survived, unreached }: MutantScore, at: Date): string {
  const score = mutants === 0 ? '-' : `${((100 * killed) / mutants).toFixed(1)} %`;
  return `| ${name} | ${mutants} | ${killed} | ${survived} | ${unreached} | ${score} | ${at.toISOString().slice(0, 10)} |`;
}

const fileOf = (fileName: string): string => fileName.replace(/^.*?functions\//, 'functions/');

/** One line for each mutant that no test has noticed, in the order of the code. */
export function survivorsOf(results: readonly MutantResult[]): readonly string[] {
  return results
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .toSorted((a, b) => a.fileName.localeCompare(b.fileName) || a.location.start.line - b.location.start.line)
    .map(({ fileName, location: { start }, mutatorName, replacement, status }) => {
      const place = `${fileOf(fileName)}:${start.line}:${start.column}`;
      return `${place} ${status} ${mutatorName}: ${replacement.replaceAll(/\s+/g, ' ').slice(0, 100)}`;
    });
}
