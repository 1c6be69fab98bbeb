import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { Violations } from '../violations';

/** What is unique in AWS (an e-mail, an alias, a group, an account) belongs to one tenant. */
export class ClaimWatch {
  readonly #violations: Violations;
  /** Holders, by claim. */
  readonly #holders = new Map<string, Set<string>>();
  readonly #claims = new Map<string, readonly string[]>();

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  /** @param tenants as they were just written */
  look(tenants: readonly TenantRecord[]): void {
    for (const { tenantUuid, claims } of tenants) {
      for (const gone of this.#claims.get(tenantUuid) ?? []) this.#holders.get(gone)?.delete(tenantUuid);
      this.#claims.set(tenantUuid, claims);
      for (const claim of claims) this.#hold(claim, tenantUuid);
    }
  }

  #hold(claim: string, tenantUuid: string): void {
    const holders = (this.#holders.get(claim) ?? new Set<string>()).add(tenantUuid);
    this.#holders.set(claim, holders);
    if (holders.size > 1)
      this.#violations.add('a name has one tenant', `${claim} belongs to ${[...holders].join(', ')}.`);
  }
}
