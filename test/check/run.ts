import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { runCommand } from '../../sandbox/runtime/ministack/run-command';
import packageJson from '../../package.json';
import { sumOf, tell, twoAtATime } from '../deep/outcome';
import { outcomeOfCheck } from './outcome-of-check';

/** Scripts of package.json. The longest come first, so that both cores have work until the end. */
const CHECKS = ['lint', 'typecheck', 'format:check', 'lint:dead', 'lint:architecture', 'lint:asl', 'lint:api'] as const;

/** `npm run check`: all checks, two at a time. Only the output of those that fail is shown. */
async function check(): Promise<number> {
  const tasks = CHECKS.map((name) => async () => {
    const startedAt = performance.now();
    // Without npm, which takes half a second to start: it has put the tools on the PATH already.
    const result = await runCommand('sh', ['-c', packageJson.scripts[name]], { cwd: projectRoot, env: environment() });
    return outcomeOfCheck({ name, result, seconds: (performance.now() - startedAt) / 1000, tell });
  });
  return sumOf(await twoAtATime(tasks)).failed === 0 ? 0 : 1;
}

/** Tools look for colors, caches and proxies in the environment of the person who runs them. */
const environment = (): Record<string, string> => ({ ...process.env }) as Record<string, string>;

runMain(check);
