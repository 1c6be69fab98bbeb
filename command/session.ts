import type { ScreenContext } from '../operator/command-context';

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
