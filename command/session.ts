import type { ScreenContext } from '../operator/command-context';
import { slowly } from '../operator/elapsed';

/** One run of the program: what it reaches of the world, and how it ends. */
export interface Session {
  readonly context: ScreenContext;
  exitCode: number;
}

/** An action of commander, whose answer is the exit code. */
export const acting =
  <Arguments extends readonly unknown[]>(
    session: Session,
    work: (...args: Arguments) => number | Promise<number>,
  ): ((...args: Arguments) => Promise<void>) =>
  async (...args) => {
    session.exitCode = await work(...args);
  };

/** The same for what may take long and asks nobody: every ten seconds it says how long it has taken. */
export const patiently = <Arguments extends readonly unknown[]>(
  session: Session,
  work: (...args: Arguments) => number | Promise<number>,
): ((...args: Arguments) => Promise<void>) =>
  acting(session, (...args: Arguments) => slowly(session.context, () => Promise.resolve(work(...args))));
