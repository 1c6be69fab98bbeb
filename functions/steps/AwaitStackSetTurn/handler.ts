import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { secondsUntilRolesCount } from '../../domain/run/changes-of-run';
import { stackSetIn } from '../../runtime/state-input';
import { waitingFunction } from '../../runtime/turn-function';
import { awaitStackSetTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitStackSetTurn', ({ session, queue, run, input }) =>
  awaitStackSetTurn({
    queue,
    stackSets: cloudformationStackSets(session),
    stackSet: stackSetIn(input),
    rolesCountFrom: (now) => new Date(now.getTime() + 1000 * secondsUntilRolesCount(run, now)),
  }),
);
