import type { Screen } from './screen';

/** What a command reaches of the world around it. */
export interface CommandSurroundings {
  /** The result, for people or programs. */
  readonly say: (text: string) => void;
  /** What is going on, for people. */
  readonly tell: (text: string) => void;
  readonly pause: (seconds: number) => Promise<void>;
  readonly now: () => Date;
}

/** Of a command that draws. */
export interface DrawnSurroundings extends CommandSurroundings {
  /** Where people read. */
  readonly screen: Screen;
}
