import * as z from 'zod';
import { arnIn } from '../../arn';
import type { MovedAccountShows } from '../../organization-seed';
import type { OrganizationState, Unit } from '../../organization-state';
import type { CallContext } from '../operation';
import { type Page, pageInput, pageOf } from './control-tower-paging';
import { enabledBaselineId, statusOfUnit, versionOfUnit } from './enabled-baselines';
import { hasBaseline } from './governance';
import { serviceIntegrations } from './service-integrations';
import { landingZoneHere } from './landing-zone';

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
  if (landingZone === undefined) {
    return { enabledBaselines: [] };
  }
  const { state, region } = context;
  const enabledArn = (id: string): string =>
    landingZone.arn.replace(/landingzone\/.*$/, `enabledbaseline/${enabledBaselineId(id)}`);
  const enabled = [
    ...ofUnits(state, region, enabledArn),
    ...ofServiceIntegrations(state, region, enabledArn),
    ...(includeChildren ? ofAccounts(state, region, enabledArn) : []),
  ];
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

interface EnabledBaseline {
  readonly arn: string;
  readonly baselineIdentifier: string;
  readonly baselineVersion: string;
  readonly targetIdentifier: string;
  readonly parentIdentifier?: string;
  readonly statusSummary: { readonly status: string; readonly lastOperationIdentifier?: string };
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
const ofUnits = (state: OrganizationState, region: string, enabledArn: ArnOf): readonly EnabledBaseline[] =>
  [...state.units.values()].filter(hasBaseline).map((unit) => ({
    arn: enabledArn(unit.id),
    ...{
      baselineIdentifier: arnOf(state, region, baselineOf(unit)),
      baselineVersion: versionOfUnit(state, unit.id),
      targetIdentifier: unit.arn,
    },
    statusSummary: statusOfUnit(state, unit.id),
    driftStatusSummary: driftOf(
      [...state.inheritedBaselines].some(
        ([id, { unitId }]) => unitId !== unit.id && state.accounts.get(id)?.parentId === unit.id,
      ),
    ),
  }));

const baselineOf = ({ registered }: Pick<Unit, 'registered'>): string =>
  registered ? 'AWSControlTowerBaseline' : 'ConfigBaseline';

const ofServiceIntegrations = (
  state: OrganizationState,
  region: string,
  enabledArn: ArnOf,
): readonly EnabledBaseline[] =>
  serviceIntegrations(state.seed).flatMap(({ id, names }) =>
    names.map((name) => ({
      arn: enabledArn(`${name}${id}`),
      ...{
        baselineIdentifier: arnOf(state, region, name),
        baselineVersion: '1.0',
        targetIdentifier: state.accounts.get(id)?.arn ?? '',
      },
      statusSummary: { status: 'SUCCEEDED' },
    })),
  );

/**
 * Without automatic enrollment, an account that was moved by hand keeps the baseline of the unit that it comes from,
 * and has drifted.
 */
const ofAccounts = (state: OrganizationState, region: string, enabledArn: ArnOf): readonly EnabledBaseline[] =>
  [...state.inheritedBaselines].map(([id, { unitId, status, version, operationId }]) => {
    const parentId = shownParent(state, id, unitId);
    return {
      arn: enabledArn(id),
      baselineIdentifier: arnOf(state, region, baselineOf(state.units.get(unitId) ?? { registered: true })),
      ...{ baselineVersion: version ?? versionOfUnit(state, unitId) },
      ...{ targetIdentifier: state.accounts.get(id)?.arn ?? '' },
      ...(parentId === null ? {} : { parentIdentifier: enabledArn(parentId) }),
      // @evidence example controltower/userguide/baseline-api-examples: a child names its last operation, too
      statusSummary: { status, ...(operationId === undefined ? {} : { lastOperationIdentifier: operationId }) },
      driftStatusSummary: driftOf(state.accounts.get(id)?.parentId !== unitId),
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
  { accounts, units, seed: { controlTower } }: OrganizationState,
  accountId: string,
  formerId: string,
): string | null {
  const unitId = accounts.get(accountId)?.parentId ?? formerId;
  if (unitId === formerId) return formerId;
  const shows = controlTower?.movedAccountShows ?? SHOWN[Number(accountId.slice(-1)) % SHOWN.length];
  if (shows !== 'new unit') return shows === 'no unit' ? null : formerId;
  const unit = units.get(unitId);
  return unit !== undefined && hasBaseline(unit) ? unitId : null;
}

const SHOWN: readonly MovedAccountShows[] = ['former unit', 'no unit', 'new unit'];
