import type { BatchAnswer } from '../../../../functions/runtime/on-lambda';
import { EmbeddedQueue } from '../../../../sandbox/runtime/embedded/embedded-queue';
import { InvocationError } from '../../../../sandbox/runtime/embedded/invocation';
import { VirtualClock } from '../../../../sandbox/runtime/embedded/virtual-clock';

interface Message {
  readonly messageId: string;
  readonly body: string;
}

describe('the embedded queue', () => {
  let clock: VirtualClock;
  let queue: EmbeddedQueue;
  let received: { readonly body: string; readonly messageId: string; readonly at: number }[];
  let answer: (message: Message) => Promise<BatchAnswer>;
  const start = new Date('2026-11-24T10:00:00.000Z');

  const taken: BatchAnswer = { batchItemFailures: [] };
  const again = ({ messageId }: Message): Promise<BatchAnswer> =>
    Promise.resolve({ batchItemFailures: [{ itemIdentifier: messageId }] });

  const consume = (batch: unknown): Promise<BatchAnswer> => {
    const [message] = (batch as { readonly Records: readonly [Message] }).Records;
    received.push({ ...message, at: (Date.now() - start.getTime()) / 1000 });
    return answer(message);
  };

  beforeEach(() => {
    received = [];
    answer = () => Promise.resolve(taken);
    clock = new VirtualClock(start, () => false);
    queue = new EmbeddedQueue(consume, { visibilitySeconds: 90, mostReceives: 3 });
  });

  afterEach(() => {
    clock.uninstall();
  });

  const settle = (): Promise<void> => clock.runUntil(() => false);

  it('hands each message over once when it is taken', async () => {
    queue.send('a');
    queue.send('b');
    await settle();
    expect(received.map(({ body, at }) => ({ body, at }))).toEqual([
      { body: 'a', at: 0 },
      { body: 'b', at: 0 },
    ]);
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(2);
    expect(queue.deadLetters).toEqual([]);
  });

  it.each<{ how: string; failing: (message: Message) => Promise<BatchAnswer> }>([
    { how: 'asks for it', failing: again },
    { how: 'throws', failing: () => Promise.reject(new Error('killed')) },
  ])('hands a message over again after its visibility time when the function $how', async ({ failing }) => {
    answer = (message) => (received.length === 1 ? failing(message) : Promise.resolve(taken));
    queue.send('a');
    await settle();
    expect(received.map(({ at }) => at)).toEqual([0, 90]);
    expect(received[1]?.messageId).toBe(received[0]?.messageId);
    expect(queue.deadLetters).toEqual([]);
  });

  it('sets a message aside that is never taken', async () => {
    answer = again;
    queue.send('a');
    await settle();
    expect(received.map(({ at }) => at)).toEqual([0, 90, 180]);
    expect(queue.deadLetters).toEqual(['a']);
  });

  it('tries a throttled function again while the message is invisible, and counts one receive for all of it', async () => {
    answer = () => Promise.reject(new InvocationError('Lambda.TooManyRequestsException', 'Rate Exceeded.'));
    queue.send('a');
    await settle();
    const ofOneReceive = [0, 1, 3, 7, 15, 31, 51, 71];
    expect(received.map(({ at }) => at)).toEqual([0, 90, 180].flatMap((from) => ofOneReceive.map((at) => from + at)));
    expect(queue.deadLetters).toEqual(['a']);
  });

  it('leaves in the queue what its function has no room for', async () => {
    queue = new EmbeddedQueue(consume, { visibilitySeconds: 90, mostReceives: 3, mostAtOnce: 2 });
    answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      return taken;
    };
    for (const body of ['a', 'b', 'c']) queue.send(body);
    await settle();
    expect(received.map(({ body, at }) => ({ body, at }))).toEqual([
      { body: 'a', at: 0 },
      { body: 'b', at: 0 },
      { body: 'c', at: 10 },
    ]);
  });
});
