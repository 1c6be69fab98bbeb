import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { waitingFunction } from '../../runtime/turn-function';
import { awaitCreationTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitCreationTurn', ({ caller, queue, turns }) =>
  awaitCreationTurn({
    queue,
    turns,
    directory: organizationsAccountDirectory(caller),
  }),
);
