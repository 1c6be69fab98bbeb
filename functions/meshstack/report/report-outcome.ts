import * as z from 'zod/mini';

import { RejectedError } from '../../domain/base/errors';
import { beginPoll, changeSource } from '../../ledger/meshstack/mesh-stack-source';
import type { LedgerStore } from '../../ports/ledger-store';
import type { BlockRunReporter } from '../ports/mesh-stack';
import { type RunReference, RunReferenceSchema, readRun } from '../../ledger/tenants/tenant-items';
import { reportBlockRun } from '../block-runs';

export interface ReportOutcomePorts {
  readonly platform: string;
  readonly ledger: LedgerStore;
  /** Null: nothing is written to meshStack. */
  readonly reporter: BlockRunReporter | null;
  readonly now: () => Date;
  /** Lets time pass, in milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly newId: () => string;
}

const OutcomeSchema = z.object({ detail: RunReferenceSchema });

/** An outcome is told before it is written down, so that it is never forgotten: the ledger is a moment behind. */
const LOOKS = 10;
const LOOK_MILLISECONDS = 2000;

/** As long as the function may run, and a little more. */
const LEASE_SECONDS = 70;

/** `later`: the poll that is at work, or the next one, tells it. */
export type Reported = 'told' | 'later';

/**
 * Tells meshStack at once how a vending has ended. Triggered by our own outcomes on the bus. Where a poll is at work,
 * or meshStack wants no calls, nothing is done: polls tell every run that is not over, so that nothing depends on this
 * message, and it needs no dead letters.
 *
 * @throws TransientError when meshStack cannot be reached; Lambda tries again
 */
export async function reportOutcome(ports: ReportOutcomePorts, input: unknown): Promise<Reported> {
  const outcome = OutcomeSchema.parse(input).detail;
  const { platform, ledger, reporter, now } = ports;
  if (reporter === null) return 'later';
  await untilWrittenDown(ports, outcome);
  const poll = { platform, holder: ports.newId() };
  const source = await beginPoll(ledger, poll, now(), LEASE_SECONDS);
  if (source === 'busy') return 'later';
  try {
    if (source.pause !== null && new Date(source.pause.until) > now()) return 'later';
    await reportBlockRun(ledger, reporter, { platform, tenantUuid: outcome.tenantUuid });
    return 'told';
  } catch (error) {
    // The poll is refused, too: its alarm is the one.
    if (error instanceof RejectedError && error.denied) return 'later';
    throw error;
  } finally {
    await changeSource(ledger, poll, (before) => ({ ...before, lease: null }));
  }
}

async function untilWrittenDown({ ledger, wait }: ReportOutcomePorts, outcome: RunReference): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const run = await readRun(ledger, outcome);
    if (run?.status !== 'RUNNING' && run?.status !== 'ACCEPTED') return;
    await wait(LOOK_MILLISECONDS);
  }
}
