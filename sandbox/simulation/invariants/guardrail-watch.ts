import * as z from 'zod';

import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { LandingZone } from '../../../functions/domain/configuration/landing-zone';
import type { Call } from '../../organization/call-log';
import type { OrganizationState } from '../../organization/organization-state';
import type { LedgerMirror } from '../ledger-mirror';
import type { Violations } from '../violations';
import { type CallingRun, nameOfRun } from './run-watch';

const InputSchema = z.object({
  TargetId: z.string().default(''),
  PrincipalId: z.string().default(''),
  PrincipalType: z.string().default(''),
  GroupId: z.string().default(''),
  Path: z.string().default(''),
});

const MESH_IDB = '/meshidb/';

/**
 * Nobody is given anything in an account whose guardrails are not in place: the landing zone's unit, Control Tower's
 * governance there, and its stack sets. The organization itself is checked at the moment of each call that lets
 * somebody in: an assignment of a group that has members, a member of a group that has one, and a role of meshIdB. What
 * an account has already stays while its landing zone changes.
 */
export class GuardrailWatch {
  readonly #mirror: LedgerMirror;
  readonly #violations: Violations;
  readonly #configuration: () => Configuration;

  constructor(mirror: LedgerMirror, violations: Violations, configuration: () => Configuration) {
    this.#mirror = mirror;
    this.#violations = violations;
    this.#configuration = configuration;
  }

  look(call: Call, state: OrganizationState, run: CallingRun | null): void {
    if (run === null || (call.outcome !== 'ok' && call.outcome !== 'lost-answer')) return;
    for (const accountId of enteredBy(call, state)) this.#lookAt(accountId, call, state, run);
  }

  #lookAt(accountId: string, { callerFunction, operation }: Call, state: OrganizationState, run: CallingRun): void {
    const { platform, landingZones } = this.#configuration();
    const name = this.#mirror.landingZoneOf(run.tenantUuid, run.replicationSequence);
    const landingZone = name === undefined ? undefined : landingZones[name];
    const missing =
      landingZone === undefined
        ? [`a landing zone (${name ?? 'none'})`]
        : missingIn(state, accountId, landingZone, platform);
    if (missing.length === 0) return;
    const seen = `${callerFunction ?? ''} (${operation}) of ${nameOfRun(run)} let somebody into ${accountId} without ${missing.join(', ')}.`;
    this.#violations.add('nobody gets in before the guardrails', seen);
  }
}

/** Into which accounts somebody gets by this call who did not get in before. */
function enteredBy({ operation, input, principal }: Call, { identityCenter }: OrganizationState): readonly string[] {
  const { TargetId, PrincipalId, PrincipalType, GroupId, Path } = InputSchema.parse(input);
  switch (operation) {
    case 'CreateAccountAssignment':
      return PrincipalType === 'GROUP' && isEmpty(identityCenter, PrincipalId) ? [] : [TargetId];
    case 'CreateGroupMembership':
      return (identityCenter?.assignments.having('principalId', GroupId) ?? []).map(({ accountId }) => accountId);
    case 'CreateRole':
      return Path === MESH_IDB && principal !== null ? [principal.accountId] : [];
    default:
      return [];
  }
}

const isEmpty = (center: OrganizationState['identityCenter'], groupId: string): boolean =>
  center?.memberships.having('groupId', groupId).length === 0;

function missingIn(
  state: OrganizationState,
  accountId: string,
  { awsTargetOrgUnitId, awsEnrollAccount, stackSets }: LandingZone,
  { enrollmentConfiguration, workspaceOrgUnits }: Configuration['platform'],
): readonly string[] {
  const parentId = state.accounts.get(accountId)?.parentId ?? '';
  // Where the landing zone names no unit, each workspace has one in the configured parent.
  const isThere =
    awsTargetOrgUnitId === null
      ? state.units.get(parentId)?.parentId === workspaceOrgUnits?.parentOrgUnitId
      : parentId === awsTargetOrgUnitId;
  const isEnrolled = enrollmentConfiguration === undefined || !awsEnrollAccount || isGoverned(state, accountId);
  const outdated = stackSets.flatMap(({ name, regions }) =>
    regions.filter((region) => !isCurrent(state, accountId, name, region)).map((region) => `${name} in ${region}`),
  );
  return [
    ...(isThere ? [] : [`its unit ${awsTargetOrgUnitId ?? 'of the workspace'}`]),
    ...(isEnrolled ? [] : ['Control Tower']),
    ...outdated,
  ];
}

/** Control Tower manages it in the unit in which it is, whatever became of its product since. */
function isGoverned({ accounts, inheritedBaselines }: OrganizationState, accountId: string): boolean {
  const baseline = inheritedBaselines.get(accountId);
  return baseline?.status === 'SUCCEEDED' && baseline.unitId === accounts.get(accountId)?.parentId;
}

const isCurrent = ({ stackSets }: OrganizationState, accountId: string, name: string, region: string): boolean =>
  [...stackSets.values()]
    .filter((stackSet) => stackSet.name === name)
    .some(({ instances }) =>
      instances.having('accountId', accountId).some((one) => one.region === region && one.status === 'CURRENT'),
    );
