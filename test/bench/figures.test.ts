import { withBundles, withScenarios } from '../../bench/figures';
import { measured, resultNamed } from './scenario-results';

const PAGE = [
  '# A page',
  '<!-- figures by npm run bench -- --docs: begin -->\nold\n<!-- figures: end -->',
  '<!-- bundles by npm run bench -- --bundles --docs: begin -->\nolder\n<!-- bundles: end -->',
  'The end.',
].join('\n\n');

/** The rows of all tables, without their heads. */
const rowsOf = (page: string): readonly string[] =>
  page.split('\n').filter((line, index, lines) => line.startsWith('| ') && !lines[index + 1]?.startsWith('| ---'));

const told = (part: number, medianErrorSeconds: number | null) => ({
  part,
  asked: 2,
  untoldShare: medianErrorSeconds === null ? 1 : 0,
  medianErrorSeconds,
  medianErrorShare: medianErrorSeconds === null ? null : 0.25,
  withinRangeShare: 1,
});

describe('the figures of the page', () => {
  it('are times of everybody, what ours takes, missed targets and the errors of estimates, and nothing else', () => {
    const kept = resultNamed('1-at-once', { estimates: [told(0, null), told(0.25, 34.6)] });
    const missed = resultNamed('5-at-once', { ours: measured({ pollsPerVending: 51, p50Seconds: null, ready: 0 }) });
    const page = withScenarios(PAGE, { scenarios: [kept, missed] });

    expect(rowsOf(page).filter((row) => !row.startsWith('| ---'))).toEqual([
      '| 1-at-once | 170 | 171 | 170 | 180 (2/2) | 232 (1/2) |',
      '| 5-at-once | 170 | 171 | 170 | - (0/2) | 232 (1/2) |',
      '| 1-at-once | 2 | 1.06 | 1.06 | 162.3 | 228 | 229 | 56.6 | 27.1 | 18.0 | 248 | 0.0 | 0 | 55.5 | 7.3 | 1.2 % |',
      '| 5-at-once | 2 | 1.06 | 1.06 | 162.3 | 228 | 229 | 56.6 | 27.1 | 18.0 | 248 | 0.0 | 0 | 55.5 | 51.0 | 1.2 % |',
      '| polls per vending | 5-at-once | at most 50 | 51 |',
      '| p50 beside the fastest peer | 5-at-once | at most 1.05 | Infinity |',
      '| 1-at-once | - | 35 s (25 %) | 100 % | 50 % |',
      '| 5-at-once | - | - |',
    ]);
    expect(page).toContain('older');
    expect(page).toMatch(/^# A page[^]*The end\.$/u);
  });

  it('are sizes and import times of bundles, with misses in bold', () => {
    const importRatioQuartiles = { lower: 1.06, upper: 1.416 };
    const page = withBundles(PAGE, {
      bundles: [
        { function: 'NotifyChat', bytes: 400_000, importRatio: 1.15, importRatioQuartiles },
        { function: 'RunPreflight', bytes: 706_400, importRatio: 1.151, importRatioQuartiles },
      ],
    });

    expect(rowsOf(page).filter((row) => !row.startsWith('| ---'))).toEqual([
      '| NotifyChat | 400 | 1.15 | 1.06 to 1.42 |',
      '| RunPreflight | **706** | **1.15** | 1.06 to 1.42 |',
    ]);
    expect(page).toContain('old\n');
  });

  it('need their marks', () => {
    expect(() => withBundles('# A page', { bundles: [] })).toThrow(/no place for the block/u);
  });
});
