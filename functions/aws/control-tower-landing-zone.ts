import * as z from 'zod/mini';

import type { Registration, Standing } from '../domain/unregistered-unit';
import type { ControlTower, ControlTowerLandingZone } from '../ports/control-tower';
import { type AwsCaller, partitionOf } from './assumed-role';
import { calling } from './aws-error';
import { globalRegion } from './global-region';
import { controlTowerClient, type ControlTowerCall } from './control-tower-client';
import { sharedAccounts } from './shared-accounts';

/** `AWSControlTowerBaseline`, which a registered unit has; its id is the same everywhere. */
const BASELINE = '17BSJV3IGJ2QSGA2';

/** Control Tower in its home region; absent where nothing is enrolled, and so nobody asks. */
export function controlTowerLandingZone(
  caller: AwsCaller,
  homeRegion = globalRegion(caller)?.region ?? '',
): ControlTower {
  const call = controlTowerClient(caller, homeRegion);
  return {
    landingZone: () => calling('look at the landing zone of Control Tower', () => landingZone(call)),
    registrationOf: (unitArn) =>
      calling(`ask Control Tower about ${unitArn}`, () =>
        registrationOf(call, unitArn, baselineArn(caller, homeRegion)),
      ),
    enrollmentOf: (accountArn, unitArn) =>
      calling(`ask Control Tower about ${accountArn}`, () =>
        enrollmentOf(call, accountArn, unitArn, baselineArn(caller, homeRegion)),
      ),
  };
}

const baselineArn = (caller: AwsCaller, region: string): string =>
  `arn:${partitionOf(caller)}:controltower:${region}::baseline/${BASELINE}`;

const ListedSchema = z.object({ landingZones: z.array(z.object({ arn: z.string() })) });

const LandingZoneSchema = z.object({
  landingZone: z.object({
    version: z.string(),
    status: z._default(z.string(), 'ACTIVE'),
    remediationTypes: z._default(z.array(z.string()), []),
    manifest: z.unknown(),
  }),
});

/** There is one at most. Enrolling by itself is what Control Tower calls the remediation of inheritance drift. */
async function landingZone(call: ControlTowerCall): Promise<ControlTowerLandingZone | undefined> {
  const [first] = ListedSchema.parse(await call('ListLandingZones', {})).landingZones;
  if (first === undefined) return undefined;
  const answer = await call('GetLandingZone', { landingZoneIdentifier: first.arn });
  const { version, status, remediationTypes, manifest } = LandingZoneSchema.parse(answer).landingZone;
  return {
    ...{ version, status, enrollsByItself: remediationTypes.includes('INHERITANCE_DRIFT') },
    sharedAccounts: sharedAccounts(manifest),
  };
}

const BaselinesSchema = z.object({
  enabledBaselines: z.array(
    z.object({
      arn: z.string(),
      targetIdentifier: z.string(),
      /** Of an account: the enabled baseline of the unit that it is inherited from. */
      parentIdentifier: z.optional(z.string()),
      statusSummary: z.object({ status: z._default(z.string(), 'SUCCEEDED') }),
    }),
  ),
});

const REGISTRATIONS: Readonly<Record<string, Registration>> = { SUCCEEDED: 'registered', UNDER_CHANGE: 'changing' };

async function registrationOf(call: ControlTowerCall, unitArn: string, baseline: string): Promise<Registration> {
  const filter = { targetIdentifiers: [unitArn], baselineIdentifiers: [baseline] };
  const { enabledBaselines } = BaselinesSchema.parse(await call('ListEnabledBaselines', { filter }));
  const own = enabledBaselines.find(({ targetIdentifier }) => targetIdentifier === unitArn);
  return own === undefined ? 'absent' : (REGISTRATIONS[own.statusSummary.status] ?? 'failed');
}

/** An account inherits the baseline of its unit: what it has from another unit is of before its move. */
async function enrollmentOf(
  call: ControlTowerCall,
  accountArn: string,
  unitArn: string,
  baseline: string,
): Promise<Standing> {
  const filter = { targetIdentifiers: [accountArn, unitArn], baselineIdentifiers: [baseline] };
  const answer = await call('ListEnabledBaselines', { filter, includeChildren: true });
  const { enabledBaselines } = BaselinesSchema.parse(answer);
  const ofUnit = enabledBaselines.find(({ targetIdentifier }) => targetIdentifier === unitArn);
  const own = enabledBaselines.find(({ targetIdentifier }) => targetIdentifier === accountArn);
  if (own === undefined) return 'absent';
  if (ofUnit === undefined || own.parentIdentifier !== ofUnit.arn) return 'changing';
  return STANDINGS[own.statusSummary.status] ?? 'failed';
}

const STANDINGS: Readonly<Record<string, Standing>> = { SUCCEEDED: 'enrolled', UNDER_CHANGE: 'changing' };
