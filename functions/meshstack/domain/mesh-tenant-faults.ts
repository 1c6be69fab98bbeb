import { type Fault, faultIf } from '../../domain/base/fault';
import type { MeshTenant } from './mesh-objects';
import type { MeshStackConfiguration } from '../../domain/configuration/mesh-stack-configuration';

/** Why a tenant of meshStack cannot be vended by us, whatever surrounds it. */
export const meshTenantFaults = (
  { platformIdentifier }: Pick<MeshStackConfiguration, 'platformIdentifier'>,
  { spec, status }: MeshTenant,
): readonly Fault[] => [
  ...faultIf(
    status.platformTypeIdentifier !== 'AWS',
    'status.platformTypeIdentifier',
    status.platformTypeIdentifier,
    `is not AWS. Check meshStack.platformIdentifier ('${platformIdentifier}') in platform.json.`,
  ),
  ...faultIf(
    spec.platformIdentifier !== platformIdentifier,
    'spec.platformIdentifier',
    spec.platformIdentifier,
    `is not '${platformIdentifier}', the platform whose tenants are vended here.`,
  ),
  ...faultIf(
    spec.landingZoneIdentifier === '',
    'spec.landingZoneIdentifier',
    spec.landingZoneIdentifier,
    'is empty. Give the tenant a landing zone in meshStack.',
  ),
];
