import { buildSync } from 'esbuild';

const ADAPTER = 'functions/aws/step-functions/step-functions-task-tokens.ts';
const handlerOf = (state: string): string => `functions/steps/${state}/handler.ts`;

/** Files of this project in the bundle of a step. esbuild leaves out what is imported as a type alone. */
const reachedBy = (state: string): readonly string[] =>
  Object.keys(
    buildSync({
      entryPoints: [handlerOf(state)],
      bundle: true,
      write: false,
      metafile: true,
      logLevel: 'error',
      packages: 'external',
      platform: 'node',
      format: 'esm',
    }).metafile.inputs,
  );

describe('the SDK of Step Functions, which makes a cold start longer', () => {
  it.each(['CreateAccount', 'CompleteVending'])('is loaded by a step that lets a waiting run go on: %s', (state) => {
    expect(reachedBy(state)).toContain(ADAPTER);
  });

  it.each(['TagAccount', 'MoveAccount', 'PlanVending'])('is not loaded by a step that frees no slot: %s', (state) => {
    expect(reachedBy(state)).toEqual(expect.arrayContaining([handlerOf(state)]));
    expect(reachedBy(state)).not.toContain(ADAPTER);
  });
});
