import { BUNDLE_OF } from '../../bench/bundles/measure-bundles';
import type { BenchReport } from '../../bench/report';
import { SCENARIOS, seedsOf } from '../../bench/scenario';
import { wholeParts } from '../../bench/whole-parts';
import { resultNamed } from './scenario-results';

const whole: BenchReport = {
  seed: 1,
  undone: [],
  bundles: [],
  targets: [],
  scenarios: SCENARIOS.map((one) => resultNamed(one.name, { seeds: seedsOf(one, 1) })),
};

const bundle = { function: 'Api', bytes: 1, importRatio: 1, importRatioQuartiles: { lower: 1, upper: 1 } };

describe('the page of the benchmark', () => {
  it('takes the scenarios of a run that ended all of them, with every seed', () => {
    const [first, ...others] = whole.scenarios;
    if (first === undefined) throw new Error('There are no scenarios.');

    expect(wholeParts(whole).scenarios).toBe(true);
    expect(wholeParts({ ...whole, scenarios: others }).scenarios).toBe(false);
    expect(wholeParts({ ...whole, scenarios: [{ ...first, seeds: [1] }, ...others] }).scenarios).toBe(false);
  });

  it('takes the bundles of a run that measured all of them', () => {
    expect(wholeParts(whole).bundles).toBe(false);
    expect(wholeParts({ ...whole, bundles: [bundle], undone: ['1-at-once'] }).bundles).toBe(true);
    expect(wholeParts({ ...whole, bundles: [bundle], undone: [`${BUNDLE_OF}Intake`] }).bundles).toBe(false);
  });
});
