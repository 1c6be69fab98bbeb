import type { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import { Approver } from './approver';
import { type Rng, rngFor } from './rng';
import type { LedgerMirror } from './ledger-mirror';
import type { SimulationOptions } from './simulation-options';
import type { Violations } from './violations';

const MAX_REPLAYS = 25;

/**
 * So many replays follow each other soon. After that all wait for another person, such as the approver of a closed
 * account.
 */
const PROMPT_REPLAYS = 8;

const LONGEST_PAUSE_SECONDS = 24 * 3600;

const LONGEST_AWAY_SECONDS = 8 * 3600;

interface Parts {
  readonly application: Pick<EmbeddedApplication, 'callApi' | 'outcomes'>;
  readonly mirror: Pick<LedgerMirror, 'tenants'>;
  readonly violations: Violations;
}

/**
 * The operator, who checks every ten minutes: replays failed runs through the API, some time later, and later each time
 * if that does not help. A run that has to be replayed again and again in one round is given up, which is a violation.
 * Replays of a run that fails because of a person's decision do not count: no code can end that.
 */
export class Operator {
  readonly #application: Parts['application'];
  readonly #mirror: Parts['mirror'];
  readonly #violations: Violations;
  readonly #rng: Rng;
  readonly #approver: Pick<Approver, 'look'>;
  /** By tenant, since the round began. */
  readonly #replays = new Map<string, number>();
  /** The same without those that a person's decision has made vain. */
  readonly #counted = new Map<string, number>();
  readonly #planned = new Set<string>();
  #replaysBefore = 0;

  constructor(
    { seed }: Pick<SimulationOptions, 'seed'>,
    parts: Parts,
    approver: Pick<Approver, 'look'> = new Approver({ seed }, parts),
  ) {
    this.#application = parts.application;
    this.#mirror = parts.mirror;
    this.#violations = parts.violations;
    this.#rng = rngFor(seed, 'operator');
    this.#approver = approver;
  }

  get replays(): number {
    return [...this.#replays.values()].reduce((sum, count) => sum + count, this.#replaysBefore);
  }

  /** Everything is sent again: earlier failures say nothing about what follows. */
  begin(): void {
    this.#replaysBefore = this.replays;
    this.#replays.clear();
    this.#counted.clear();
  }

  look(): void {
    this.#approver.look();
    for (const { tenantUuid, status } of this.#mirror.tenants.values()) {
      if (status === 'FAILED' && !this.#planned.has(tenantUuid)) this.#plan(tenantUuid);
    }
  }

  #plan(tenantUuid: string): void {
    const replays = (this.#replays.get(tenantUuid) ?? 0) + 1;
    const counted = (this.#counted.get(tenantUuid) ?? 0) + (this.#isUpToAPerson(tenantUuid) ? 0 : 1);
    if (counted > MAX_REPLAYS) {
      this.#violations.add('every request ends vended', `${tenantUuid} was replayed ${MAX_REPLAYS} times.`);
      return;
    }
    this.#planned.add(tenantUuid);
    setTimeout(
      () => {
        this.#planned.delete(tenantUuid);
        if (this.#mirror.tenants.get(tenantUuid)?.status !== 'FAILED') return;
        this.#replays.set(tenantUuid, replays);
        this.#counted.set(tenantUuid, counted);
        void this.#application.callApi({ method: 'POST', path: `/vendings/${tenantUuid}/replay` });
      },
      Math.min(this.#rng.between(60, 1800) * 2 ** Math.max(0, replays - PROMPT_REPLAYS), LONGEST_PAUSE_SECONDS) * 1000,
    );
  }

  /** Nobody has approved the run, or it needs a name of a tenant whose own run waits for an approval or got none. */
  #isUpToAPerson(tenantUuid: string): boolean {
    const cause = this.#lastFailure(tenantUuid);
    const holder = /belongs to another tenant \((?<uuid>[^)]+)\)/u.exec(cause?.message ?? '')?.groups?.['uuid'];
    if (holder === undefined) return isOfApproval(cause?.error);
    return (
      this.#mirror.tenants.get(holder)?.status === 'AWAITING_APPROVAL' || isOfApproval(this.#lastFailure(holder)?.error)
    );
  }

  #lastFailure(tenantUuid: string): { readonly error: string; readonly message: string } | undefined {
    const last = this.#application.outcomes.findLast(({ detail }) => detail.tenantUuid === tenantUuid);
    return last !== undefined && 'error' in last.detail
      ? { error: last.detail.error, message: last.detail.cause }
      : undefined;
  }
}

const isOfApproval = (error: string | undefined): boolean =>
  error === 'ApprovalRejected' || error === 'ApprovalExpired';

/**
 * Until which second nobody replays anything: what a dead run has left behind in a lane is then in the way of others
 * for hours.
 */
export function operatorAwayUntil({ seed, faults }: SimulationOptions): number {
  return faults.has('operator-away') ? rngFor(seed, 'operator away').between(0, LONGEST_AWAY_SECONDS) : 0;
}
