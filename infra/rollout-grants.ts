import type { FunctionGrant } from './function-grants';
import { allow, CONSUME, inPartitions, READING, WRITING } from './grant-statements';

/** Reads which configuration is released. Only the first state of a run, and rollouts, write it. */
export const readRelease: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, READING, ['RELEASE'])],
});

/** Releases the first configuration of a ledger. */
export const releaseFirst: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [inPartitions(tableArn, WRITING, ['RELEASE'])],
});

/** Reads and writes rollouts, tenant by tenant, and what they release. The conditions keep it to them. */
export const rolloutItems: FunctionGrant = ({ ledger: { tableArn } }) => ({
  statements: [
    inPartitions(tableArn, WRITING, ['RELEASE']),
    inPartitions(tableArn, [...WRITING, 'dynamodb:Query'], ['ROLLOUT*']),
  ],
});

/** Has rollouts begin or go on. */
export const requestRollouts: FunctionGrant = ({ rolloutQueue: { url, arn } }) => ({
  environment: { ROLLOUT_QUEUE_URL: url },
  statements: [allow(['sqs:SendMessage'], arn)],
});

/** Receives the parts of a rollout, and sends the next one with a delay. */
export const consumeRollouts: FunctionGrant = ({ rolloutQueue: { url, arn } }) => ({
  environment: { ROLLOUT_QUEUE_URL: url },
  statements: [allow([...CONSUME, 'sqs:SendMessage'], arn)],
});
