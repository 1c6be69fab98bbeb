import { padded, widthOf } from '../screen';
import { type Application, namesOf, statusOf } from './application';
import { detailsOf, REMOVAL_REMEDY, removalOf } from './details';
import type { PlannedRow } from './planned-row';

const HEAD = ['what', 'project', 'landing zone', 'status', 'file'];

/** One desired state on a line, with what is to be said of it below. */
export function tableOf({ planned, broken, removed }: Application): string {
  const rows = [
    ...planned.map((one) => ({ cells: cellsOf(one), details: detailsOf(one) })),
    ...broken.map(({ file, faults }) => ({
      cells: ['refused', '-', '-', '-', file],
      details: faults.map(({ field, message }) => `${field}: ${message}`),
    })),
  ];
  const all = [HEAD, ...rows.map(({ cells }) => cells)];
  const widths = HEAD.map((_, column) => widthOf(all.map((cells) => cells[column] ?? '')));
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => padded(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = rows.flatMap(({ cells, details }) => [lineOf(cells), ...details.map((detail) => `    ${detail}`)]);
  return [lineOf(HEAD), ...lines, ...removals(removed), ''].join('\n');
}

const cellsOf = (one: PlannedRow): readonly string[] => {
  const { project, landingZone } = namesOf(one);
  return [one.verdict, project ?? '-', landingZone ?? '-', statusOf(one) ?? '-', `${one.row.file}:${one.row.line}`];
};

const removals = (removed: Application['removed']): readonly string[] =>
  removed.length === 0
    ? []
    : ['', 'No longer in the folder:', ...removed.map((one) => `    ${removalOf(one)}`), `    ${REMOVAL_REMEDY}`];
