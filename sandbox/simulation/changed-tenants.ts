import type { LandingZone } from '../../functions/domain/configuration/landing-zone';
import { type Rng, rngFor } from './rng';
import { simulatedPeople } from './simulated-people';
import { type DesiredStateJson, type SimulatedRequest, type SimulatedTenant, newestOf } from './simulated-tenants';

/** Something about a tenant that changes in meshStack. */
type Change = (state: DesiredStateJson, tenant: SimulatedTenant, rng: Rng) => DesiredStateJson;

/**
 * Changes tenants as meshStack does: people come and go, tags change, projects move, and landing zones are replaced.
 */
export class TenantChanges {
  readonly #rng: Rng;
  readonly #zones: readonly LandingZone[];

  constructor(seed: number, zones: Readonly<Record<string, LandingZone>>) {
    this.#rng = rngFor(seed, 'changes');
    this.#zones = Object.values(zones);
  }

  /** The tenant with one more desired state, in which something, or nothing, is otherwise. */
  changed(tenant: SimulatedTenant): SimulatedTenant {
    const { desiredState, trigger } = newestOf(tenant);
    const changes: readonly Change[] = [changePeople, changeTags, changeCreator, moveProject, this.#changeZone];
    const state = changes.reduce(
      (before, change) => (this.#rng.happens(0.3) ? change(before, tenant, this.#rng) : before),
      desiredState,
    );
    const replicationSequence = desiredState.replicationSequence + this.#rng.between(1, 5);
    const request: SimulatedRequest = {
      trigger,
      at: this.#rng.between(0, 600),
      desiredState: { ...state, replicationSequence },
    };
    return { ...tenant, requests: [...tenant.requests, request] };
  }

  /**
   * An account comes under Control Tower by its landing zone, and does not leave it here: the groups of Control Tower
   * stay in an account that has left, and no plan says so.
   */
  #changeZone: Change = (state, _, rng) => {
    const { name } = state.tenant.spec.landingZoneRef;
    const isEnrolled = this.#zones.find((zone) => zone.name === name)?.awsEnrollAccount === true;
    const [first, ...others] = this.#zones.filter(({ awsEnrollAccount }) => awsEnrollAccount || !isEnrolled);
    if (first === undefined) return state;
    const landingZoneRef = { ...state.tenant.spec.landingZoneRef, name: rng.oneOf([first, ...others]).name };
    return { ...state, tenant: { ...state.tenant, spec: { ...state.tenant.spec, landingZoneRef } } };
  };
}

/** Some go, some get another role, and now and then one comes. */
const changePeople: Change = (state, { number, people }, rng) => {
  const [newcomer] = simulatedPeople(rng, number);
  const kept = people.filter(() => rng.happens(0.7));
  const some = rng.happens(0.3) ? [...kept, { ...newcomer, meshIdentifier: `u-${number}-new` }] : kept;
  const roles = (): string[] => [rng.oneOf(['admin', 'user', 'reader'])];
  return { ...state, userPermissions: some.map((person) => ({ ...person, euid: person.email, roles: roles() })) };
};

const changeTags: Change = (state, _, rng) => {
  const tags = { ...state.project.spec.tags, [`tag${rng.between(1, 3)}`]: [String(rng.between(1, 9))] };
  const [first] = Object.keys(tags);
  const left = Object.fromEntries(Object.entries(tags).filter(([key]) => key !== first || rng.happens(0.5)));
  return { ...state, project: { ...state.project, spec: { ...state.project.spec, tags: left } } };
};

const changeCreator: Change = (state, _, rng) => ({
  ...state,
  projectCreatorEmail: `creator${rng.between(1, 99)}@corp.example`,
});

/** Identifiers change, the uuid stays. */
const moveProject: Change = (state, { number }, rng) => {
  const ownedByProject = `moved-${number}-${rng.between(1, 99)}`;
  const metadata = { ...state.tenant.metadata, ownedByProject };
  return {
    ...state,
    tenant: { ...state.tenant, metadata },
    project: { ...state.project, metadata: { ...state.project.metadata, name: ownedByProject } },
  };
};
