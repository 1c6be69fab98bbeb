import type { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import { type Rng, rngFor } from './rng';
import type { LedgerMirror } from './ledger-mirror';
import type { SimulationOptions } from './simulation-options';

interface Parts {
  readonly application: Pick<EmbeddedApplication, 'callApi'>;
  readonly mirror: Pick<LedgerMirror, 'tenants'>;
}

const HOUR = 3600;

/**
 * The people who decide about accounts: they mostly approve, some hours later, sometimes twice or in two ways at the
 * same moment, or they reject, or forget.
 */
export class Approver {
  readonly #parts: Parts;
  readonly #rng: Rng;
  readonly #planned = new Set<string>();

  constructor({ seed }: Pick<SimulationOptions, 'seed'>, parts: Parts) {
    this.#parts = parts;
    this.#rng = rngFor(seed, 'approver');
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
    if (this.#rng.happens(0.1)) return;
    const decision = this.#rng.happens(0.15) ? 'reject' : 'approve';
    const decisions = this.#rng.happens(0.2) ? [decision, this.#rng.oneOf(['approve', 'reject'])] : [decision];
    setTimeout(
      () => {
        for (const one of decisions) this.#decide(tenantUuid, one);
      },
      this.#rng.between(60, 20 * HOUR) * 1000,
    );
  }

  #decide(tenantUuid: string, decision: string): void {
    const body = { decision, reason: 'simulated' };
    void this.#parts.application.callApi({ method: 'POST', path: `/vendings/${tenantUuid}/approval`, body });
  }
}
