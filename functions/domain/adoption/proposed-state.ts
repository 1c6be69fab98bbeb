import { createHash } from 'node:crypto';

import type { AdoptionAccount, AdoptionRecord, MappingRow, TagKeys } from './adoption';

/**
 * The tenant of an account that is adopted: the same in every adoption, so that no account becomes two tenants. A uuid
 * of version 8, which is anybody's own.
 */
export function adoptedTenantUuid(accountId: string): string {
  const hash = createHash('sha256').update(`account-vending:adopted-account:${accountId}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hash.slice(16, 17), 16) % 4] ?? '8';
  return (
    [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `${variant}${hash.slice(17, 20)}`].join('-') +
    `-${hash.slice(20, 32)}`
  );
}

/** No meshStack knows these tenants. */
const NO_PLATFORM = '00000000-0000-0000-0000-000000000000';

/** What is wanted of the account from now on. People are not mentioned, so groups keep the members that they have. */
export function proposedState(
  { accountId, email, tenantUuid }: Pick<AdoptionAccount, 'accountId' | 'email' | 'tenantUuid'>,
  { workspace, project, landingZone, contactEmail, tags }: MappingRow,
  { startedAt }: Pick<AdoptionRecord, 'startedAt'>,
): object {
  return {
    replicationSequence: Date.parse(startedAt),
    trigger: 'ADOPTION',
    tenant: {
      apiVersion: 'v4',
      kind: 'meshTenant',
      metadata: { uuid: tenantUuid, ownedByWorkspace: workspace, ownedByProject: project },
      spec: {
        platformRef: { kind: 'meshPlatform', uuid: NO_PLATFORM },
        landingZoneRef: { kind: 'meshLandingZone', name: landingZone },
        platformTenantId: accountId,
      },
      status: {
        tenantName: `${workspace}.${project}`,
        platformTypeIdentifier: 'AWS',
        tags: {},
        lifecycle: { state: 'ACTIVE' },
      },
    },
    tenantPlatformNumber: Number(accountId),
    workspace: { metadata: { name: workspace, tags: {} }, spec: { displayName: workspace } },
    project: {
      metadata: { name: project, ownedByWorkspace: workspace },
      spec: {
        displayName: project,
        tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, [value]])),
      },
    },
    projectCreatorEmail: contactEmail ?? email,
  };
}

/** What the tags of an account say, in the place of a mapping; undefined where one of them is missing. */
export function rowOfTags(
  accountId: string,
  tags: Readonly<Record<string, string>>,
  keys: TagKeys,
): MappingRow | undefined {
  const [workspace, project, landingZone] = [tags[keys.workspace], tags[keys.project], tags[keys.landingZone]];
  if (!workspace || !project || !landingZone) return undefined;
  return { line: null, accountId, workspace, project, landingZone, contactEmail: null, tags: {} };
}
