import { slowly } from '../../operator/elapsed';

describe('a command that takes long', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('says every ten seconds how long the newest thing has taken, until it is done', async () => {
    const said: string[] = [];
    const context = { notify: (text: string) => said.push(text), now: () => new Date() };

    await slowly(context, (report) => {
      report('Starting');
      jest.advanceTimersByTime(25_000);
      report('Deploying');
      jest.advanceTimersByTime(12_000);
      return Promise.resolve();
    });
    jest.advanceTimersByTime(60_000);

    expect(said).toEqual(['Starting\n', '  … for 10 s\n', '  … for 20 s\n', 'Deploying\n', '  … for 10 s\n']);
  });
});
