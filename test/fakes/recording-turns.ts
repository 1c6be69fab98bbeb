import type { Lane } from '../../functions/domain/queue/lanes';
import type { WantedInstances } from '../../functions/domain/queue/lane-records';
import type { TenantRecord } from '../../functions/domain/records/ledger-records';
import type { LaneQueue, LaneTurns } from '../../functions/ports/lane-queue';
import { NOW, turn } from './vending';

/**
 * The lanes as a step sees them: they remember what they were told, and take back the turns of the tenant in this
 * memory.
 */
export class RecordingTurns implements LaneTurns {
  /** `free account-creation`, `no limit stack-set:…`, … */
  readonly told: string[] = [];
  /** Whether somebody waits for what the tenant has. */
  areAwaited = false;
  readonly #repository: { tenant: TenantRecord };

  constructor(repository: { tenant: TenantRecord }) {
    this.#repository = repository;
  }

  free({ name }: Lane): Promise<void> {
    this.told.push(`free ${name}`);
    const turns = Object.entries(this.#repository.tenant.turns).filter(([lane]) => lane !== name);
    this.#repository.tenant = { ...this.#repository.tenant, turns: Object.fromEntries(turns) };
    return Promise.resolve();
  }

  isAwaited(): Promise<boolean> {
    return Promise.resolve(this.areAwaited);
  }

  setLimit({ name }: Lane, unlimited: boolean): Promise<void> {
    if (unlimited) this.told.push(`no limit ${name}`);
    return Promise.resolve();
  }
}

/** The queue as one entry into a waiting state sees it. */
export class RecordingQueue implements LaneQueue {
  /** `pass`, or the lane that was joined. */
  readonly asked: string[] = [];
  isItsTurn = true;
  isOver: ((holder: TenantRecord) => Promise<boolean>) | undefined;
  wanted: WantedInstances | null | undefined;

  pass(): Promise<void> {
    this.asked.push('pass');
    return Promise.resolve();
  }

  join(
    { name }: Lane,
    isOver: (holder: TenantRecord) => Promise<boolean>,
    wanted: WantedInstances | null,
  ): Promise<boolean> {
    this.asked.push(name);
    this.isOver = isOver;
    this.wanted = wanted;
    return Promise.resolve(this.isItsTurn);
  }
}

/** The waiting state in front of a step: anyone who has no turn gets one. */
export function giveTurn(repository: { tenant: TenantRecord }, lane: string, at = NOW): void {
  const given = turn({ grantedAt: at.toISOString(), notBefore: at.toISOString() });
  repository.tenant = { ...repository.tenant, turns: { [lane]: given, ...repository.tenant.turns } };
}
