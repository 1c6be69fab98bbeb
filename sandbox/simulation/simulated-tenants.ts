import type * as z from 'zod';

import { contentHash } from '../../functions/domain/base/json';
import type { DesiredStateSchema } from '../../functions/domain/desired-state/desired-state';
import { rngFor, type Rng } from './rng';
import type { SimulationOptions } from './simulation-options';
import { type Person, simulatedPeople } from './simulated-people';

export type DesiredStateJson = z.input<typeof DesiredStateSchema>;

/** One desired state on its way. */
export interface SimulatedRequest {
  readonly desiredState: DesiredStateJson;
  readonly trigger: 'event' | 'api';
  /** Seconds after the beginning. */
  readonly at: number;
}

export interface SimulatedTenant {
  readonly uuid: string;
  readonly number: number;
  readonly people: readonly Person[];
  /** The requests in the order of their sequences. */
  readonly requests: readonly [SimulatedRequest, ...SimulatedRequest[]];
}

const WORKSPACES = ['retail', 'banking', 'logistics', 'mobility', 'health', 'energy', 'media', 'insurance'] as const;
const PROJECTS = ['webshop', 'ledger', 'tracking', 'portal', 'analytics', 'archive', 'gateway', 'pricing'] as const;
const STAGES = ['dev', 'test', 'prod'] as const;
const CLASSES = ['public', 'internal', 'personal'] as const;

const HOUR = 3600;

/** Tenants as meshStack would know them; who they are follows from the seed alone. */
export function simulatedTenants(
  { seed, tenants, faults }: Pick<SimulationOptions, 'seed' | 'tenants' | 'faults'>,
  [zone = '', ...others]: readonly string[],
): readonly SimulatedTenant[] {
  const rng = rngFor(seed, 'tenants');
  // Half of all seeds begin with everything at once.
  const spreadSeconds = rng.happens(0.5) ? 0 : 2 * HOUR;
  const all = Array.from({ length: tenants }, (_, index) =>
    tenant(rng, seed, index + 1, [zone, ...others], spreadSeconds),
  );
  return faults.has('taken-names') ? withTakenNames(rngFor(seed, 'taken names'), all) : all;
}

/**
 * Some come with the names of the one before them, some time after it, and are corrected hours later. The one before
 * them comes with its own: else they would get its names, and keep them as long as they wait for an account, which of
 * many tenants is half a day.
 */
function withTakenNames(rng: Rng, tenants: readonly SimulatedTenant[]): readonly SimulatedTenant[] {
  const takers = tenants.map((tenant, index) => takerOf(rng, tenant, tenants[index - 1]));
  return tenants.map((tenant, index) => (takers[index - 1] == null ? (takers[index] ?? tenant) : tenant));
}

function takerOf(rng: Rng, tenant: SimulatedTenant, holder: SimulatedTenant | undefined): SimulatedTenant | null {
  if (holder === undefined || !rng.happens(0.1)) return null;
  const [own] = tenant.requests;
  const [{ desiredState: taken, at }] = holder.requests;
  const { replicationSequence } = own.desiredState;
  const wrong = { ...own, at: at + rng.between(600, 1800), desiredState: named(own.desiredState, taken) };
  const right = { ...own.desiredState, replicationSequence: replicationSequence + 1 };
  return { ...tenant, requests: [wrong, { ...own, at: at + rng.between(1, 3) * HOUR, desiredState: right }] };
}

/** The same desired state under the names of another one. */
function named(state: DesiredStateJson, { tenant, workspace, project }: DesiredStateJson): DesiredStateJson {
  const { ownedByWorkspace, ownedByProject } = tenant.metadata;
  return {
    ...state,
    tenant: { ...state.tenant, metadata: { ...state.tenant.metadata, ownedByWorkspace, ownedByProject } },
    workspace: { ...state.workspace, metadata: { ...state.workspace.metadata, name: workspace.metadata.name } },
    project: { ...state.project, metadata: project.metadata },
  };
}

