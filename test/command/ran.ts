import { toldAccountVending } from '../../command/told';
import { screenOf } from '../../operator/screen';

export interface Ran {
  readonly exitCode: number;
  /** What was printed on standard output. */
  readonly out: string;
  /** What was printed on standard error. */
  readonly notices: string;
}

/** `account-vending` in this process, with nobody who watches. */
export async function ran(...args: readonly string[]): Promise<Ran> {
  let out = '';
  let notices = '';
  const exitCode = await toldAccountVending(args, {
    print: (text) => {
      out += text;
    },
    notify: (text) => {
      notices += text;
    },
    pause: () => Promise.resolve(),
    now: () => new Date('2026-11-24T12:00:00.000Z'),
    screen: screenOf({}),
  });
  return { exitCode, out, notices };
}
