import { performance } from 'node:perf_hooks';

import { VirtualClock } from '../../../../sandbox/runtime/embedded/virtual-clock';

const start = new Date('2026-11-24T10:00:00.000Z');
const realDate = Date;
const realNow = Date.now.bind(Date);
const realTimers = { setTimeout, clearTimeout, setInterval, clearInterval };

describe('virtual time', () => {
  let clock: VirtualClock;
  let isBusy: boolean;

  beforeEach(() => {
    isBusy = false;
    clock = new VirtualClock(start, () => isBusy);
  });

  afterEach(() => {
    clock.uninstall();
  });

  it('begins when it is told to, and stands still by itself', () => {
    expect(new Date()).toEqual(start);
    expect(Date.now()).toBe(start.getTime());
  });

  it('has dates like those of every day', () => {
    expect(new Date()).toBeInstanceOf(Date);
    expect(structuredClone(new Date())).toEqual(start);
    expect(new Date(start.getTime() + 1000).toISOString()).toBe('2026-11-24T10:00:01.000Z');
    expect(new Date(2026, 10, 24, 7).getHours()).toBe(7);
    expect(Date.parse('2026-11-24T10:00:00.000Z')).toBe(start.getTime());
    expect(Date.UTC(2026, 10, 24, 10)).toBe(start.getTime());
    clock.uninstall();
    expect(Date.now()).toBeGreaterThan(0);
    expect(Date.now).toBe(realDate.now);
  });

  it('lets an hour of waiting pass without waiting', async () => {
    const before = performance.eventLoopUtilization();
    const looks: number[] = [];
    const look = (): void => {
      looks.push(Date.now());
      if (looks.length < 120) setTimeout(look, 30_000);
    };
    setTimeout(look, 30_000);
    await clock.runUntil(() => false);
    expect((Date.now() - start.getTime()) / 1000).toBe(3600);
    expect(looks).toHaveLength(120);
    // What the event loop waited, which a busy machine does not lengthen. A real millisecond a look would be 120.
    expect(performance.eventLoopUtilization(before).idle).toBeLessThan(50);
  });

  it('stops as soon as what it was to wait for is so', async () => {
    let count = 0;
    const timer = setInterval(() => (count += 1), 1000);
    await clock.runUntil(() => count === 3);
    clearInterval(timer);
    expect(Date.now() - start.getTime()).toBe(3000);
  });

  it('says so where somebody works without an end', async () => {
    isBusy = true;
    await expect(clock.runUntil(() => false)).rejects.toThrow('Time stands still at 2026-11-24T10:00:00.000Z');
  });

  it('stands still while somebody works without waiting for time', async () => {
    const seen: number[] = [];
    setTimeout(() => {
      isBusy = true;
      // Real turns of the event loop, as an answer from a stream takes.
      let turns = 20;
      const work = (): void => {
        turns -= 1;
        if (turns > 0) setImmediate(work);
        else {
          seen.push(Date.now() - start.getTime());
          isBusy = false;
        }
      };
      setImmediate(work);
    }, 1000);
    setTimeout(() => seen.push(Date.now() - start.getTime()), 2000);
    await clock.runUntil(() => false);
    expect(seen).toEqual([1000, 2000]);
  });

  it('lets exactly as much time pass as it is told, with everything that is due in it', async () => {
    const seen: string[] = [];
    setTimeout(() => seen.push('within'), 5000);
    setTimeout(() => seen.push('later'), 15_000);
    await clock.pass(10);
    expect(seen).toEqual(['within']);
    expect(Date.now() - start.getTime()).toBe(10_000);
  });

  it('lets a millisecond pass where somebody waits for a part of one, as Node does', async () => {
    const wanted = 10;
    let waits = 0;
    const wait = async (): Promise<void> => {
      for (; waits < wanted; waits += 1) await new Promise((resolve) => setTimeout(resolve, 0.3));
    };
    void wait();
    await clock.runUntil(() => waits === wanted);
    expect(Date.now() - start.getTime()).toBe(wanted);
  });

  it('has the chance that it was given, and gives the real one back', () => {
    const real = Math.random;
    clock.uninstall();
    clock = new VirtualClock(
      start,
      () => isBusy,
      () => 0.25,
    );
    expect(Math.random()).toBe(0.25);
    clock.uninstall();
    expect(Math.random).toBe(real);
  });

  it('gives real time back', () => {
    clock.uninstall();
    expect(Math.abs(Date.now() - realNow())).toBeLessThan(1000);
    for (const [name, timer] of Object.entries(realTimers)) expect(Reflect.get(globalThis, name)).toBe(timer);
  });
});
