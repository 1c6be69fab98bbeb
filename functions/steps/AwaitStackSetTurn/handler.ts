import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { stackSetIn } from '../../runtime/state-input';
import { waitingFunction } from '../../runtime/turn-function';
import { awaitStackSetTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitStackSetTurn', ({ session, queue, input }) =>
  awaitStackSetTurn({
    queue,
    stackSets: cloudformationStackSets(session),
    stackSet: stackSetIn(input),
  }),
);
