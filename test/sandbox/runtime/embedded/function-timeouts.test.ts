import { functions, longestFunctionSeconds } from '../../../../infra/functions';
import { LONGEST_FUNCTION_SECONDS, timeoutSecondsOf } from '../../../../sandbox/runtime/embedded/function-timeouts';

describe('the time-outs of the embedded functions', () => {
  it.each(Object.entries(functions))('are those that are deployed: %s', (name, { timeoutSeconds }) => {
    expect(timeoutSecondsOf(name)).toBe(timeoutSeconds);
  });

  it('know the longest of them', () => {
    expect(LONGEST_FUNCTION_SECONDS).toBe(longestFunctionSeconds);
  });
});
