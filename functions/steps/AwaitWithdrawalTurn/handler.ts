import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { stackSetIn } from '../../runtime/state-input';
import { waitingFunction } from '../../runtime/turn-function';
import { awaitWithdrawalTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitWithdrawalTurn', ({ session, queue, input }) =>
  awaitWithdrawalTurn({
    queue,
    stackSets: cloudformationStackSets(session),
    removal: stackSetIn(input),
  }),
);
