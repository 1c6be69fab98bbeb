import * as z from 'zod/mini';

import type { Governance, Registration, Standing } from '../../domain/enrollment/governance';
import type { ControlTower, ControlTowerLandingZone, SharedAccount } from '../../ports/control-tower';
import { globalRegion } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling } from '../base/aws-error';
import type { AwsSettings } from '../base/aws-settings';
import { type ControlTowerCall, controlTowerClient } from './control-tower-client';
import { ControlTowerLists, type EnabledBaseline } from './control-tower-lists';

/** Control Tower in its home region; absent where nothing is enrolled, and so nobody asks. */
export function controlTowerLandingZone(
  session: AwsSession,
  homeRegion = globalRegion(session)?.region ?? '',
): ControlTower {
  const call = controlTowerClient(session, homeRegion);
  const lists = new ControlTowerLists(call, session.settings);
  return {
    landingZone: () => calling('look at the landing zone of Control Tower', () => landingZone(call)),
    registrationOf: (unitArn) =>
      calling(`ask Control Tower about ${unitArn}`, () => registrationOf(call, lists, unitArn)),
    baselineOf: (unitArn) =>
      calling(`ask Control Tower about ${unitArn}`, async () => {
        const own = baselineOf(await lists.enabledBaselines({ targetIdentifiers: [unitArn] }), unitArn);
        return own === undefined ? null : { name: own.name ?? '', version: own.baselineVersion ?? null };
      }),
    enrollmentOf: (accountArn, unitArn) =>
      calling(`ask Control Tower about ${accountArn}`, () => enrollmentOf(call, lists, accountArn, unitArn)),
    governanceOf: (accountArn, unitArn) =>
      calling(`ask Control Tower about ${accountArn}`, () => governanceOf(call, lists, accountArn, unitArn)),
  };
}

const ListedSchema = z.object({ landingZones: z.array(z.object({ arn: z.string() })) });

const LandingZoneSchema = z.object({
  landingZone: z.object({
    version: z.string(),
    status: z._default(z.string(), 'ACTIVE'),
    remediationTypes: z._default(z.array(z.string()), []),
    manifest: z.unknown(),
  }),
});

const RegionsSchema = z.object({ governedRegions: z.array(z.string()) });

/** There is one at most. Enrolling by itself is what Control Tower calls the remediation of inheritance drift. */
async function landingZone(call: ControlTowerCall): Promise<ControlTowerLandingZone | undefined> {
  const [first] = ListedSchema.parse(await call('ListLandingZones', {})).landingZones;
  if (first === undefined) return undefined;
  const answer = await call('GetLandingZone', { landingZoneIdentifier: first.arn });
  const { version, status, remediationTypes, manifest } = LandingZoneSchema.parse(answer).landingZone;
  return {
    version,
    status,
    enrollsByItself: remediationTypes.includes('INHERITANCE_DRIFT'),
    sharedAccounts: sharedAccounts(manifest),
    governedRegions: RegionsSchema.safeParse(manifest).data?.governedRegions ?? null,
  };
}

/**
 * From 4.0 on, no baseline says nothing: controls alone make a unit governed. That stays so, and is asked for once in
 * the life of a function's environment; what is below 4.0 is asked for each time, since it may have been updated.
 *
 * @evidence documented controltower/userguide/key-changes-lz-v4: the baseline alone no longer tells whether an OU is
 *   registered
 * @evidence documented controltower/userguide/lz-version-selection: an update keeps the version of the landing zone or
 *   brings a newer one
 */
async function tellsByBaselines(call: ControlTowerCall, settings: AwsSettings): Promise<boolean> {
  if (tellingByControls.has(settings)) return false;
  const { version } = (await landingZone(call)) ?? { version: '0' };
  if (Number(version.split('.')[0]) < 4) return true;
  tellingByControls.add(settings);
  return false;
}

const tellingByControls = new WeakSet<AwsSettings>();

/** What a unit may have for its accounts: one of the two. */
const UNIT_BASELINES: readonly (string | null)[] = ['AWSControlTowerBaseline', 'ConfigBaseline'];

/** What an account may have from its unit; every other baseline belongs to a service integration account. */
const ACCOUNT_BASELINES: readonly (string | null)[] = [...UNIT_BASELINES, 'BackupBaseline', null];

const baselineOf = (enabled: readonly EnabledBaseline[], target: string): EnabledBaseline | undefined =>
  enabled.find(({ targetIdentifier, name }) => targetIdentifier === target && UNIT_BASELINES.includes(name));

const REGISTRATIONS: Readonly<Record<string, Registration>> = { SUCCEEDED: 'registered', UNDER_CHANGE: 'changing' };

