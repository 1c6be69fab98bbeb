import * as z from 'zod/mini';

import { finishPreflight, readPreflight } from '../ledger/fleet/preflights';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { BatchAnswer } from '../runtime/on-lambda';
import { type Check, type CheckPatience, runChecks } from './check';

export interface RunPreflightPorts extends CheckPatience {
  readonly ledger: LedgerStore;
  readonly log: Log;
  readonly now: () => Date;
  readonly checksOf: (id: string) => readonly Check[];
}

const BatchSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });
const RequestSchema = z.object({ id: z.string() });

/**
 * Carries out the preflights of its queue. Reading is all it does in AWS, so one that was killed is simply done again
 * when its message comes back; one that is finished already is left alone.
 */
export async function runPreflights(ports: RunPreflightPorts, input: unknown): Promise<BatchAnswer> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of BatchSchema.parse(input).Records) {
    try {
      await runPreflight(ports, RequestSchema.parse(JSON.parse(body)).id);
    } catch (cause) {
      ports.log.error('A preflight could not be carried out now; its message will come again', { messageId }, cause);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function runPreflight(ports: RunPreflightPorts, id: string): Promise<void> {
  const known = await readPreflight(ports.ledger, id);
  if (known?.status !== 'RUNNING') return;
  const checks = await runChecks(ports.checksOf(id), ports);
  await finishPreflight(ports.ledger, id, checks, ports.now());
  const findings = checks.filter(({ result }) => result === 'failed' || result === 'unknown').map((one) => one.id);
  ports.log.info('A preflight has ended', { preflight: id, findings: findings.join(', ') });
}
