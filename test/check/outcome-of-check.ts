import type { CommandResult } from '../../operator/run-command';
import type { Outcome } from '../deep/outcome';

export interface EndedCheck {
  readonly name: string;
  readonly result: CommandResult;
  readonly seconds: number;
  readonly tell: (line: string) => void;
}

/** Tells how a check ended: in one line if it passed, and with all that it printed if not. */
export function outcomeOfCheck({ name, result, seconds, tell }: EndedCheck): Outcome {
  const isGood = result.status === 'ended' && result.exitCode === 0;
  tell(`${isGood ? '✔' : '✘'} ${name.padEnd(20)}${seconds.toFixed(1).padStart(6)} s`);
  if (isGood) return { passed: 1, failed: 0 };
  tell(result.status === 'ended' ? result.output : 'There is no shell `sh` on the PATH.');
  return { passed: 0, failed: 1 };
}
