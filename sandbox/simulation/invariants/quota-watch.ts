import type { Call } from '../../organization/call-log';
import type { OrganizationState } from '../../organization/organization-state';
import { OTHERS } from '../../organization/services/cloudformation/stack-set-operation';
import { OTHER_USER } from '../other-users';
import type { Violations } from '../violations';

const THROTTLES = new Set(['TooManyRequestsException', 'ThrottlingException', 'Throttling']);
const PROVISIONING = new Set(['ProvisionProduct', 'UpdateProvisionedProduct', 'TerminateProvisionedProduct']);
const DEPLOYING = new Set(['CreateStackInstances', 'UpdateStackInstances', 'DeleteStackInstances']);

/** How the ids of operations begin that others have started. */
const OF_OTHERS = [OTHER_USER, OTHERS];

/**
 * We never exceed a quota of AWS ourselves, and never call so fast that AWS throttles us. What other users do, and what
 * the fault injector answers, does not count.
 */
export class QuotaWatch {
  readonly #violations: Violations;
  breaches = 0;
  throttles = 0;

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  look(call: Call, state: OrganizationState): void {
    if (call.callerFunction === null || call.injected) return;
    if (THROTTLES.has(call.outcome)) this.#throttled(call);
    if (call.outcome === 'ok') return;
    const breach = breachOf(call, state);
    if (breach === null) return;
    this.breaches += 1;
    this.#violations.add('never over a quota', `${call.callerFunction}: ${call.operation} ${breach}.`);
  }

  #throttled({ callerFunction, service, operation }: Call): void {
    this.throttles += 1;
    this.#violations.add('no throttle of our own making', `${callerFunction ?? ''}: ${service}:${operation}.`);
  }
}

/** What of our own was in the way; null where nothing was. */
function breachOf({ operation, outcome, input }: Call, state: OrganizationState): string | null {
  if (operation === 'CreateAccount') {
    const inFlight = [...state.creations.values()].filter((creation) => creation.state === 'IN_PROGRESS').length;
    return inFlight >= state.limits.concurrentCreations ? `with ${inFlight} creations in flight` : null;
  }
  if (operation === 'CloseAccount' && outcome === 'ConstraintViolationException') {
    const closing = [...state.accounts.values()].filter((account) => account.state === 'PENDING_CLOSURE').length;
    return closing >= state.limits.concurrentClosures
      ? `with ${closing} closings at work`
      : 'over the share of thirty days';
  }
  if (PROVISIONING.has(operation) && outcome === 'ResourceInUseException') {
    const own = ownAccountOperations(state);
    return own >= state.limits.concurrentAccountOperations ? `with ${own} account operations of ours at work` : null;
  }
  return DEPLOYING.has(operation) && outcome.startsWith('OperationInProgress')
    ? ownStackSetOperation(input, state)
    : null;
}

function ownAccountOperations({ accountFactory }: OrganizationState): number {
  const running = [...(accountFactory?.records.values() ?? [])].filter(
    ({ status, provisionedProductName }) =>
      (status === 'CREATED' || status === 'IN_PROGRESS') && provisionedProductName !== OTHER_USER,
  );
  return running.length;
}

function ownStackSetOperation(input: unknown, { stackSets }: OrganizationState): string | null {
  const name = typeof input === 'object' && input !== null && 'StackSetName' in input ? input.StackSetName : undefined;
  const stackSet = [...stackSets.values()].find((one) => one.name === name);
  const own = [...(stackSet?.operations.values() ?? [])].find(
    ({ id, status }) =>
      (status === 'RUNNING' || status === 'QUEUED') && !OF_OTHERS.some((prefix) => id.startsWith(prefix)),
  );
  return own === undefined ? null : `on ${stackSet?.name ?? ''} with an operation of ours at work`;
}
