import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import type { FunctionGrant } from './function-grants';

/** A receive is the only way to see a message, and its visibility the way to leave it as it was. */
const HANDLING = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];

/** Shows dead letters, returns them to the queue that they were meant for, and deletes them. */
export const handleDeadLetters: FunctionGrant = ({ deadLetters: { queues, arns, sourceArns } }) => ({
  environment: { DEAD_LETTER_QUEUES: JSON.stringify(queues) },
  statements: [
    new PolicyStatement({ actions: HANDLING, resources: [...arns] }),
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [...sourceArns] }),
  ],
});
