import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { LandingZone } from '../../functions/domain/configuration/landing-zone';
import { type Rng, rngFor } from './rng';
import type { SimulationOptions } from './simulation-options';

const REGISTERED = ['ou-ab12-cdefgh34', 'ou-ab12-devteam1', 'ou-ab12-prod0001'] as const;
const OTHERS = ['ou-ab12-legacy01', 'ou-ab12-infra001'] as const;
const PERMISSION_SETS = ['ad00000000000001', 'b000000000000002', 'c000000000000003'] as const;

/**
 * AWS keeps the alias of a closed account: who comes with the identifiers of one that is gone needs an alias of its
 * own.
 */
export function withNumbers(given: Configuration, { lives, faults }: SimulationOptions): Configuration {
  const { platform, landingZones } = faults.has('approvals') ? withApprovals(given) : given;
  if (lives !== true) return { platform, landingZones };
  return {
    platform: { ...platform, accountAliasPattern: 'corp-#{projectIdentifier:%.30s}-#{tenantPlatformNumber}' },
    landingZones,
  };
}

/** In two of the landing zones: the others go on without. */
function withApprovals({ platform, landingZones }: Configuration): Configuration {
  const approval = { create: true, close: true, expiresAfterDays: 1 };
  const asking = Object.entries(landingZones).map(([name, zone]) =>
    name === 'everything' || name === 'bare' ? ([name, { ...zone, approval }] as const) : ([name, zone] as const),
  );
  return { platform, landingZones: Object.fromEntries(asking) };
}

/** The configuration that is deployed at the moment: functions read it again, as they do after a deployment. */
export class DeployedConfiguration implements Configuration {
  platform: Configuration['platform'];
  landingZones: Configuration['landingZones'];
  readonly #rng: Rng;

  constructor(seed: number, { platform, landingZones }: Configuration) {
    this.platform = platform;
    this.landingZones = landingZones;
    this.#rng = rngFor(seed, 'configuration');
  }

  /** The operator moves a landing zone to another unit, and maps a role to other permission sets, or not at all. */
  change(): void {
    const [first = '', ...others] = Object.keys(this.landingZones);
    const name = this.#rng.oneOf([first, ...others]);
    const zone = this.landingZones[name];
    if (zone !== undefined) this.landingZones = { ...this.landingZones, [name]: this.#moved(zone) };
    const { awsIdentityStore } = this.platform;
    if (awsIdentityStore === undefined) return;
    const awsRoleMappings = awsIdentityStore.awsRoleMappings.map((mapping) =>
      this.#rng.happens(0.3) ? { ...mapping, permissionSetArns: [this.#permissionSet(mapping)] } : mapping,
    );
    this.platform = { ...this.platform, awsIdentityStore: { ...awsIdentityStore, awsRoleMappings } };
  }

  #moved(zone: LandingZone): LandingZone {
    if (zone.awsTargetOrgUnitId === null) return zone;
    const awsTargetOrgUnitId = this.#rng.oneOf(zone.awsEnrollAccount ? REGISTERED : OTHERS);
    return { ...zone, awsTargetOrgUnitId };
  }

  #permissionSet({ permissionSetArns }: { readonly permissionSetArns: readonly string[] }): string {
    const id = this.#rng.oneOf(PERMISSION_SETS);
    return (permissionSetArns[0] ?? '').replace(/ps-\w+$/u, `ps-${id}`);
  }
}
