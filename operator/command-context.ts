import type { Screen } from './screen';

/** What a command reaches of the world around it. */
export interface CommandContext {
  /** The result, for people or programs. */
  readonly print: (text: string) => void;
  /** What is going on, for people. */
  readonly notify: (text: string) => void;
  readonly pause: (seconds: number) => Promise<void>;
  readonly now: () => Date;
}

/** The context of a command that draws. */
export interface ScreenContext extends CommandContext {
  /** The output for people. */
  readonly screen: Screen;
}
