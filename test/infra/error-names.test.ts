import { Script } from 'node:vm';

import { buildSync } from 'esbuild';

import * as errors from '../../functions/domain/base/errors';
import { BUNDLING } from '../../infra/bundle';

/** The errors, as a function has them: classes have other names there. */
function minified(): typeof errors {
  const { outputFiles } = buildSync({
    ...BUNDLING,
    entryPoints: ['functions/domain/base/errors.ts'],
    outExtension: {},
    format: 'iife',
    globalName: 'bundled',
    write: false,
  });
  const [code] = outputFiles;
  return new Script(`${code?.text ?? ''}; bundled`).runInThisContext() as typeof errors;
}

describe('an error in a bundle', () => {
  const bundled = minified();

  it('is of a class whose name the minifier has changed', () => {
    expect(bundled.RejectedError.name).not.toBe(errors.RejectedError.name);
  });

  it.each(['RejectedError', 'TransientError', 'CustomizationError', 'ConfigurationError', 'NotVisibleError'] as const)(
    '%s has the name by which Step Functions knows it all the same',
    (name) => {
      expect(new bundled[name]('reason', {} as never).name).toBe(new errors[name]('reason', {} as never).name);
    },
  );
});
