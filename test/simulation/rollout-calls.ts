import {
  type Rollout,
  RolloutAcceptedSchema,
  RolloutSchema,
  type RolloutTenants,
  RolloutTenantsSchema,
} from '../../functions/api/rollout-responses';
import type { ApiAnswer, ApiCall } from '../../sandbox/runtime/stage/stage';

interface Played {
  readonly application: { readonly callApi: (call: ApiCall) => Promise<ApiAnswer> };
  /** Lets everything happen that is going to happen. */
  readonly settle: () => Promise<void>;
}

/** The calls of the API about rollouts, and what has become of them when nothing is left to happen. */
export class RolloutCalls {
  readonly #simulation: Played;

  constructor(simulation: Played) {
    this.#simulation = simulation;
  }

  post(path: string, body: object = {}): Promise<ApiAnswer> {
    return this.#simulation.application.callApi({ method: 'POST', path, body });
  }

  async read(id: string): Promise<Rollout> {
    const { body } = await this.#simulation.application.callApi({ method: 'GET', path: `/rollouts/${id}` });
    return RolloutSchema.parse(body);
  }

  async planned(request: object = {}): Promise<Rollout> {
    const { status, body } = await this.post('/rollouts', request);
    if (status !== 202) throw new Error(JSON.stringify(body));
    await this.#simulation.settle();
    return this.read(RolloutAcceptedSchema.parse(body).id);
  }

  /** Until it is over, or waits for a person. */
  async started({ id, token }: Pick<Rollout, 'id' | 'token'>, consent?: number): Promise<Rollout> {
    return this.#done(id, 'start', { token, ...(consent === undefined ? {} : { consent }) });
  }

  async resumed({ id }: Pick<Rollout, 'id'>): Promise<Rollout> {
    return this.#done(id, 'resume');
  }

  async retried({ id }: Pick<Rollout, 'id'>): Promise<Rollout> {
    return this.#done(id, 'retry');
  }

  async tenantsOf(id: string): Promise<RolloutTenants['tenants']> {
    const tenants: RolloutTenants['tenants'][number][] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { limit: '100', ...(cursor === undefined ? {} : { cursor }) };
      const path = `/rollouts/${id}/tenants`;
      const { body } = await this.#simulation.application.callApi({ method: 'GET', path, query });
      const page: RolloutTenants = RolloutTenantsSchema.parse(body);
      tenants.push(...page.tenants);
      ({ cursor } = page);
    }
    return tenants;
  }

  async #done(id: string, action: string, body: object = {}): Promise<Rollout> {
    const { status, body: answered } = await this.post(`/rollouts/${id}/${action}`, body);
    if (status !== 200) throw new Error(JSON.stringify(answered));
    await this.#simulation.settle();
    return this.read(id);
  }
}
