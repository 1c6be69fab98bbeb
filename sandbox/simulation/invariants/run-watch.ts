import type { RunKey } from '../../../functions/domain/records/ledger-records';
import type { Call } from '../../organization/call-log';
import type { LedgerMirror } from '../ledger-mirror';
import type { Violations } from '../violations';

/** The run in which a function was called. */
export type CallingRun = RunKey & { readonly tenantUuid: string };

/** Only the tenant's active run writes: never two of one tenant at once, and no old one that somebody has woken. */
export class RunWatch {
  readonly #mirror: LedgerMirror;
  readonly #violations: Violations;

  constructor(mirror: LedgerMirror, violations: Violations) {
    this.#mirror = mirror;
    this.#violations = violations;
  }

  look({ write, outcome, callerFunction, operation }: Call, caller: CallingRun | null): void {
    if (!write || caller === null || (outcome !== 'ok' && outcome !== 'lost-answer')) return;
    const active = this.#mirror.tenants.get(caller.tenantUuid)?.activeRun ?? null;
    if (active?.replicationSequence === caller.replicationSequence && active.run === caller.run) return;
    const seen =
      `${callerFunction ?? ''} (${operation}) wrote for ${nameOfRun(caller)} while ` +
      `${active === null ? 'no run' : nameOfRun({ ...active, tenantUuid: caller.tenantUuid })} was active.`;
    this.#violations.add('one run of a tenant writes at a time', seen);
  }
}

export const nameOfRun = ({ tenantUuid, replicationSequence, run }: CallingRun): string =>
  `${tenantUuid}-${replicationSequence}-r${run}`;
