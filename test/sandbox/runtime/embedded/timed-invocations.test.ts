import type { Invocations } from '../../../../sandbox/runtime/embedded/invocation';
import { invocationsBy } from '../../../../sandbox/runtime/embedded/timed-invocations';
import { VirtualClock } from '../../../../sandbox/runtime/embedded/virtual-clock';

const START = new Date('2026-03-02T08:00:00.000Z');

describe('functions with containers', () => {
  let clock: VirtualClock;
  let invocations: Invocations;
  let coldStarts: number;
  let begun: number[];

  beforeEach(() => {
    clock = new VirtualClock(START, () => invocations.busy);
    coldStarts = 0;
    const coldStart = (): number => {
      coldStarts += 1;
      return 0.7;
    };
    invocations = invocationsBy({ times: { coldStart, roundTrip: () => 0 } }, () => 300);
    begun = [];
  });

  afterEach(() => {
    clock.uninstall();
  });

  const invoke = (name = 'CheckAccount'): Promise<unknown> =>
    invocations.invoke(name, async () => Promise.resolve(void begun.push((Date.now() - START.getTime()) / 1000)), {});

  it('begin with a cold start where no container is to spare', async () => {
    void invoke();
    void invoke();
    void invoke('MoveAccount');
    await clock.pass(10);
    void invoke();
    await clock.pass(10);

    expect(begun).toEqual([0.7, 0.7, 0.7, 10]);
    expect(coldStarts).toBe(3);
  });

  it('begin with one again when their container has been idle for ten minutes', async () => {
    void invoke();
    await clock.pass(601);
    void invoke();
    await clock.pass(10);

    expect(begun).toEqual([0.7, 601.7]);
  });
});
