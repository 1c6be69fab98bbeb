import type { Fault } from '../base/fault';
import type { VendingPlan } from '../plan/plan';

/**
 * What an item of the ledger takes of a plan; the rest is for the item's key, and for stack instances to be removed,
 * which only the run knows.
 *
 * @evidence documented amazondynamodb/developerguide/Constraints: an item has at most 400 KB
 */
const MAX_PLAN_BYTES = 350 * 1024;

/**
 * What is remembered of each member of a group that can only be reached by SCIM: an id of the directory, in the item of
 * the tenant.
 */
const SCIM_MEMBER_BYTES = 50;
const MAX_SCIM_MEMBERS = Math.floor((200 * 1024) / SCIM_MEMBER_BYTES);

/**
 * A plan that the ledger could not keep is refused before anything is accepted. It names a member once for each of its
 * groups, so it may be larger than the desired state that it is made of.
 */
export function planSizeFaults(plan: VendingPlan): readonly Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(plan));
  const members = plan.groups.reduce((sum, group) => sum + group.members.length, 0);
  const faults: Fault[] = [];
  if (bytes > MAX_PLAN_BYTES) {
    const message = `would make a plan of ${bytes} bytes, with ${members} memberships in ${plan.groups.length} groups; at most ${MAX_PLAN_BYTES} (350 KB) can be kept. Send fewer people or roles, shorter euids, or shorter tags.`;
    faults.push({ field: fieldOfSize(plan, bytes), message, value: bytes, limit: MAX_PLAN_BYTES });
  }
  if ((plan.identityStore?.scim ?? null) !== null && members > MAX_SCIM_MEMBERS) {
    const message = `would make ${members} memberships; at most ${MAX_SCIM_MEMBERS} can be remembered where groups are reached by SCIM. Send fewer people or roles.`;
    faults.push({ field: 'userPermissions', message, value: members, limit: MAX_SCIM_MEMBERS });
  }
  const kept = bytesOfTenant(plan);
  if (kept > MAX_TENANT_BYTES) {
    const instances = plan.stackSets.reduce((sum, { regions }) => sum + regions.length, 0);
    const message = `would have ${kept} bytes remembered of the tenant, with ${plan.groups.length} groups, ${instances} stack instances and ${members} memberships; at most ${MAX_TENANT_BYTES} (300 KB) can be. Give the landing zone fewer role mappings, stack sets or regions.`;
    faults.push({ field: 'tenant.spec.landingZoneRef.name', message, value: kept, limit: MAX_TENANT_BYTES });
  }
  return faults;
}

/**
 * The rest of the tenant's item is for a refusal with all its faults, for lanes, and for what becomes of the account.
 */
const MAX_TENANT_BYTES = 300 * 1024;

/**
 * What is remembered of a stack instance, and of a group with the claim of its name, beside the words that the plan has
 * for them.
 */
const STACK_INSTANCE_BYTES = 400;
const GROUP_BYTES = 200;

/** A customization has twenty outputs of 500 characters at most. */
const CUSTOMIZATION_BYTES = 12 * 1024;

/** How large the tenant's item becomes by what steps remember of the plan; a little more than it can be. */
function bytesOfTenant({ groups, existingGroups, stackSets, customizations = [], identityStore }: VendingPlan): number {
  const { identityStoreId = '', scim = null } = identityStore ?? {};
  const bytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));
  const ofGroups = groups.map(({ name, members }) => {
    const added = scim === null ? 0 : (members.length + 2) * SCIM_MEMBER_BYTES;
    return GROUP_BYTES + bytes(identityStoreId) + 2 * bytes(name) + added;
  });
  const ofExisting = (existingGroups?.groups ?? []).map(
    ({ name, permissionSetArns }) =>
      GROUP_BYTES + bytes(identityStoreId) + bytes(name) + Buffer.byteLength(JSON.stringify(permissionSetArns)),
  );
  const ofInstances = stackSets.flatMap(({ name, homeRegion, regions }) =>
    regions.map((region) => STACK_INSTANCE_BYTES + bytes(name) + bytes(homeRegion) + bytes(region)),
  );
  const ofBuilds = customizations.map(({ inputs }) => CUSTOMIZATION_BYTES + Buffer.byteLength(JSON.stringify(inputs)));
  return [...ofGroups, ...ofExisting, ...ofInstances, ...ofBuilds].reduce((sum, one) => sum + one, 0);
}

/**
 * People are nearly always what is large; else it is tags, which each stack set and the landing zone's function are
 * given.
 */
function fieldOfSize({ groups, meshIdentifiers }: VendingPlan, bytes: number): string {
  return Buffer.byteLength(JSON.stringify([groups, meshIdentifiers])) > bytes / 2 ? 'userPermissions' : 'desiredState';
}
