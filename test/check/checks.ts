import { projectRoot } from '../../sandbox/environment';
import { runCommand } from '../../operator/run-command';
import packageJson from '../../package.json';
import { type Outcome, tell } from '../deep/outcome';
import { outcomeOfCheck } from './outcome-of-check';

export type Script = keyof typeof packageJson.scripts;

/** Scripts of package.json. The longest come first, so that both cores have work until the end. */
export const CHECKS = [
  ...['lint', 'typecheck', 'format:check', 'lint:dead', 'lint:architecture', 'lint:asl', 'lint:prose', 'lint:api'],
] as const satisfies readonly Script[];

/** Only the output of a script that fails is shown. */
export const scriptTask = (name: Script) => async (): Promise<Outcome> => {
  const startedAt = performance.now();
  // Without npm, which takes half a second to start: it has put the tools on the PATH already.
  const result = await runCommand('sh', ['-c', packageJson.scripts[name]], { cwd: projectRoot, env: environment() });
  return outcomeOfCheck({ name, result, seconds: (performance.now() - startedAt) / 1000, tell });
};

/** Tools look for colors, caches and proxies in the environment of the person who runs them. */
const environment = (): Record<string, string> => ({ ...process.env }) as Record<string, string>;
