import { createInterface } from 'node:readline/promises';

export interface Asker {
  /** An empty answer is the proposal. */
  readonly ask: (question: string, proposal: string) => Promise<string>;
  readonly close: () => void;
}

/** Asks the person at the terminal, on standard error; undefined where there is none. */
export function asker(): Asker | undefined {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return {
    ask: async (question, proposal) =>
      (await terminal.question(`${question}${proposal === '' ? '' : ` [${proposal}]`}: `)).trim(),
    close: () => {
      terminal.close();
    },
  };
}
