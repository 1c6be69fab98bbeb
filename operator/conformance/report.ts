import type { RecordedCase } from './kept-run';

/** What AWS has said, for people. */
export function reportOf(cases: readonly RecordedCase[], day: string): string {
  const having = (...verdicts: readonly RecordedCase['verdict'][]): readonly RecordedCase[] =>
    cases.filter(({ verdict }) => verdicts.includes(verdict));
  const different = having('differs');
  const unreached = having('not reached', 'not implemented');
  return [
    `# AWS on ${day}`,
    '',
    `agrees: ${having('agrees').length}, differs: ${different.length}, not reached: ${unreached.length}`,
    ...section('Differs', different),
    ...section('Not reached', unreached),
  ].join('\n');
}

const section = (title: string, cases: readonly RecordedCase[]): readonly string[] =>
  cases.length === 0
    ? []
    : ['', `## ${title}`, '', ...cases.map(({ service, name, why = '' }) => `- ${service}: ${name}: ${why}`)];
