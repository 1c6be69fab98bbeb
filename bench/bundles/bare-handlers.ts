import { readFileSync } from 'node:fs';
import path from 'node:path';

import { buildSync, type Metafile } from 'esbuild';

import { BUNDLING, INSTEAD } from '../../infra/bundle';

/** One function's bundle, and the least that one with the same clients can be. */
export interface BundlePair {
  readonly function: string;
  /** The path of our bundle. */
  readonly ours: string;
  readonly bare: string;
}

const SDK_IMPORT = /import (?!type)\{([^}]*)\} from '(@aws-sdk\/[^']+)'/gu;

/**
 * For each function a handler that does nothing, with the same clients and commands of the SDK, bundled in the same
 * way and with the same replacements: nobody who calls AWS from a function gets below it.
 *
 * @param metafile of the functions' own bundles
 */
export function bundleBareHandlers(metafile: Metafile, outputFolder: string): readonly BundlePair[] {
  const root = BUNDLING.absWorkingDir;
  return Object.entries(metafile.outputs).map(([output, { inputs }]) => {
    const name = path.basename(path.dirname(output));
    const bare = path.join(outputFolder, name, 'index.mjs');
    const stdin = { contents: bareHandler(root, Object.keys(inputs)), resolveDir: root, loader: 'ts' } as const;
    buildSync({ ...BUNDLING, alias: INSTEAD, stdin, outfile: bare });
    return { function: name, ours: path.resolve(root, output), bare };
  });
}

function bareHandler(root: string, inputs: readonly string[]): string {
  const imported = importsOf(root, inputs);
  const lines = [...imported].map(([from, names]) => `import { ${[...names].join(', ')} } from '${from}';`);
  const all = [...imported.values()].flatMap((names) => [...names]);
  return [...lines, `export const handler = async () => [${all.join(', ')}].length;`].join('\n');
}

/** What our own files take from the SDK, by package; types aside. */
function importsOf(root: string, inputs: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const imported = new Map<string, Set<string>>();
  for (const file of inputs.filter((one) => one.startsWith('functions/'))) {
    for (const [, names = '', from = ''] of readFileSync(path.join(root, file), 'utf8').matchAll(SDK_IMPORT)) {
      const known = imported.get(from) ?? new Set();
      for (const name of names.split(',').map((one) => one.trim())) {
        if (name !== '' && !name.startsWith('type ')) known.add(name);
      }
      imported.set(from, known);
    }
  }
  return imported;
}
