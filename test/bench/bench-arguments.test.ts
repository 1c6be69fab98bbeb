import { benchArguments } from '../../bench/bench-arguments';

describe('the arguments of the benchmark', () => {
  it('ask for the bundles alone, and then for no scenario', () => {
    expect(benchArguments([]).parts).toEqual({ scenarios: true, bundles: true });
    expect(benchArguments(['--bundles', '--docs'])).toMatchObject({
      parts: { scenarios: false, bundles: true },
      docs: true,
    });
    expect(() => benchArguments(['--bundles', '--seed', '2'])).toThrow("'--bundles' cannot be used with option");
    expect(() => benchArguments(['--bundles', '--scenario', '1-at-once'])).toThrow(
      "'--bundles' cannot be used with option",
    );
  });

  it('write no page of some scenarios alone', () => {
    expect(() => benchArguments(['--docs', '--scenario', '1-at-once'])).toThrow("'--docs' cannot be used with option");
  });

  it('may name several scenarios, and one seed', () => {
    const named = benchArguments(['--scenario', '1-at-once', '--scenario', '5-at-once']);
    expect(named.scenarios.map(({ name }) => name)).toEqual(['1-at-once', '5-at-once']);
    expect(named.parts).toEqual({ scenarios: true, bundles: false });
    expect(() => benchArguments(['--seed', '1', '--seed', '2'])).toThrow('--seed is given more than once');
  });
});
