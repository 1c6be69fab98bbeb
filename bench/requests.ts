import type * as z from 'zod';

import type { DesiredStateSchema } from '../functions/domain/desired-state/desired-state';
import type { UserSeed } from '../sandbox/organization/organization-seed';
import { ZONES } from './bench-configuration';
import type { Scenario } from './scenario';

type DesiredStateJson = z.input<typeof DesiredStateSchema>;

/** The people of a request, one for each group. */
const ROLES = ['admin', 'user'] as const;

/** The desired states of a scenario: alike but for their names. */
export const requestsOf = ({ requests, controlTower }: Scenario): readonly DesiredStateJson[] =>
  Array.from({ length: requests }, (_, index) => request(index + 1, controlTower ? ZONES.controlTower : ZONES.plain));

/** Everybody who is named in them, as an identity provider has brought them. */
export const peopleOf = ({ requests }: Scenario): readonly UserSeed[] =>
  Array.from({ length: requests }, (_, index) =>
    ROLES.map((role) => {
      const userName = emailOf(role, index + 1);
      return { userName, givenName: role, familyName: String(index + 1), email: userName };
    }),
  ).flat();

const emailOf = (role: string, number: number): string => `${role}.${number}@corp.example`;

const projectOf = (number: number): string => `bench-${String(number).padStart(4, '0')}`;

const WORKSPACE = 'bench';

function request(number: number, zone: string): DesiredStateJson {
  const project = projectOf(number);
  return {
    replicationSequence: 1,
    tenant: {
      apiVersion: 'v4',
      kind: 'meshTenant',
      metadata: {
        uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
        ownedByWorkspace: WORKSPACE,
        ownedByProject: project,
      },
      spec: {
        platformRef: { kind: 'meshPlatform', uuid: '5b0c1b1e-0000-4000-8000-000000000002' },
        landingZoneRef: { kind: 'meshLandingZone', name: zone },
        platformTenantId: null,
      },
      status: {
        tenantName: `${WORKSPACE}.${project}.aws.eu`,
        platformTypeIdentifier: 'AWS',
        tags: {},
        lifecycle: { state: 'ACTIVE' },
      },
    },
    tenantPlatformNumber: number,
    workspace: { metadata: { name: WORKSPACE, tags: {} }, spec: { displayName: WORKSPACE } },
    project: {
      metadata: { name: project, ownedByWorkspace: WORKSPACE },
      spec: { displayName: project, tags: { environment: ['dev'] } },
    },
    projectCreatorEmail: emailOf('admin', number),
    userPermissions: ROLES.map((role) => ({
      meshIdentifier: `${role}-${number}`,
      username: `${role}.${number}`,
      firstName: role,
      lastName: String(number),
      email: emailOf(role, number),
      euid: emailOf(role, number),
      roles: [role],
    })),
  };
}
