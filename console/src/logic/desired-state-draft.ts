/** Another tenant like one that is there: of its own, with no account yet. People choose project and number. */
export function draftLike(desiredState: unknown, uuid: string): string {
  const text = JSON.stringify(desiredState, null, 2);
  const old = /"uuid": "([^"]+)"/u.exec(text.slice(text.indexOf('"metadata"')))?.[1];
  return (old === undefined ? text : text.replaceAll(old, uuid))
    .replace(/"replicationSequence": \d+/u, '"replicationSequence": 1')
    .replace(/"platformTenantId": "[^"]*"/u, '"platformTenantId": null');
}

/** Something to begin with. Names of platform and landing zone are those of the installation. */
export const desiredStateDraft = (uuid: string): string =>
  JSON.stringify(
    {
      replicationSequence: 1,
      trigger: 'MANUAL_EXECUTION',
      tenant: {
        apiVersion: 'v4',
        kind: 'meshTenant',
        metadata: { uuid, ownedByWorkspace: 'my-workspace', ownedByProject: 'my-project' },
        spec: {
          platformRef: { kind: 'meshPlatform', uuid: '5b0c1b1e-0000-4000-8000-000000000002' },
          landingZoneRef: { kind: 'meshLandingZone', name: 'aws-sandbox' },
          platformTenantId: null,
        },
        status: {
          tenantName: 'my-workspace.my-project.aws.eu',
          platformTypeIdentifier: 'AWS',
          tags: {},
          lifecycle: { state: 'ACTIVE' },
        },
      },
      tenantPlatformNumber: 100,
      workspace: { metadata: { name: 'my-workspace', tags: {} }, spec: { displayName: 'My workspace' } },
      project: {
        metadata: { name: 'my-project', ownedByWorkspace: 'my-workspace' },
        spec: { displayName: 'My project', tags: {} },
      },
      projectCreatorEmail: 'somebody@corp.example',
      userPermissions: [],
    },
    null,
    2,
  );
