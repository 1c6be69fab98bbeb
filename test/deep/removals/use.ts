import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { Call } from '../../../sandbox/organization/call-log';
import type { Permission } from './permission';
import type { Played } from './played';

const { managementAccountId, automationAccountId } = exampleOrganization();

/** Whether a scenario has used a permission. A policy of AWS counts as used where Service Catalog is called with it. */
export function isUsed(permission: Permission, { calls, usedActions }: Played): boolean {
  switch (permission.kind) {
    case 'statement':
      return usedActions.get(permission.role)?.has(permission.action.toLowerCase()) === true;
    case 'attached':
      return [...(usedActions.get(permission.role) ?? [])].some((action) => action.startsWith('servicecatalog:'));
    case 'row': {
      const { state, column, action } = permission;
      if (column === 'managementPolicies') return callsServiceCatalog(calls, state);
      const ofStep = calls.filter((call) => call.callerFunction === state && columnOf(call) === column);
      return ofStep.some(
        ({ actions, deniedAction }) => deniedAction === null && actions.some((one) => isSame(one, action)),
      );
    }
  }
}

const callsServiceCatalog = (calls: readonly Call[], state: string): boolean =>
  calls.some(({ callerFunction, service }) => callerFunction === state && service === 'servicecatalog');

/** Where a session works. The way into a member account is no business of a row. */
function columnOf({ principal, service }: Call): 'management' | 'automation' | 'member' | null {
  if (principal?.kind !== 'session' || service === 'sts') return null;
  if (principal.accountId === managementAccountId) return 'management';
  return principal.accountId === automationAccountId ? 'automation' : 'member';
}

/** The first thing that was refused for good. */
export const firstDenied = ({ calls }: Played): Call | undefined =>
  calls.find((call) => call.deniedAction !== null && !call.notYet && !isTriedInVain(call, calls));

/**
 * A preflight sees that roles let nobody in without the ExternalId. That is meant to be refused only where the same
 * role has let it in with the ExternalId: a preflight that lacks the right is refused in both, and the refusal counts.
 */
const isTriedInVain = (call: Call, calls: readonly Call[]): boolean =>
  isByPreflight(call) &&
  !hasExternalId(call) &&
  calls.some(
    (other) => isByPreflight(other) && hasExternalId(other) && other.outcome === 'ok' && isOfSameRole(other, call),
  );

const isByPreflight = ({ callerFunction, operation }: Call): boolean =>
  callerFunction === 'RunPreflight' && operation === 'AssumeRole';

const hasExternalId = ({ input }: Call): boolean => JSON.stringify(input).includes('"ExternalId"');

const roleOf = ({ input }: Call): string | undefined => /"RoleArn":"([^"]+)"/u.exec(JSON.stringify(input))?.[1];

const isOfSameRole = (one: Call, other: Call): boolean => roleOf(one) === roleOf(other);

/** IAM does not mind the case of actions. */
export const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
