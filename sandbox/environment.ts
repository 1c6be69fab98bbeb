import path from 'node:path';

/** The folder that holds package.json: the sandbox makes `.venv` and `.cache` in it. */
export const projectRoot = path.resolve(import.meta.dirname, '..');

/** For the context `bundleCache` of the CDK app. */
export const BUNDLE_CACHE = path.join(projectRoot, '.cache/bundles');

/**
 * The environment for every process that the sandbox starts: what a program needs to run at all, and nothing that could
 * lead it out of the sandbox. A profile, an endpoint or a proxy of the shell would send calls to a real AWS, and the
 * NODE_OPTIONS of a test runner would be loaded by every Lambda process.
 *
 * This Node comes first on the PATH: Lambda processes are whatever `node` is there.
 */
export const isolatedEnvironment = (): Record<string, string> => ({
  PATH: [path.dirname(process.execPath), path.join(projectRoot, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(
    path.delimiter,
  ),
  HOME: process.env['HOME'] ?? '/',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
});

/** The variables of the shell that has started this command, without some of them. */
export const shellVariables = (without: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !without.includes(name)));
