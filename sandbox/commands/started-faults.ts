import type { Random } from '../organization/draw';
import { type Fault, type FaultInjector, type PendingCall, throttleOf } from '../organization/fault-injector';
import type { FaultName } from '../simulation/fault-name';

/** What AWS itself can do wrong, of all that a simulation knows: the rest is done by people and by their tools. */
export const STARTED_FAULTS = [
  'creation-failures',
  'factory-failed',
  'stack-instance-failures',
  'stack-set-busy',
  'throttles',
  'errors',
  'connection-resets',
  'lost-responses',
] as const satisfies readonly FaultName[];

export type StartedFault = (typeof STARTED_FAULTS)[number];

/** How many calls of functions meet a fault; each call at most one. */
const SHARE_OF_CALLS = 0.1;

/**
 * Lets the local AWS fail in named ways, so that a person can see each of them and mend it: the first operation on each
 * account, stack instance or stack set fails, and the next one goes well. Calls fail at random, one in ten.
 */
export function startedFaults(names: ReadonlySet<StartedFault>, random: Random): FaultInjector {
  const seen = new Set<string>();
  const isFirst = (name: StartedFault, ...of: readonly string[]): boolean => {
    const key = [name, ...of].join(' ');
    if (!names.has(name) || seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const ofCalls = callFaults(names);
  return {
    // Calls that people make meet no faults.
    beforeCall: (call) =>
      call.callerFunction === null || random() >= SHARE_OF_CALLS ? undefined : drawn(ofCalls, call, random),
    accountCreation: ({ email }) => (isFirst('creation-failures', email) ? 'ACCOUNT_LIMIT_EXCEEDED' : undefined),
    accountFactory: ({ email }) =>
      isFirst('factory-failed', email) ? 'AWS Control Tower could not baseline the account.' : undefined,
    stackInstance: ({ stackSet, accountId, region }) =>
      isFirst('stack-instance-failures', stackSet, accountId, region)
        ? { status: 'OUTDATED', reason: 'Resource creation cancelled' }
        : undefined,
    stackSetChange: ({ stackSet }) => isFirst('stack-set-busy', stackSet),
  };
}

type CallFault = (call: PendingCall) => Fault;

const callFaults = (names: ReadonlySet<StartedFault>): readonly CallFault[] => {
  const byName: Readonly<Partial<Record<StartedFault, CallFault>>> = {
    throttles: ({ service }) => ({ kind: 'error', ...throttleOf(service) }),
    errors: () => ({ kind: 'error', code: 'InternalFailure', status: 500, message: 'An internal error occurred.' }),
    'connection-resets': () => ({ kind: 'connection-reset' }),
    'lost-responses': () => ({ kind: 'lost-answer' }),
  };
  return [...names].flatMap((name) => byName[name] ?? []);
};

const drawn = (faults: readonly CallFault[], call: PendingCall, random: Random): Fault | undefined =>
  faults[Math.floor(random() * faults.length)]?.(call);
