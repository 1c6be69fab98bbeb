import { readFileSync } from 'node:fs';
import path from 'node:path';

import { allCases } from '../../conformance/all-cases';
import { SERVICES } from '../../conformance/case';
import type { CaseResult } from '../../conformance/suite';
import { projectRoot } from '../../sandbox/environment';
import { withBlock } from '../../sandbox/marked-block';
import { type EmulatorName, explanations } from './explanations';
import type { TargetName } from './targets';

export type Results = Readonly<Record<TargetName, readonly CaseResult[]>>;

const MARKS = ['<!-- results by npm run conformance -- --write: begin -->', '<!-- results: end -->'] as const;

/** `docs/conformance.md` with these results, counted by service. */
export const withResults = (markdown: string, results: Results): string =>
  withBlock(markdown, MARKS, servicesTable(results));

const countOf = (results: readonly CaseResult[], service: string, ...verdicts: readonly string[]): number =>
  results.filter(({ of, verdict }) => of.service === service && verdicts.includes(verdict)).length;

function servicesTable(results: Results): string {
  const columns = [results.model, results.moto, results.ministack];
  const row = (name: string, counts: readonly number[]): string => `| ${[name, ...counts].join(' | ')} |`;
  const rows = SERVICES.map((service) => [
    allCases.filter((one) => one.service === service).length,
    ...columns.flatMap((one) => [
      countOf(one, service, 'agrees'),
      countOf(one, service, 'differs'),
      countOf(one, service, 'not implemented', 'not reached'),
    ]),
  ]);
  const sums = (rows[0] ?? []).map((_, index) => rows.reduce((sum, counts) => sum + (counts[index] ?? 0), 0));
  return [
    '| service | cases | our model, not yet compared with AWS: agree | differ | not implemented | moto: agree | differ | not implemented | MiniStack: agree | differ | not implemented |',
    `|---|${'---:|'.repeat(10)}`,
    ...SERVICES.map((service, index) => row(service, rows[index] ?? [])),
    row('all', sums),
  ].join('\n');
}

/** A page of the site: every case with its source, and why an emulator differs from it. Nobody is asked for it. */
export const conformanceList = (): string =>
  [
    '# Every case of conformance',
    '',
    'Generated from the cases in [conformance](conformance). [Conformance to AWS](docs/conformance.md) says what a case is,',
    'and how often our model and the emulators agree.',
    ...differences('moto', `moto ${versionOf('moto\\[server\\]')}`),
    ...differences('ministack', `MiniStack ${versionOf('ministack')}`),
    '',
    '## All cases',
    ...SERVICES.flatMap((service) => [
      '',
      `### Cases of ${service}`,
      '',
      ...allCases.filter((one) => one.service === service).map((one) => `- ${caseLine(one)}`),
    ]),
    '',
  ].join('\n');

/** Each reason with the cases that differ for it, and who says otherwise. */
function differences(id: EmulatorName, title: string): readonly string[] {
  const sections = SERVICES.flatMap((service) => {
    const some = explanations[id][service] ?? [];
    return some.length === 0 ? [] : [{ service, some }];
  });
  return [
    '',
    `## Where ${title} differs`,
    ...sections.flatMap(({ service, some }) => [
      '',
      `### ${service} of ${title.split(' ')[0] ?? ''}`,
      '',
      ...some.flatMap(({ why, cases }) => [
        `- ${inMarkdown(why)}`,
        ...cases.map((name) => `  - ${caseLine(caseNamed(service, name))}`),
      ]),
    ]),
  ];
}

function caseNamed(service: string, name: string): (typeof allCases)[number] {
  const found = allCases.find((one) => one.service === service && one.name === name);
  if (found === undefined) throw new Error(`There is no case of ${service} that is called: ${name}`);
  return found;
}

const caseLine = ({ name, evidence }: (typeof allCases)[number]): string =>
  `${inMarkdown(name)} (${inMarkdown(evidence)})`;

const inMarkdown = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function versionOf(name: string): string {
  const requirements = readFileSync(path.join(projectRoot, 'sandbox/requirements.in'), 'utf8');
  return new RegExp(`^${name}==(.*)$`, 'mu').exec(requirements)?.[1] ?? '';
}
