import type { BatchAnswer } from '../../../../functions/runtime/on-lambda';
import { EmbeddedQueue } from '../../../../sandbox/runtime/embedded/embedded-queue';
import { Invocations, outsideOfInvocations } from '../../../../sandbox/runtime/embedded/invocation';
import { VirtualClock } from '../../../../sandbox/runtime/embedded/virtual-clock';

const TAKEN: BatchAnswer = { batchItemFailures: [] };

describe('a chain of requests', () => {
  let clock: VirtualClock;

  beforeEach(() => {
    clock = new VirtualClock(new Date('2026-11-24T10:00:00.000Z'), () => false);
  });

  afterEach(() => {
    clock.uninstall();
  });

  const settle = (): Promise<void> => clock.runUntil(() => false);

  /** A function that sends itself as many messages, one after the other. */
  const chain = (
    messages: number,
    mayRecur: boolean,
    between = (send: () => void): void => {
      send();
    },
  ) => {
    const taken: number[] = [];
    const invocations = new Invocations(
      () => 60,
      undefined,
      () => mayRecur,
    );
    const queue = new EmbeddedQueue((batch, lineage) => invocations.invoke('Looper', loop, batch, lineage), {
      visibilitySeconds: 90,
      mostReceives: 3,
    });
    const loop = (): Promise<BatchAnswer> => {
      taken.push(taken.length + 1);
      const next = String(taken.length + 1);
      if (taken.length < messages)
        between(() => {
          queue.send(next, 900);
        });
      return Promise.resolve(TAKEN);
    };
    queue.send('1');
    return { taken, invocations, queue };
  };

  it('of a function that feeds itself ends after sixteen invocations, at the dead letters', async () => {
    const { taken, invocations, queue } = chain(40, false);
    await settle();
    expect(taken).toHaveLength(16);
    expect(queue.deadLetters).toEqual(['17']);
    expect(invocations.recursiveInvocationsDropped).toEqual(['Looper', 'Looper', 'Looper']);
  });

  it('goes on where the function may recur', async () => {
    const { taken, invocations, queue } = chain(40, true);
    await settle();
    expect(taken).toHaveLength(40);
    expect(queue.deadLetters).toEqual([]);
    expect(invocations.recursiveInvocationsDropped).toEqual([]);
  });

  it('begins again behind a service that Lambda does not follow', async () => {
    const { taken, queue } = chain(40, false, (send) => {
      outsideOfInvocations(send);
    });
    await settle();
    expect(taken).toHaveLength(40);
    expect(queue.deadLetters).toEqual([]);
  });

  it('goes through a function that another one invokes', async () => {
    const called: string[] = [];
    const invocations = new Invocations(() => 60);
    const call = (): Promise<unknown> => {
      called.push('Caller');
      return invocations.invoke('Caller', call, {});
    };
    await expect(invocations.invoke('Caller', call, {})).rejects.toThrow('16 times in the same chain of requests');
    expect(called).toHaveLength(16);
  });
});
