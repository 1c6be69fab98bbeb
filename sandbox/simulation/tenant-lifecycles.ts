import { type Rng, rngFor } from './rng';
import {
  type DesiredStateJson,
  newestOf,
  type SimulatedRequest,
  type SimulatedTenant,
  uuidOf,
} from './simulated-tenants';

const HOUR = 3600;

/**
 * Tenants come and go: some are deleted, of some the deletion is taken back, some come again under another uuid, and
 * some hardly live at all.
 */
export class TenantLifecycles {
  readonly #seed: number;
  readonly #rng: Rng;
  #newest: number;

  constructor(seed: number, tenants: number) {
    this.#seed = seed;
    this.#rng = rngFor(seed, 'lives');
    this.#newest = tenants;
  }

  /** The tenants with what else happens to them, and those that come now. */
  livedOn(tenants: readonly SimulatedTenant[]): readonly SimulatedTenant[] {
    return tenants.flatMap((tenant) => this.#lifeOf(tenant));
  }

  #lifeOf(tenant: SimulatedTenant): readonly SimulatedTenant[] {
    const at = this.#rng.between(0, 2 * HOUR);
    const fate = this.#rng.between(1, 10);
    if (fate <= 3) return [tenant];
    const gone = this.#then(tenant, at, markedForDeletion);
    if (fate <= 5) return [gone];
    // With the same identifiers, before or after the one before it has gone.
    if (fate <= 7) return [gone, this.#again(tenant, at + this.#rng.between(-600, 4 * HOUR), sameNames)];
    if (fate <= 9) return [this.#then(gone, at + this.#rng.between(1, 3 * HOUR), active)];
    const shortLived = this.#again(tenant, at, otherNames);
    return [tenant, this.#then(shortLived, at + this.#rng.between(1, 900), markedForDeletion)];
  }

  #then(tenant: SimulatedTenant, at: number, change: Change): SimulatedTenant {
    const { desiredState } = newestOf(tenant);
    const replicationSequence = desiredState.replicationSequence + this.#rng.between(1, 3);
    const next = this.#request(Math.max(0, at), { ...change(desiredState, 0), replicationSequence });
    return { ...tenant, requests: [...tenant.requests, next] };
  }

  #again(before: SimulatedTenant, at: number, named: Change): SimulatedTenant {
    this.#newest += 1;
    const number = this.#newest;
    const uuid = uuidOf(this.#seed, number);
    const state = named(newestOf(before).desiredState, number);
    const metadata = { ...state.tenant.metadata, uuid };
    const born = { ...state, tenant: { ...state.tenant, metadata }, tenantPlatformNumber: number };
    return { uuid, number, people: before.people, requests: [this.#request(Math.max(0, at), born)] };
  }

  #request(at: number, desiredState: DesiredStateJson): SimulatedRequest {
    return { at, desiredState, trigger: this.#rng.oneOf(['event', 'api']) };
  }
}

type Change = (state: DesiredStateJson, number: number) => DesiredStateJson;

const inState =
  (state: 'ACTIVE' | 'MARKED_FOR_DELETION'): Change =>
  (desired) => ({
    ...desired,
    tenant: { ...desired.tenant, status: { ...desired.tenant.status, lifecycle: { state } } },
  });

const markedForDeletion = inState('MARKED_FOR_DELETION');
const active = inState('ACTIVE');

const sameNames: Change = (state) => state;

const otherNames: Change = (state, number) => {
  const ownedByProject = `short-${number}`;
  return {
    ...state,
    tenant: { ...state.tenant, metadata: { ...state.tenant.metadata, ownedByProject } },
    project: { ...state.project, metadata: { ...state.project.metadata, name: ownedByProject } },
  };
};

/** Whether meshStack wants the tenant to be there. */
export const isWanted = (tenant: SimulatedTenant): boolean =>
  newestOf(tenant).desiredState.tenant.status.lifecycle.state === 'ACTIVE';