async function registrationOf(
  call: ControlTowerCall,
  lists: ControlTowerLists,
  unitArn: string,
): Promise<Registration> {
  const own = baselineOf(await lists.enabledBaselines({ targetIdentifiers: [unitArn] }), unitArn);
  if (own !== undefined) return REGISTRATIONS[own.status] ?? 'failed';
  if (await tellsByBaselines(call, lists.settings)) return 'absent';
  return (await lists.hasControls(unitArn)) ? 'controlled' : 'untold';
}

/**
 * An account inherits the baseline of its unit. What it has from another unit, or from none any more, dates from before
 * a move, and so does what has drifted: AWS's pages do not agree on which of them an account moved by hand shows.
 *
 * @evidence documented controltower/userguide/baseline-api-examples: parentIdentifier is the enabled baseline of the
 *   unit
 * @evidence documented controltower/userguide/types-of-baselines: one that has drifted may be linked to no parent any
 *   more
 * @evidence documented controltower/APIReference/API_EnabledBaselineDriftTypes: it has drifted where it does not match
 *   a parent, possibly a new one
 */
const isInherited = ({ parentIdentifier, isDrifted }: EnabledBaseline, ofUnit: EnabledBaseline | undefined): boolean =>
  parentIdentifier === ofUnit?.arn && !isDrifted;

async function enrollmentOf(
  call: ControlTowerCall,
  lists: ControlTowerLists,
  accountArn: string,
  unitArn: string,
): Promise<Standing> {
  const enabled = await lists.enabledBaselines({ targetIdentifiers: [accountArn, unitArn] });
  const ofUnit = baselineOf(enabled, unitArn);
  const own = baselineOf(enabled, accountArn);
  if (own === undefined) {
    return ofUnit === undefined && (await isControlled(call, lists, accountArn)) ? 'enrolled' : 'absent';
  }
  if (!isInherited(own, ofUnit)) return 'changing';
  return STANDINGS[own.status] ?? 'failed';
}

const STANDINGS: Readonly<Record<string, Standing>> = { SUCCEEDED: 'enrolled', UNDER_CHANGE: 'changing' };

/** @param unitArn asked about in the same call */
async function governanceOf(
  call: ControlTowerCall,
  lists: ControlTowerLists,
  accountArn: string,
  unitArn?: string,
): Promise<Governance> {
  const enabled = await lists.enabledBaselines({
    targetIdentifiers: unitArn === undefined ? [accountArn] : [accountArn, unitArn],
  });
  const ofAccount = enabled.filter(({ targetIdentifier }) => targetIdentifier === accountArn);
  if (ofAccount.some(({ name }) => !ACCOUNT_BASELINES.includes(name))) return 'shared';
  const own = baselineOf(ofAccount, accountArn);
  const ofUnit = unitArn === undefined ? undefined : baselineOf(enabled, unitArn);
  if (own === undefined) {
    if (!(await isControlled(call, lists, accountArn))) return 'none';
    return ofUnit === undefined ? 'controlled' : 'failed';
  }
  const governance = GOVERNANCES[own.status] ?? 'failed';
  const isElsewhere = unitArn !== undefined && !isInherited(own, ofUnit);
  return governance === 'enrolled' && isElsewhere ? 'elsewhere' : governance;
}

const GOVERNANCES: Readonly<Record<string, Governance>> = { SUCCEEDED: 'enrolled', UNDER_CHANGE: 'changing' };

const isControlled = async (call: ControlTowerCall, lists: ControlTowerLists, arn: string): Promise<boolean> =>
  !(await tellsByBaselines(call, lists.settings)) && (await lists.hasControls(arn));

/**
 * The accounts that the manifest of a landing zone names. Its parts differ from version to version, and an account is
 * named by `accountId` in all of them, so every `accountId` counts, wherever it is.
 *
 * @evidence documented controltower/userguide/lz-manifest-file: centralizedLogging.accountId and
 *   securityRoles.accountId
 * @evidence documented controltower/userguide/lz-api-launch: in 4.0 also config.accountId, and backup.configurations
 *   with backupAdmin and centralBackup
 */
function sharedAccounts(manifest: unknown): readonly SharedAccount[] {
  const found = accountsIn(manifest, []);
  return [...new Map(found.toReversed().map((account) => [account.id, account])).values()].toReversed();
}

function accountsIn(node: unknown, path: readonly string[]): readonly SharedAccount[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: readonly [string, unknown]) =>
    key === 'accountId' && typeof value === 'string' && /^\d{12}$/.test(value)
      ? [{ id: value, part: path.join('.') }]
      : accountsIn(value, [...path, key]),
  );
}
