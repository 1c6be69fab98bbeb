import { waitingFunction } from '../../runtime/turn-function';
import { awaitReconciliationTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitReconciliationTurn', ({ queue }) =>
  awaitReconciliationTurn({ queue }),
);
