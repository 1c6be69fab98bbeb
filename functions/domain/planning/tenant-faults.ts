import type { DesiredState } from '../desired-state/desired-state';
import { type Fault, echoed, shown } from '../base/fault';
import type { KnownAccounts } from '../records/tenant-account';
import type { PlatformConfiguration } from '../configuration/platform-configuration';
import {
  configuredServiceAccounts,
  ownAccount,
  type ServiceAccountConfiguration,
  serviceAccountOf,
} from '../configuration/service-accounts';
import type { LandingZone } from '../configuration/landing-zone';
import { isOfManagement, managementAccountOf } from './management-account';
import { lackOf } from '../places/partitions';
import { partitionIn } from '../configuration/platform-place-faults';

/**
 * What a tenant may not say of itself: an account that cannot be its own, or that it is to go, for which there is no
 * plan.
 */
export function tenantFaults(
  { platformTenantId, lifecycleState, landingZone }: PartsOfTenant,
  platform: ImportConfiguration,
  known: KnownAccounts,
): readonly Fault[] {
  const faults: Fault[] = [...managementFaults(platformTenantId, landingZone, platform, known)];
  const isAllowed = isOfManagement(landingZone, platform) && platformTenantId === managementAccountOf(platform);
  if (faults.length === 0 && !isAllowed && platformTenantId !== undefined && platformTenantId !== null) {
    faults.push(...importFaults(platformTenantId, platform, known));
  }
  if (lifecycleState === 'ACTIVE') faults.push(...creationFaults(platformTenantId, platform));
  if (lifecycleState !== undefined && lifecycleState !== 'ACTIVE') {
    const message = `is '${lifecycleState}': a deletion has no plan, since nothing is vended any more. Only 'ACTIVE' tenants are planned; a dry run by the API tells what becomes of the account.`;
    faults.push({ field: 'tenant.status.lifecycle.state', message, value: lifecycleState, limit: 'ACTIVE' });
  }
  return faults;
}

interface PartsOfTenant {
  readonly platformTenantId?: DesiredState['tenant']['spec']['platformTenantId'];
  readonly lifecycleState?: DesiredState['tenant']['status']['lifecycle']['state'] | undefined;
  readonly landingZone?: Pick<LandingZone, 'managementAccount' | 'name'> | undefined;
}

export type ImportConfiguration = ServiceAccountConfiguration &
  Pick<PlatformConfiguration, 'import' | 'managementAccountAccess'>;

const FIELD = 'tenant.spec.platformTenantId';
const ACCESS =
  ' To give people access to it, and nothing else, name a landing zone with managementAccount (docs/access.md).';
const REMEDY = 'Name an account of the organization that is to be imported, or leave it null to have a new one made.';

/**
 * A landing zone of the management account is for that account alone, and a tenant that has it is in no other: its
 * account would be moved, tagged and entered there.
 */
function managementFaults(
  named: string | null | undefined,
  landingZone: PartsOfTenant['landingZone'],
  platform: ImportConfiguration,
  { own, ofTenant }: KnownAccounts,
): readonly Fault[] {
  const management = managementAccountOf(platform);
  const account = named ?? ofTenant ?? null;
  const value = account === null ? null : echoed(account);
  if (isOfManagement(landingZone, platform)) {
    if (own === management) {
      const message = `is ${shown(management)}, ${ownAccount(management).what}: nobody is let into it. ${REMEDY}`;
      return [{ field: FIELD, message, value }];
    }
    if (account === management) return [];
    const message =
      `is ${shown(account)}, and the landing zone '${landingZone?.name ?? ''}' is for the management account alone (managementAccount). ` +
      `Name its id ${management}, or another landing zone.`;
    return [{ field: FIELD, message, value }];
  }
  if (landingZone === undefined || ofTenant !== management || named === management) return [];
  const message = `is ${shown(landingZone.name)}, and this tenant is the management account, to which people get access by a landing zone with managementAccount alone. Name that one.`;
  return [{ field: 'tenant.spec.landingZoneRef.name', message, value: echoed(landingZone.name) }];
}

/**
 * What is wrong with the account that a desired state names, as far as its id tells. Whether it is in the organization,
 * in which unit and whose, AWS and the ledger tell: `ImportAccount`.
 */
function importFaults(accountId: string, platform: ImportConfiguration, known: KnownAccounts): readonly Fault[] {
  const value = echoed(accountId);
  if (!/^\d{12}$/.test(accountId)) {
    const message = `is ${shown(accountId)}, which is no id of an AWS account: that has 12 digits. ${REMEDY}`;
    return [{ field: FIELD, message, value, limit: '12 digits' }];
  }
  const served = serviceAccountOf(accountId, [
    ...configuredServiceAccounts(platform),
    ...(known.own === null ? [] : [ownAccount(known.own)]),
  ]);
  if (served !== undefined) {
    const isManagement = accountId === managementAccountOf(platform);
    const message = `is ${shown(accountId)}, ${served.what}, which cannot be a tenant's. ${REMEDY}${isManagement ? ACCESS : ''}`;
    return [{ field: FIELD, message, value }];
  }
  // A tenant that has another account is told so by its run, and that it keeps it.
  if (platform.import !== undefined || known.ofTenant !== null) return [];
  const message = `is ${shown(accountId)}, an account that this tenant does not have: it would be imported, and imports are off. ${SETTING}`;
  return [{ field: FIELD, message, value }];
}

const SETTING =
  'Leave it null to have a new account made, or allow the import by import.organizationalUnits or import.tag in platform.json.';

/** What an offline plan cannot know of the account that the desired state names. */
export function importRemarks(
  { platformTenantId }: Pick<DesiredState['tenant']['spec'], 'platformTenantId'>,
  platform: ImportConfiguration,
  { ofTenant }: KnownAccounts,
): readonly string[] {
  const isManagement =
    platform.managementAccountAccess !== undefined && platformTenantId === managementAccountOf(platform);
  const isKnown = ofTenant !== undefined || platform.import !== undefined || isManagement;
  if (platformTenantId === null || platformTenantId === undefined || isKnown) return [];
  return [
    `${FIELD} is ${shown(platformTenantId)}, and imports are off: unless the tenant has this account already, the desired state will be refused. ${SETTING}`,
  ];
}

/** A tenant without an account, where no account can be made for it. */
function creationFaults(
  platformTenantId: string | null | undefined,
  platform: Pick<PlatformConfiguration, 'accessConfig'>,
): readonly Fault[] {
  const partition = partitionIn(platform);
  const page = lackOf('createAccount', partition, '')?.page;
  if (platformTenantId !== null || partition === undefined || page === undefined) return [];
  const message =
    `is null, but ${partition.title} makes no accounts (${page}). Make one with CreateGovCloudAccount in the commercial organization, with the ` +
    'accountAccessRole of platform.json as its RoleName; invite it to the organization here, accept the invitation, let import in platform.json allow it, and name its id.';
  return [{ field: 'tenant.spec.platformTenantId', message, value: null, limit: '12 digits' }];
}
