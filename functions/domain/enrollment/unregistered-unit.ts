import { RejectedError } from '../base/errors';
import type { VendingPlan } from '../plan/plan';

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
