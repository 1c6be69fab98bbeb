import { RejectedError } from '../base/errors';
import type { VendingPlan } from '../plan/plan';

/**
 * How Control Tower stands to an account, wherever that is, by whatever way it was enrolled.
 *
 * - `enrolled`: it has a baseline. Provisioned products do not tell: they outlive an enrollment, and many have none.
 * - `elsewhere`: it has one, and not that of the unit asked about, or it has drifted from that: somebody has moved the
 *   account by hand.
 * - `changing`: Control Tower is at work on that.
 * - `failed`: it has not got all of it: controls alone, for example, although the unit asked about has a baseline.
 * - `controlled`: no baseline, and controls, which from landing zone 4.0 on is governance as well.
 * - `shared`: a service integration account (audit, log archive), which the landing zone alone manages.
 *
 * @evidence documented controltower/userguide/types-of-baselines: ListEnabledBaselines with includeChildren tells the
 *   baseline of an account
 * @evidence documented controltower/userguide/table-of-baselines: every enrolled account has a baseline, whatever the
 *   version of the landing zone
 * @evidence documented controltower/userguide/governance-drift: a moved account has drifted until it is updated or its
 *   unit is registered again
 * @evidence documented controltower/userguide/governance-drift: controls of a former unit may stay on an account that
 *   was moved by hand
 * @evidence documented controltower/userguide/key-changes-lz-v4: any control or baseline on it makes an account
 *   governed
 */
export type Governance = 'enrolled' | 'elsewhere' | 'changing' | 'failed' | 'controlled' | 'shared' | 'none';

/** Whether taking a product of the account back, or moving the account, would take governance away. */
export const isGoverned = (governance: Governance): boolean => governance !== 'none';

/**
 * How Control Tower knows a unit. From landing zone 4.0 on a unit without a baseline may be `controlled`, by controls
 * alone, or be `untold`: then Control Tower's own answer decides.
 */
export type Registration = 'registered' | 'changing' | 'failed' | 'absent' | 'controlled' | 'untold';

/** How Control Tower knows an account in a unit. `changing`: it is at work, or knows it where it was before. */
export type Standing = 'enrolled' | 'changing' | 'failed' | 'absent';

/** Units are known by their ARNs, which differ from that of an account in their end alone. */
export const unitArnBeside = (accountArn: string, unitId: string): string =>
  accountArn.replace(/:account\/([^/]+)\/.*$/u, `:ou/$1/${unitId}`);

/** Why no account can be enrolled into the unit; undefined where it can, or where Control Tower itself has to tell. */
export function unregisteredUnit(
  { landingZone, enrollment }: Pick<VendingPlan, 'landingZone' | 'enrollment'>,
  unitId: string,
  registration: Registration,
): RejectedError | undefined {
  switch (registration) {
    case 'registered':
    case 'changing': // Control Tower is busy with it: what is asked of it now waits, or is refused for a while.
    case 'controlled':
      return undefined;
    case 'untold': // Nobody answers a move: an account would wait in vain.
      return enrollment?.strategy === 'auto-enroll'
        ? unregisteredUnit({ landingZone, enrollment }, unitId, 'absent')
        : undefined;
    case 'failed':
      return rejection(
        landingZone,
        unitId,
        `The registration of the organizational unit ${unitId} with Control Tower has failed.`,
      );
    case 'absent':
      return rejection(landingZone, unitId, `The organizational unit ${unitId} is not registered with Control Tower.`);
  }
}

const rejection = (landingZone: string, unitId: string, reason: string): RejectedError =>
  new RejectedError(
    reason,
    `Register ${unitId} in the console of Control Tower (Organization, "Register organizational unit"), or set awsTargetOrgUnitId in ` +
      `landing-zones/${landingZone}.json to one that is registered, or awsEnrollAccount to false, and deploy; then replay this run.`,
  );
