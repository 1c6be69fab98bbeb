import { type AskedEstimate, questionsOf } from '../../bench/asked-estimates';
import { estimateErrors } from '../../bench/estimate-errors';

const asked = (part: number, tenantUuid: string, atSeconds: number, told: AskedEstimate['told']): AskedEstimate => ({
  part,
  tenantUuid,
  atSeconds,
  told,
});

const told = (readySeconds: number, earliestSeconds: number, latestSeconds: number) => ({
  readySeconds,
  earliestSeconds,
  latestSeconds,
});

describe('the questions for estimates', () => {
  it('are asked after parts of what AWS allows each request, in the order of their moments', () => {
    const questions = questionsOf(['one', 'other'], [100, 200]);

    expect(questions.map(({ tenantUuid, atSeconds }) => [tenantUuid, atSeconds])).toEqual([
      ['one', 0],
      ['other', 0],
      ['one', 25],
      ['one', 50],
      ['other', 50],
      ['one', 75],
      ['other', 100],
      ['other', 150],
    ]);
  });
});

describe('the error of estimates', () => {
  const ready = new Map([
    ['a', 100],
    ['b', 200],
    ['c', 300],
  ]);

  it('is how far half of the told times are from what came, in seconds and as a share of what was left', () => {
    const [, quarter] = estimateErrors(
      [
        asked(0.25, 'a', 50, told(110, 90, 120)),
        asked(0.25, 'b', 50, told(140, 100, 150)),
        asked(0.25, 'c', 100, told(320, 250, 400)),
      ],
      ready,
    );

    // 10 of 50 s, 60 of 150 s, 20 of 200 s.
    expect(quarter).toEqual({
      part: 0.25,
      asked: 3,
      untoldShare: 0,
      medianErrorSeconds: 20,
      medianErrorShare: 0.2,
      withinRangeShare: 0.667,
    });
  });

  it('counts who was told nothing, and not who was ready by then', () => {
    const [first] = estimateErrors(
      [asked(0, 'a', 100, told(120, 100, 130)), asked(0, 'b', 0, null), asked(0, 'c', 0, told(300, 200, 300))],
      ready,
    );

    expect(first).toMatchObject({ asked: 2, untoldShare: 0.5, medianErrorSeconds: 0, withinRangeShare: 1 });
  });

  it('is unknown where nobody was told anything', () => {
    const [, , , last] = estimateErrors([asked(0.75, 'a', 75, null)], ready);

    expect(last).toMatchObject({ asked: 1, untoldShare: 1, medianErrorSeconds: null, withinRangeShare: null });
  });
});
