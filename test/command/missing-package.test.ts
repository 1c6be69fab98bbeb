import { namingMissingPackage } from '../../command/missing-package';
import { OperatorError } from '../../operator/operator-error';

const missing = (name: string): Error =>
  Object.assign(new Error(`Cannot find package '${name}' imported from /app/main.mjs`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

describe('an error of the packed command', () => {
  it.each(['aws-cdk-lib', 'constructs'])('says what to install, where %s is not there', (name) => {
    const error = namingMissingPackage(missing(name));

    expect(error).toBeInstanceOf(OperatorError);
    expect(error).toMatchObject({ message: expect.stringContaining('npm install aws-cdk-lib constructs') as string });
  });

  it.each([missing('zod'), new Error("Cannot find package 'constructs'"), 'text'])('is left as it is: %s', (error) => {
    expect(namingMissingPackage(error)).toBe(error);
  });
});
