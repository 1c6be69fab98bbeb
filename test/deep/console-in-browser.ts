import { runCommand } from '../../operator/run-command';
import { projectRoot } from '../../sandbox/environment';
import { type Outcome, tell } from './outcome';

/** `npm run test:console`; all that it says is shown where it fails. */
export async function consoleInBrowser(): Promise<Outcome> {
  const startedAt = Date.now();
  const result = await runCommand('npm', ['run', '--silent', 'test:console'], { cwd: projectRoot });
  const said = result.status === 'missing' ? 'npm is not on the PATH' : result.output;
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/mu.exec(said) ?? [];
  const isGood = result.status === 'ended' && result.exitCode === 0 && Number(passed) > 0;
  tell(`${isGood ? '✔' : '✘'} console, ${((Date.now() - startedAt) / 1000).toFixed(0)} s${isGood ? '' : `: ${said}`}`);
  return { passed: Number(passed ?? 0), failed: isGood ? 0 : Math.max(1, Number(failed ?? 0)) };
}
