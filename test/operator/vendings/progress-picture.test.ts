import { stripVTControlCharacters } from 'node:util';

import type { Screen } from '../../../operator/screen';
import type { Mark, ProgressRow } from '../../../operator/vendings/progress';
import { progressPicture } from '../../../operator/vendings/progress-picture';

const AT = '2026-11-24T12:00:00.000Z';
const NOW = new Date('2026-11-24T13:10:00.000Z');

const plain: Screen = { isTerminal: false, columns: 100, rows: 24, hasColours: false };
const terminal: Screen = { ...plain, isTerminal: true };

const row = (mark: Mark, state: string, entry: Partial<ProgressRow['entry']> | null = null): ProgressRow => ({
  mark,
  state,
  comment: `What ${state} does.`,
  entry:
    entry === null
      ? null
      : {
          state,
          startedAt: AT,
          finishedAt: null,
          attempts: 1,
          remark: null,
          error: null,
          changes: [],
          ...entry,
        },
});

const change = { what: 'tag', from: null, to: 'x' };
const rows = [
  row('done', 'PlanVending', { finishedAt: '2026-11-24T12:00:02.000Z', remark: 'the same as before' }),
  row('skipped', 'ImportAccount'),
  row('skipped', 'AwaitCreationTurn'),
  row('done', 'TagAccount', { finishedAt: '2026-11-24T12:02:02.000Z', attempts: 2, changes: [change, change] }),
  row('now', 'CheckEnrollment', {}),
  row('ahead', 'GrantAccess'),
  row('ahead', 'CompleteVending'),
];

describe('The picture of a run', () => {
  it('is plain text where nobody looks at a terminal', () => {
    expect(progressPicture(rows, plain, NOW)).toEqual([
      '  [x] PlanVending      2 s: the same as before',
      '  [-] ImportAccount, AwaitCreationTurn',
      '  [x] TagAccount       2 min, 2 tries, 2 changes',
      '  [>] CheckEnrollment  for 1 h: What CheckEnrollment does.',
      '  [ ] GrantAccess, CompleteVending',
      '  ([x] done  [>] at work  [-] not in this run  [ ] may come)',
    ]);
  });

  it('has a sign for each standing, which is legible without colours', () => {
    const every = (['done', 'now', 'waits', 'failed', 'ended', 'skipped', 'ahead'] as const).map((mark) =>
      row(mark, 'State', {}),
    );

    for (const screen of [plain, terminal]) {
      const signs = progressPicture(every, screen, NOW)
        .slice(0, 7)
        .map((line) => line.trim().split(/ {1,2}S/u)[0]);
      expect(new Set(signs).size).toBe(7);
    }
    expect(progressPicture(every, terminal, NOW).join('')).not.toContain('\u001B');
  });

  it('says the same in colours', () => {
    const coloured = progressPicture(rows, { ...terminal, hasColours: true }, NOW);

    expect(coloured[0]?.startsWith('\u001B[32m  ✔ PlanVending')).toBe(true);
    expect(coloured.map(stripVTControlCharacters)).toEqual(progressPicture(rows, terminal, NOW));
  });

  it.each([40, 60, 200])('is no wider than the screen: %i', (columns) => {
    const long = row('failed', 'MoveAccount', { remark: 'a word '.repeat(30) + 'x'.repeat(250) });

    const picture = progressPicture([...rows, long], { ...terminal, columns }, NOW);

    expect(Math.max(...picture.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    expect(picture.join('').replaceAll(/\s/gu, '')).toContain('x'.repeat(250));
  });
});
