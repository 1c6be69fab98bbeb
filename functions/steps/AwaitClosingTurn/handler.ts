import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { waitingFunction } from '../../runtime/turn-function';
import { awaitClosingTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitClosingTurn', ({ session, queue, turns }) =>
  awaitClosingTurn({
    queue,
    turns,
    directory: organizationsAccountDirectory(session),
  }),
);
