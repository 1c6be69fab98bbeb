import fc from 'fast-check';
import { Agenda } from '../../../sandbox/organization/agenda';

describe('an agenda', () => {
  it('lets happen what is due, in order of time and then of planning', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.nat(20), (times, now) => {
        const agenda = new Agenda();
        const happened: (readonly [number, number])[] = [];
        times.forEach((time, n) => {
          agenda.plan(time, (at) => happened.push([at, n]));
        });
        agenda.settle(now);
        const due = times.map((time, n) => [time, n] as const).filter(([time]) => time <= now);
        expect(happened).toEqual(due.sort(([a, m], [b, n]) => a - b || m - n));
      }),
    );
  });

  it('lets happen what becomes due by what happens', () => {
    const agenda = new Agenda();
    const happened: number[] = [];
    agenda.plan(1, (at) => {
      agenda.plan(at + 1, (later) => happened.push(later));
      agenda.plan(at + 9, (later) => happened.push(later));
    });
    agenda.settle(5);
    expect(happened).toEqual([2]);
    agenda.settle(10);
    expect(happened).toEqual([2, 10]);
  });
});
