import type { CheckReport } from '../../functions/domain/fleet/preflight';

const MARKS: Readonly<Record<CheckReport['result'], string>> = {
  ok: 'ok     ',
  failed: 'FAILED ',
  unknown: 'UNKNOWN',
  skipped: 'skipped',
};

/** One line for each check, under a finding what was found and what to do, and a sum at the end. */
export function preflightTable(checks: readonly CheckReport[]): string {
  return [...checks.flatMap(linesOf), '', sumOf(checks), ''].join('\n');
}

function linesOf({ id, sentence, result, detail, remedy }: CheckReport): readonly string[] {
  const isFinding = remedy !== null;
  const aside = detail === null || isFinding ? '' : ` (${detail.replace(/\.$/u, '')})`;
  return [
    `${MARKS[result]}  ${sentence}${aside}`,
    ...(isFinding ? [`         check:  ${id}`, `         found:  ${detail ?? ''}`, `         remedy: ${remedy}`] : []),
  ];
}

function sumOf(checks: readonly CheckReport[]): string {
  const count = (result: CheckReport['result']): number => checks.filter((check) => check.result === result).length;
  const counts = (['ok', 'failed', 'unknown', 'skipped'] as const).map((result) => `${count(result)} ${result}`);
  return `${checks.length} checks: ${counts.join(', ')}`;
}
