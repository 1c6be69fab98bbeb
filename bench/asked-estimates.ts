import type { ReadyEstimate } from '../functions/domain/run/ready-estimate';
import { estimateVending } from '../functions/ledger/runs/estimate-vending';
import { readVending } from '../functions/ledger/runs/read-vending';
import type { LedgerStore } from '../functions/ports/ledger-store';
import { START } from './start';

/** At these parts of the time that AWS allows for a request the status API is asked when its account will be ready. */
export const ASKED_AT = [0, 0.25, 0.5, 0.75] as const;

/** The estimate for one request at one moment. */
export interface AskedEstimate {
  /** One of `ASKED_AT`. */
  readonly part: number;
  readonly tenantUuid: string;
  /** After the requests; so are all seconds here. */
  readonly atSeconds: number;
  /** Null if no time was estimated. */
  readonly told: ToldTime | null;
}

export interface ToldTime {
  readonly readySeconds: number;
  readonly earliestSeconds: number;
  readonly latestSeconds: number;
}

/** One question that is to be asked. */
export type Question = Pick<AskedEstimate, 'part' | 'tenantUuid' | 'atSeconds'>;

/**
 * In the order of their moments. Nobody knows beforehand when an account will be ready; AWS's floor is near enough.
 *
 * @param floor when each of the requests could be ready, in the order of the requests
 */
export function questionsOf(tenantUuids: readonly string[], floor: readonly number[]): readonly Question[] {
  return tenantUuids
    .flatMap((tenantUuid, index) =>
      ASKED_AT.map((part) => ({ part, tenantUuid, atSeconds: part * (floor[index] ?? 0) })),
    )
    .sort((one, other) => one.atSeconds - other.atSeconds);
}

/** What `GET /vendings/{tenantUuid}` would answer now. */
export async function askedNow(ledger: LedgerStore, question: Question): Promise<AskedEstimate> {
  const { tenant, run = null } = (await readVending(ledger, question.tenantUuid)) ?? {};
  const now = new Date();
  const estimate = tenant === undefined || run === null ? null : await estimateVending(ledger, tenant, run, now);
  return { ...question, atSeconds: secondsOf(now), told: estimate === null ? null : toldTime(estimate) };
}

const secondsOf = (at: Date): number => (at.getTime() - START.getTime()) / 1000;

const toldTime = ({ readyAt, earliest, latest }: ReadyEstimate): ToldTime => ({
  readySeconds: secondsOf(new Date(readyAt)),
  earliestSeconds: secondsOf(new Date(earliest)),
  latestSeconds: secondsOf(new Date(latest)),
});
