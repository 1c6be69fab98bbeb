import { type Application, namesOf, statusOf, summaryOf } from './application';
import { detailsOf, REMOVAL_REMEDY, removalOf } from './details';
import type { PlannedRow } from './planned-row';

/** By which a workflow finds its comment again, to write the next one in its place. */
const MARK = '<!-- account-vending apply -->';

/** GitHub takes comments of 65,536 characters. */
const MOST_CHARACTERS = 60_000;

/** A comment for a pull request. What has not changed is counted alone. */
export function markdownOf(application: Application): string {
  const { planned, broken, removed } = application;
  const head = [MARK, '### Accounts', '', summaryOf(application), ''];
  const told = planned.filter((one) => one.verdict !== 'unchanged' || detailsOf(one).length > 0);
  const blocks = [
    ...told.map((one) => block(titleOf(one), detailsOf(one))),
    ...broken.map(({ file, faults }) =>
      block(
        `**refused** ${code(file)}`,
        faults.map(({ field, message }) => `${field}: ${message}`),
      ),
    ),
    ...(removed.length === 0
      ? []
      : [block('**no longer in the folder**', [...removed.map(removalOf), REMOVAL_REMEDY])]),
  ];
  return [...head, ...fitting(blocks, MOST_CHARACTERS - head.join('\n').length), ''].join('\n');
}

function titleOf(one: PlannedRow): string {
  const { project, landingZone } = namesOf(one);
  const names = [project, landingZone, `${one.row.file}:${one.row.line}`, statusOf(one)].filter(
    (name) => name !== null,
  );
  return [`**${one.verdict}**`, ...names.map(code)].join(' ');
}

/** A fence that no line ends: what stands in it names nobody, and is no HTML. */
function block(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return `- ${title}\n`;
  const longest = Math.max(2, ...[...lines.join('\n').matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`- ${title}`, '', `  ${fence}text`, ...lines.map((line) => `  ${line}`), `  ${fence}`, ''].join('\n');
}

const code = (text: string): string => `\`${text.replaceAll(/[`\r\n]/gu, "'")}\``;

function fitting(blocks: readonly string[], room: number): readonly string[] {
  let used = 0;
  const fit = blocks.filter((one) => {
    used += one.length + 1;
    return used <= room;
  });
  const left = blocks.length - fit.length;
  return left === 0 ? fit : [...fit, `And ${left} more, which this comment has no room for: see the log of the run.`];
}
