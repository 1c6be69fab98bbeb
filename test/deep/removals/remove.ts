import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { ServiceRoleSeed } from '../../../sandbox/organization/organization-seed';
import { type Permission, without } from './permission';
import { play, type Played } from './played';
import type { Scenario } from './scenario';
import { firstDenied, isSame } from './use';

/** Plays the scenario without the permission. Null if that fails on exactly this; else what happened instead. */
export async function remove(
  permission: Permission,
  scenario: Scenario,
  configuration: Configuration,
  roles: readonly ServiceRoleSeed[],
): Promise<string | null> {
  const played = await without(permission, roles, (lacking) => play(scenario, configuration, lacking));
  if (played.succeeded && isBridged(permission, played)) return null;
  if (played.succeeded) return `all goes well all the same (${scenario.name})`;
  return failsOn(permission, played) ? null : `it fails on something else: ${wordsFor(played)}`;
}

/**
 * Where the work goes on without: an account whose alias may not be deleted gets another one, by which its name is free
 * all the same, and what may not be seen of AWS Config counts as absent. That it was refused is all there is to see:
 * these three are used by no step that needs their answer to go on, so a play that succeeds must still have met the
 * refusal of exactly this action, as the first that is final. Without the call nothing is bridged. What `PrepareAccess`
 * may not do is done by the states that come after it.
 */
const BRIDGED = ['iam:DeleteAccountAlias', 'config:DescribeConfigurationRecorders', 'config:DescribeDeliveryChannels'];

const isBridged = (permission: Permission, played: Played): boolean =>
  (BRIDGED.some((action) => isSame(permission.action, action)) || isOfPrepareAccess(permission)) &&
  failsOn(permission, played);

const isOfPrepareAccess = (permission: Permission): boolean =>
  permission.kind === 'statement' && permission.role === 'vending-PrepareAccess';

/** StackSets are no caller: what their administration role may not do shows at the stack instance. */
const ADMINISTRATION_ROLE = 'AWSCloudFormationStackSetAdministrationRole';

function failsOn(permission: Permission, played: Played): boolean {
  if (permission.kind !== 'row' && permission.role === ADMINISTRATION_ROLE) {
    return played.instanceReasons.some((reason) =>
      reason.includes(`trust relationship to Role '${ADMINISTRATION_ROLE}'`),
    );
  }
  const denied = firstDenied(played)?.deniedAction ?? '';
  const isOfAws =
    permission.kind === 'attached' || (permission.kind === 'row' && permission.column === 'managementPolicies');
  return isOfAws ? denied.startsWith('servicecatalog:') : isSame(denied, permission.action);
}

function wordsFor(played: Played): string {
  const { callerFunction, operation, deniedAction } = firstDenied(played) ?? {};
  const reasons = played.instanceReasons.join('; ');
  return deniedAction === undefined
    ? `nothing was denied. ${reasons}`
    : `${deniedAction} (${operation ?? ''} of ${callerFunction ?? 'nobody'})`;
}
