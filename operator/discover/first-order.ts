/**
 * A desired state to begin with, for a tenant that nobody else has: to be edited, or ordered as it is for a trial.
 *
 * @param uuid of the tenant, never used before
 * @param platformUuid tells nobody anything where desired states come from elsewhere than meshStack
 */
export const firstOrder = (uuid: string, platformUuid: string, landingZone: string, contactEmail: string): object => ({
  replicationSequence: 1,
  trigger: 'ACCOUNT_VENDING_INIT',
  tenant: {
    apiVersion: 'v4',
    kind: 'meshTenant',
    metadata: { uuid, ownedByWorkspace: 'trial', ownedByProject: 'first' },
    spec: {
      platformRef: { kind: 'meshPlatform', uuid: platformUuid },
      landingZoneRef: { kind: 'meshLandingZone', name: landingZone },
      platformTenantId: null,
    },
    status: { tenantName: 'trial.first', platformTypeIdentifier: 'AWS', lifecycle: { state: 'ACTIVE' } },
  },
  tenantPlatformNumber: 1,
  workspace: { metadata: { name: 'trial' }, spec: { displayName: 'Trial' } },
  project: { metadata: { name: 'first', ownedByWorkspace: 'trial' }, spec: { displayName: 'First' } },
  projectCreatorEmail: contactEmail,
  userPermissions: [],
});
