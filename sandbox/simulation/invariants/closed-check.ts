import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { Account, OrganizationState } from '../../organization/organization-state';
import type { Organization } from '../../organization/organization';
import type { LedgerMirror } from '../ledger-mirror';
import type { SimulatedTenant } from '../simulated-tenants';
import type { Violations } from '../violations';
import { endingOf } from './ending-check';

interface AtRest {
  readonly tenants: readonly SimulatedTenant[];
  readonly organization: Organization;
  readonly mirror: LedgerMirror;
  readonly violations: Violations;
  readonly fixture: { readonly configuration: Configuration };
}

/**
 * What has become of the accounts of tenants that are gone: closed and out of Control Tower where their landing zone
 * says so, and nobody gets in anywhere.
 */
export function checkClosed(atRest: AtRest): void {
  const { tenants, mirror } = atRest;
  for (const simulated of tenants) {
    const tenant = mirror.tenants.get(simulated.uuid);
    if (tenant !== undefined && endingOf(simulated, tenant) === 'closed') lookAt(atRest, tenant);
  }
}

function lookAt(
  { organization: { state }, violations, fixture }: AtRest,
  { tenantUuid, account, deletion }: TenantRecord,
): void {
  const found = state.accounts.get(account?.id ?? '');
  if (found === undefined) return;
  const isClosed = fixture.configuration.landingZones[deletion?.landingZone ?? '']?.closeAccount === true;
  const wanted = isClosed ? 'CLOSED' : 'ACTIVE';
  const left = [
    ...accessTo(state, found),
    ...(isClosed ? [...governanceOf(state, found), ...productsOf(state, found), ...aliasOf(found)] : []),
  ];
  if (found.state === wanted && left.length === 0) return;
  const seen = [found.state, ...left].join(', ');
  violations.add('nothing is left of who is gone', `${found.id} of ${tenantUuid} is ${seen} instead of ${wanted}.`);
}

/** The baseline that governs the account; controls go with it. */
const governanceOf = ({ inheritedBaselines }: OrganizationState, { id }: Account): readonly string[] => {
  const baseline = inheritedBaselines.get(id);
  return baseline === undefined ? [] : [`governed by ${baseline.unitId}`];
};

const aliasOf = ({ alias }: Account): readonly string[] => (alias === null ? [] : [`alias ${alias}`]);

const productsOf = ({ accountFactory }: OrganizationState, { id }: Account): readonly string[] =>
  [...(accountFactory?.provisionedProducts.values() ?? [])].flatMap((one) => (one.physicalId === id ? [one.name] : []));

const accessTo = ({ identityCenter }: OrganizationState, { id }: Account): readonly string[] =>
  [...(identityCenter?.assignments.values() ?? [])].flatMap(({ accountId, principalId }) =>
    accountId === id && identityCenter?.groups.get(principalId)?.displayName.startsWith('mst-') === true
      ? [`access of ${principalId}`]
      : [],
  );
