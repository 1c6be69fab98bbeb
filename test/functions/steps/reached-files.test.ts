import { readdirSync } from 'node:fs';

import { buildSync } from 'esbuild';

const states = readdirSync('functions/steps', { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? [one.name] : [],
);
const handlerOf = (state: string): string => `functions/steps/${state}/handler.ts`;

const { inputs } = buildSync({
  entryPoints: states.map(handlerOf),
  ...{ bundle: true, write: false, metafile: true, outdir: 'unwritten', logLevel: 'error' },
  ...{ packages: 'external', platform: 'node', format: 'esm' },
}).metafile;

/** The files of this project that a handler reaches. What is imported as a type alone, esbuild leaves out. */
function reachedFrom(file: string, reached = new Set<string>()): ReadonlySet<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const { path } of inputs[file]?.imports ?? []) if (path in inputs) reachedFrom(path, reached);
  return reached;
}

/**
 * An engineer who reads a step has to open these. A number that rises says that something was put into the way of every
 * step: import a type as a type, or put what belongs together into one file.
 */
const MOST = { CreateAccount: 45, TagAccount: 30 };

/** Of any state: the one that plans reaches the most. */
const MAX_OF_ALL = 68;

describe('the files that a step reaches', () => {
  it.each(Object.entries(MOST))('are as few as they were, from %s: %s', (state, most) => {
    expect(reachedFrom(handlerOf(state)).size).toBeLessThanOrEqual(most);
  });

  it.each(states)('are no more from any other: %s', (state) => {
    const reached = reachedFrom(handlerOf(state));
    expect(reached.size).toBeGreaterThan(20);
    expect(reached.size).toBeLessThanOrEqual(MAX_OF_ALL);
  });

  it('have nothing of the SDK of Step Functions where no slot is freed', () => {
    const adapter = 'functions/aws/step-functions/step-functions-task-tokens.ts';
    expect(reachedFrom(handlerOf('CreateAccount'))).toContain(adapter);
    expect(reachedFrom(handlerOf('TagAccount'))).not.toContain(adapter);
  });
});
