import * as z from 'zod';
import { arnIn } from '../../arn';
import type { Account, OrganizationState } from '../../organization-state';
import type { CallContext } from '../operation';
import { type Page, pageInput, pageOf } from './control-tower-paging';
import { inheritances, statusOfUnit, versionOfUnit } from './enabled-baselines';
import { accountArn } from '../organizations/arns';
import { hasBaseline } from './governance';
import { serviceIntegrations } from './service-integrations';
import { enabledArn, type LandingZone, landingZoneHere } from './landing-zone';

/**
 * By name, the end of the ARN.
 *
 * @evidence example controltower/userguide/baseline-api-examples: ListBaselines with these names and ids
 * @evidence documented controltower/userguide/types-of-baselines: CentralConfigBaseline and
 *   CentralSecurityRolesBaseline from 4.0 on
 * @evidence documented controltower/userguide/importing-existing: to enable AWS Config recording on an OU enables
 *   ConfigBaseline; that it came with 4.0 is our reading
 *
 * The ids of those three are our own: a baseline is found by its name.
 */
const BASELINES = {
  AuditBaseline: '4T4HA1KMO10S6311',
  LogArchiveBaseline: 'J8HX46AHS5MIKQPD',
  IdentityCenterBaseline: 'LN25R72TTG6IGPTQ',
  AWSControlTowerBaseline: '17BSJV3IGJ2QSGA2',
  BackupCentralVaultBaseline: '3WPD0NA6TJ9AOMU2',
  BackupAdminBaseline: 'H6C5JFCJJ3CPU3J5',
  BackupBaseline: 'APO9ATVPBKFRRGLK',
  CentralConfigBaseline: '7X2CENTRALCONFIG',
  CentralSecurityRolesBaseline: '7X2CENTRALROLES1',
  ConfigBaseline: '7X2CONFIGBASELNE',
} as const;

const arnOf = ({ seed }: OrganizationState, region: string, name: string): string =>
  arnIn(seed, `controltower:${region}::baseline/${new Map(Object.entries(BASELINES)).get(name) ?? name}`);

export const listBaselinesInput = z.object(pageInput(4, 100));

export function listBaselines(context: CallContext, page: Page): object {
  const { items, rest } = pageOf(Object.keys(BASELINES), page);
  const baselines = items.map((name) => ({ arn: arnOf(context.state, context.region, name), name, description: name }));
  return { baselines, ...rest };
}

const arns = z.array(z.string().min(20).max(2048)).min(1).max(5).optional();

export const enabledBaselinesInput = z.object({
  filter: z.object({ targetIdentifiers: arns, baselineIdentifiers: arns, parentIdentifiers: arns }).optional(),
  includeChildren: z.boolean().optional(),
  ...pageInput(5, 100),
});

/**
 * What is enabled on units and service integration accounts; accounts, which inherit it, are shown only to who asks for
 * children.
 *
 * @evidence documented controltower/userguide/types-of-baselines: a child enabled baseline is shown with
 *   includeChildren
 * @evidence documented controltower/userguide/types-of-baselines: while the landing zone is set up, baselines are
 *   enabled on the service integration accounts themselves
 */
export function listEnabledBaselines(context: CallContext, input: z.infer<typeof enabledBaselinesInput>): object {
  const { filter = {}, includeChildren = false } = input;
  const landingZone = landingZoneHere(context);
  const enabled = landingZone === undefined ? [] : enabledIn(context, landingZone, includeChildren);
  const isAsked = (wanted: readonly string[] | undefined, one: string) => wanted?.includes(one) ?? true;
  const { items, rest } = pageOf(
    enabled.filter(
      (one) =>
        isAsked(filter.targetIdentifiers, one.targetIdentifier) &&
        isAsked(filter.baselineIdentifiers, one.baselineIdentifier) &&
        isAsked(filter.parentIdentifiers, one.parentIdentifier ?? ''),
    ),
    input,
  );
  return { enabledBaselines: items, ...rest };
}

function enabledIn({ state, region }: CallContext, landingZone: LandingZone, includeChildren: boolean) {
  const baselineArn = (id: string): string => enabledArn(landingZone, 'enabledbaseline', id);
  return [
    ...ofUnits(state, region, baselineArn),
    ...ofServiceIntegrations(state, region, baselineArn),
    ...(includeChildren ? ofAccounts(state, region, baselineArn) : []),
  ];
}

