import { ConfigurationError } from '../../../functions/domain/base/errors';
import { environment, runsOnLambda } from '../../../functions/runtime/environment';

describe('the environment of a function', () => {
  const before = { ...process.env };

  afterEach(() => {
    process.env = { ...before };
  });

  it('gives the value of a variable', () => {
    process.env['EVENT_BUS_NAME'] = 'meshstack';
    expect(environment('EVENT_BUS_NAME')).toBe('meshstack');
  });

  it.each([undefined, ''])('names the variable that is missing, and what to do (%j)', (value) => {
    if (value === undefined) delete process.env['EVENT_BUS_NAME'];
    else process.env['EVENT_BUS_NAME'] = value;
    expect(() => environment('EVENT_BUS_NAME')).toThrow(ConfigurationError);
    expect(() => environment('EVENT_BUS_NAME')).toThrow(
      /EVENT_BUS_NAME is not set\. .*deploy this function with the app/,
    );
  });

  it('knows whether it is on Lambda', () => {
    delete process.env['AWS_LAMBDA_FUNCTION_NAME'];
    expect(runsOnLambda()).toBe(false);
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'Intake';
    expect(runsOnLambda()).toBe(true);
  });
});
