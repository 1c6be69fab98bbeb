import { patiently } from '../../command/session';
import { screenOf } from '../../operator/screen';

describe('a command that may take long', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('says how long it has taken while nobody hears of it, and ends as its work does', async () => {
    const said: string[] = [];
    const session = {
      exitCode: 0,
      context: {
        print: () => undefined,
        pause: () => Promise.resolve(),
        now: () => new Date(),
        screen: screenOf({}),
        notify: (text: string) => void said.push(text),
      },
    };

    await patiently(session, () => {
      jest.advanceTimersByTime(21_000);
      return 1;
    })();
    jest.advanceTimersByTime(60_000);

    expect(said).toEqual(['  … for 10 s\n', '  … for 20 s\n']);
    expect(session.exitCode).toBe(1);
  });
});
