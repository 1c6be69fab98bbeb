import { changeSource, type Poll, readSource } from '../../ledger/meshstack/source';
import type { LedgerStore } from '../../ports/ledger-store';
import type { BlockRunReporter } from '../ports/mesh-stack';
import { tellBlockRun } from '../report/tell-block-run';

/** Tells every building block run that is not over how its vending stands, where that has changed. */
export async function tellBlockRuns(
  { ledger, reporter }: { readonly ledger: LedgerStore; readonly reporter: BlockRunReporter | null },
  poll: Poll,
): Promise<void> {
  if (reporter === null) return;
  const { reporting } = await readSource(ledger, poll.platform);
  const over = new Set<string>();
  for (const tenantUuid of reporting) {
    const state = await tellBlockRun(ledger, reporter, { platform: poll.platform, tenantUuid });
    if (state === 'over') over.add(tenantUuid);
  }
  if (over.size === 0) return;
  await changeSource(ledger, poll, (source) => ({
    ...source,
    reporting: source.reporting.filter((tenantUuid) => !over.has(tenantUuid)),
  }));
}