interface EnabledBaseline {
  readonly arn: string;
  readonly baselineIdentifier: string;
  readonly baselineVersion: string;
  readonly targetIdentifier: string;
  readonly parentIdentifier?: string;
  readonly statusSummary: { readonly status: string; readonly lastOperationIdentifier?: string | undefined };
  readonly driftStatusSummary?: Drift;
}

interface Drift {
  readonly types: { readonly inheritance: { readonly status: 'IN_SYNC' | 'DRIFTED' } };
}

const driftOf = (isDrifted: boolean): Drift => ({
  types: { inheritance: { status: isDrifted ? 'DRIFTED' : 'IN_SYNC' } },
});

type ArnOf = (id: string) => string;

/**
 * @evidence documented controltower/APIReference/API_EnabledBaselineDriftTypes: the parent has drifted as well as the
 *   child
 */
const ofUnits = (state: OrganizationState, region: string, baselineArn: ArnOf): readonly EnabledBaseline[] =>
  [...state.units.values()].filter(hasBaseline).map((unit) => ({
    arn: baselineArn(unit.id),
    baselineIdentifier: arnOf(state, region, baselineOf(state, unit.id)),
    baselineVersion: versionOfUnit(state, unit.id),
    targetIdentifier: unit.arn,
    statusSummary: statusOfUnit(state, unit.id),
    driftStatusSummary: driftOf(
      inheritances(state).some(([{ parentId }, { unitId }]) => unitId !== unit.id && parentId === unit.id),
    ),
  }));

const baselineOf = ({ units }: OrganizationState, unitId: string): string =>
  units.get(unitId)?.registered === false ? 'ConfigBaseline' : 'AWSControlTowerBaseline';

const ofServiceIntegrations = (
  state: OrganizationState,
  region: string,
  baselineArn: ArnOf,
): readonly EnabledBaseline[] =>
  serviceIntegrations(state).map(({ id, name }) => ({
    arn: baselineArn(`${name}${id}`),
    baselineIdentifier: arnOf(state, region, name),
    baselineVersion: '1.0',
    targetIdentifier: accountArn(state.seed, id),
    statusSummary: { status: 'SUCCEEDED' },
  }));

/**
 * Without automatic enrollment, an account that was moved by hand keeps the baseline of the unit that it comes from,
 * and has drifted.
 */
const ofAccounts = (state: OrganizationState, region: string, baselineArn: ArnOf): readonly EnabledBaseline[] =>
  inheritances(state).map(([account, { unitId, status, version, operationId }]) => {
    const parentId = shownParent(state, account, unitId);
    return {
      arn: baselineArn(account.id),
      baselineIdentifier: arnOf(state, region, baselineOf(state, unitId)),
      baselineVersion: version ?? versionOfUnit(state, unitId),
      targetIdentifier: account.arn,
      ...(parentId === null ? {} : { parentIdentifier: baselineArn(parentId) }),
      // @evidence example controltower/userguide/baseline-api-examples: a child names its last operation, too
      statusSummary: { status, lastOperationIdentifier: operationId },
      driftStatusSummary: driftOf(account.parentId !== unitId),
    };
  });

/**
 * AWS's pages do not agree on what a moved account names as its parent, so any of the three is drawn. That it has
 * drifted is told in each case.
 *
 * @evidence documented controltower/userguide/governance-drift: ListEnabledBaselines with includeChildren tells that a
 *   moved account has drifted
 * @evidence documented controltower/userguide/types-of-baselines: one that has drifted may be linked to no parent any
 *   more
 * @evidence documented controltower/APIReference/API_EnabledBaselineDriftTypes: it may not match the configuration of a
 *   new parent
 * @evidence assumed controltower/userguide/governance-drift: it goes on naming its former parent (decided by: one
 *   account moved by hand on AWS)
 */
function shownParent(
  { units, controlTower: { setup } }: OrganizationState,
  { id, parentId }: Account,
  formerId: string,
): string | null {
  if (parentId === formerId) return formerId;
  const unit = units.get(parentId);
  const newId = unit !== undefined && hasBaseline(unit) ? unit.id : null;
  const shown = { 'former unit': formerId, 'no unit': null, 'new unit': newId };
  return shown[setup.movedAccountShows(id)];
}
