import type { DesiredState } from '../desired-state/desired-state';
import { randomPart } from '../base/random-part';
import type { PlaceholderValues } from '../templates/string-template';
import { OWNER_NAMES } from '../templates/tag-value-pattern';

/** The values of a request for `#{name}`. What it does not carry is absent: a fault only if a pattern asks for it. */
export function placeholderValues(desiredState: DesiredState, tags: ReadonlyMap<string, string>): PlaceholderValues {
  const { tenant, tenantPlatformNumber, meshProjectId } = desiredState;
  const platform = platformOf(tenant.status.tenantName);
  return new Map<string, string | number>([
    ...tags,
    ['workspaceIdentifier', tenant.metadata.ownedByWorkspace],
    ['projectIdentifier', tenant.metadata.ownedByProject],
    ['tenantPlatformNumber', tenantPlatformNumber],
    ['rand', randomPart(tenant.metadata.uuid)],
    ...(platform === undefined ? [] : [['platform', platform] as const]),
    ...(typeof meshProjectId === 'number' ? [['meshProjectId', meshProjectId] as const] : []),
  ]);
}

/**
 * meshStack's tenant names are `<workspace>.<project>.<platform>.<location>`: the platform's identifier, without its
 * location.
 */
const platformOf = (tenantName: string): string | undefined => {
  const platform = tenantName.split('.')[2];
  return platform === '' ? undefined : platform;
};

const NONE = 'none';

/**
 * The values of a request for `${name}` in tag mappers. A desired state does not tell a workspace's owners, so what
 * is known about them is what meshStack writes where there are none: `none`.
 */
export function mapperValues(
  desiredState: DesiredState,
  tags: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { tenant, workspace, project, paymentMethod } = desiredState;
  const landingZone = tenant.spec.landingZoneRef.name;
  return new Map([
    ...tags,
    ['projectIdentifier', tenant.metadata.ownedByProject],
    ['projectName', project.spec.displayName],
    ['workspaceIdentifier', tenant.metadata.ownedByWorkspace],
    ['workspaceName', workspace.spec.displayName],
    ['landingZoneName', landingZone],
    ['landingZoneIdentifier', landingZone],
    ['paymentIdentifier', paymentMethod?.metadata.name ?? project.spec.paymentMethodIdentifier ?? NONE],
    ['paymentName', paymentMethod?.spec.displayName ?? NONE],
    ['paymentExpirationDate', paymentMethod?.spec.expirationDate ?? NONE],
    ['paymentAmount', String(paymentMethod?.spec.amount ?? NONE)],
    ...OWNER_NAMES.map((name) => [name, NONE] as const),
  ]);
}
