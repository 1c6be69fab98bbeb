import type { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import { type Chance, chanceFor } from './chance';
import type { LedgerMirror } from './ledger-mirror';
import type { SimulationOptions } from './simulation-options';

interface Parts {
  readonly application: Pick<EmbeddedApplication, 'callApi'>;
  readonly mirror: Pick<LedgerMirror, 'tenants'>;
}

const HOUR = 3600;

/** Whoever decides about accounts: mostly approves, some hours later, sometimes twice or another way at the same moment, rejects, or forgets. */
export class Approver {
  readonly #parts: Parts;
  readonly #chance: Chance;
  readonly #planned = new Set<string>();

  constructor({ seed }: Pick<SimulationOptions, 'seed'>, parts: Parts) {
    this.#parts = parts;
    this.#chance = chanceFor(seed, 'approver');
  }

  look(): void {
    for (const { tenantUuid, status, activeRun } of this.#parts.mirror.tenants.values()) {
      const run = `${tenantUuid} ${activeRun?.replicationSequence ?? ''} ${activeRun?.run ?? ''}`;
      if (status !== 'AWAITING_APPROVAL' || this.#planned.has(run)) continue;
      this.#planned.add(run);
      this.#plan(tenantUuid);
    }
  }

  #plan(tenantUuid: string): void {
    if (this.#chance.happens(0.1)) return;
    const decision = this.#chance.happens(0.15) ? 'reject' : 'approve';
    const decisions = this.#chance.happens(0.2) ? [decision, this.#chance.oneOf(['approve', 'reject'])] : [decision];
    setTimeout(
      () => {
        for (const one of decisions) this.#decide(tenantUuid, one);
      },
      this.#chance.between(60, 20 * HOUR) * 1000,
    );
  }

  #decide(tenantUuid: string, decision: string): void {
    const body = { decision, reason: 'simulated' };
    void this.#parts.application.callApi({ method: 'POST', path: `/vendings/${tenantUuid}/approval`, body });
  }
}
