import { boundedBy, type Concurrency, isThrottled } from '../../../../sandbox/runtime/embedded/bounded-invocations';
import { VirtualClock } from '../../../../sandbox/runtime/embedded/virtual-clock';

describe('functions of an account whose concurrency is bounded', () => {
  let clock: VirtualClock;
  let ends: { readonly name: string; readonly at: number; readonly end: string }[];
  let turnedAway: number;
  const start = new Date('2026-11-26T10:00:00.000Z');

  const call = async (invocations: ReturnType<typeof boundedBy>, name: string, work: () => unknown = () => null) => {
    const handler = (): Promise<string> => Promise.resolve(work()).then(() => 'done');
    const end = await invocations.invoke(name, handler, {}).catch((error: unknown) => (error as Error).name);
    ends.push({ name, at: (Date.now() - start.getTime()) / 1000, end });
  };

  const boundedTo = (functions: number): ReturnType<typeof boundedBy> => {
    const concurrency: Concurrency = { functions, seconds: () => 2, turnedAway: () => (turnedAway += 1) };
    return boundedBy(concurrency, () => 60);
  };

  beforeEach(() => {
    ends = [];
    turnedAway = 0;
    clock = new VirtualClock(start, () => false);
  });

  afterEach(() => {
    clock.uninstall();
  });

  const settle = (): Promise<void> => clock.runUntil(() => false);

  it('work for a while, and turn away anyone who calls one more meanwhile, whichever it is', async () => {
    const invocations = boundedTo(2);
    for (const name of ['A', 'B', 'C']) void call(invocations, name);
    await settle();
    expect(ends).toEqual([
      { name: 'C', at: 0, end: 'Lambda.TooManyRequestsException' },
      { name: 'A', at: 2, end: 'done' },
      { name: 'B', at: 2, end: 'done' },
    ]);
    expect(turnedAway).toBe(1);
  });

  it('have a place again when one has ended, well or badly', async () => {
    const invocations = boundedTo(1);
    void call(invocations, 'A');
    await settle();
    void call(invocations, 'B', () => {
      throw new RangeError('odd');
    });
    await settle();
    void call(invocations, 'C');
    await settle();
    expect(ends.map(({ end }) => end)).toEqual(['done', 'RangeError', 'done']);
  });

  it('take no time where nothing is bounded', async () => {
    const invocations = boundedBy(undefined, () => 60);
    for (let calls = 0; calls < 50; calls += 1) void call(invocations, 'A');
    await settle();
    expect(new Set(ends.map(({ at, end }) => `${end} at ${at}`))).toEqual(new Set(['done at 0']));
  });

  it('tell a throttle from what functions throw', async () => {
    const invocations = boundedTo(0);
    const error: unknown = await invocations.invoke('A', () => Promise.resolve(1), {}).catch((it: unknown) => it);
    expect(isThrottled(error)).toBe(true);
    expect(isThrottled(new Error('Rate Exceeded.'))).toBe(false);
  });
});
