import type { CommandContext } from './command-context';

/** How often somebody who waits is told that the command has not died. */
const EVERY_SECONDS = 10;

interface Elapsed {
  /** Says what is being done now, and from then on how long it has taken. */
  readonly report: (sentence: string) => void;
  readonly stop: () => void;
}

/** What takes longer than a moment is said with its time, so that nobody takes it for a command that hangs. */
function elapsedOn(notify: (text: string) => void, now: () => Date): Elapsed {
  let began = now().getTime();
  const timer = setInterval(() => {
    notify(`  … for ${Math.round((now().getTime() - began) / 1000)} s\n`);
  }, EVERY_SECONDS * 1000);
  // It keeps no process alive.
  timer.unref();
  return {
    report: (sentence) => {
      began = now().getTime();
      timer.refresh();
      notify(`${sentence}\n`);
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** Does something that takes long, and says so. */
export async function slowly<Result>(
  { notify, now }: Pick<CommandContext, 'notify' | 'now'>,
  work: (report: Elapsed['report']) => Promise<Result>,
): Promise<Result> {
  const { report, stop } = elapsedOn(notify, now);
  try {
    return await work(report);
  } finally {
    stop();
  }
}
