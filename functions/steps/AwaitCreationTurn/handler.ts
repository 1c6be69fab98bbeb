import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { waitingFunction } from '../../runtime/turn-function';
import { awaitCreationTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitCreationTurn', ({ session, queue, turns }) =>
  awaitCreationTurn({
    queue,
    turns,
    directory: organizationsAccountDirectory(session),
  }),
);
