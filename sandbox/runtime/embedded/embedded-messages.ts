import type { EmbeddedQueue } from './embedded-queue';
import type { FunctionDeps } from './interruptible-deps';

/** As the adapter delays it in SQS. */
export const LOOK_AFTER_SECONDS = 15 * 60;

type QueueName = 'runWatch' | 'reconciliations' | 'preflights' | 'adoptions' | 'rollouts';

/**
 * What functions send each other.
 *
 * @param queues asked for with each message: queues and functions know each other
 */
export const messagesInto = (
  queues: () => Readonly<Record<QueueName, EmbeddedQueue>>,
): Pick<FunctionDeps, 'watch' | 'passes' | 'preflights' | 'adoptions' | 'rollouts'> => {
  const send = (name: QueueName, message: object, delaySeconds?: number): Promise<void> => {
    queues()[name].send(JSON.stringify(message), delaySeconds);
    return Promise.resolve();
  };
  return {
    watch: { watch: (watched) => send('runWatch', watched, LOOK_AFTER_SECONDS) },
    passes: { send: (part, delaySeconds) => send('reconciliations', part, delaySeconds) },
    preflights: { send: (id) => send('preflights', { id }) },
    adoptions: { send: (part, delaySeconds) => send('adoptions', part, delaySeconds) },
    rollouts: { send: (part, delaySeconds) => send('rollouts', part, delaySeconds) },
  };
};