/** The newest desired state once more, under a higher number. */
export function repeated(tenant: SimulatedTenant, round: number): SimulatedTenant {
  const newest = newestOf(tenant);
  const replicationSequence = sequenceOf(tenant) + 100 * round;
  const again = { ...newest, at: 0, desiredState: { ...newest.desiredState, replicationSequence } };
  return { ...tenant, requests: [...tenant.requests, again] };
}

/** The number of the newest desired state. */
export const sequenceOf = (tenant: SimulatedTenant): number => newestOf(tenant).desiredState.replicationSequence;

export const newestOf = ({ requests }: SimulatedTenant): SimulatedRequest =>
  requests.reduce((one, other) =>
    other.desiredState.replicationSequence > one.desiredState.replicationSequence ? other : one,
  );

function tenant(
  rng: Rng,
  seed: number,
  number: number,
  zones: readonly [string, ...string[]],
  spreadSeconds: number,
): SimulatedTenant {
  const uuid = uuidOf(seed, number);
  const people = simulatedPeople(rng, number);
  const at = rng.between(0, spreadSeconds);
  const state = desiredState(rng, { uuid, number, people, zone: rng.oneOf(zones) });
  const first: SimulatedRequest = { desiredState: state, trigger: rng.oneOf(['event', 'api']), at };
  if (!rng.happens(0.3)) return { uuid, number, people, requests: [first] };
  const changed = changedState(rng, state);
  const second: SimulatedRequest = {
    desiredState: changed,
    trigger: rng.oneOf(['event', 'api']),
    // Into the first one's run, or long after it.
    at: at + rng.oneOf([rng.between(1, 600), rng.between(600, 4 * HOUR)]),
  };
  return { uuid, number, people, requests: [first, second] };
}

/** Tags and people change; names and landing zone of a tenant do not. */
function changedState(rng: Rng, state: DesiredStateJson): DesiredStateJson {
  const tags = { ...state.project.spec.tags, environment: [rng.oneOf(STAGES)], dataClass: [rng.oneOf(CLASSES)] };
  return {
    ...state,
    replicationSequence: state.replicationSequence + rng.between(1, 3),
    project: { ...state.project, spec: { ...state.project.spec, tags } },
    userPermissions: (state.userPermissions ?? []).slice(1),
  };
}

interface Identity {
  readonly uuid: string;
  readonly number: number;
  readonly people: readonly [Person, ...Person[]];
  readonly zone: string;
}

function desiredState(rng: Rng, { uuid, number, people, zone }: Identity): DesiredStateJson {
  const workspace = rng.oneOf(WORKSPACES);
  // Its number makes a project's name, and so the alias, its own.
  const project = `${rng.oneOf(PROJECTS)}-${number}-${rng.oneOf(STAGES)}`;
  const tags = { environment: [rng.oneOf(STAGES)], costCenter: [String(rng.between(1000, 9999))] };
  const [creator] = people;
  return {
    replicationSequence: rng.between(1, 50),
    tenant: {
      apiVersion: 'v4',
      kind: 'meshTenant',
      metadata: { uuid, ownedByWorkspace: workspace, ownedByProject: project },
      spec: {
        platformRef: { kind: 'meshPlatform', uuid: '5b0c1b1e-0000-4000-8000-000000000002' },
        landingZoneRef: { kind: 'meshLandingZone', name: zone },
        platformTenantId: null,
      },
      status: {
        tenantName: `${workspace}.${project}.aws.eu`,
        platformTypeIdentifier: 'AWS',
        tags: rng.happens(0.5) ? { environment: ['dev'] } : {},
        lifecycle: { state: 'ACTIVE' },
      },
    },
    tenantPlatformNumber: number,
    workspace: { metadata: { name: workspace, tags: {} }, spec: { displayName: workspace } },
    project: { metadata: { name: project, ownedByWorkspace: workspace }, spec: { displayName: project, tags } },
    projectCreatorEmail: creator.email,
    userPermissions: people.map((person) => ({ ...person, euid: person.email })),
  };
}

export function uuidOf(seed: number, number: number): string {
  const hash = contentHash({ seed, number })
    .replaceAll(/[^0-9a-f]/g, '')
    .padEnd(32, '0');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(12, 15)}-8${hash.slice(15, 18)}-${hash.slice(18, 30)}`;
}
