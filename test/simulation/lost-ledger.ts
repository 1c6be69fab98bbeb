import type { Configuration } from '../../functions/domain/configuration/configuration';
import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import type { ItemWrite, LedgerStore } from '../../functions/ports/ledger-store';
import { readOrganization } from '../../operator/rebuild/read-organization';
import { rebuild, type RebuildArguments } from '../../operator/rebuild/rebuild';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { managementAccountId } from './provisioning';
import type { SimulatedVending } from './simulated-vending';

/** A ledger that can be lost, and restored as it was after so many writes. */
export class LosableLedger implements LedgerStore {
  #table = memoryLedgerStore();
  readonly #commits: (readonly ItemWrite[])[] = [];

  readonly read: LedgerStore['read'] = (keys) => this.#table.read(keys);
  readonly readPartition: LedgerStore['readPartition'] = (query) => this.#table.readPartition(query);
  readonly list: LedgerStore['list'] = (query) => this.#table.list(query);

  get writes(): number {
    return this.#commits.length;
  }

  async commit(writes: readonly ItemWrite[]): Promise<void> {
    await this.#table.commit(writes);
    this.#commits.push(writes);
  }

  lose(): void {
    this.#table = memoryLedgerStore();
  }

  async restore(writes: number): Promise<void> {
    this.lose();
    for (const commit of this.#commits.slice(0, writes)) await this.#table.commit(commit);
  }
}

interface Report {
  readonly rebuilt: readonly string[];
  readonly completed: readonly string[];
  readonly present: readonly string[];
  readonly findings: readonly { readonly about: string; readonly message: string }[];
}

/** `vendings rebuild`, as the administrator of the management account. */
export async function rebuildFrom(
  { organization }: SimulatedVending,
  ledger: LedgerStore,
  configuration: Configuration,
  options: Partial<RebuildArguments> = {},
): Promise<Report & { readonly exitCode: number }> {
  const settings = {
    credentials: { accessKeyId: managementAccountId, secretAccessKey: 'any' },
    requestHandler: inProcessRequestHandler(organization),
  };
  let said = '';
  const exitCode = await rebuild(
    {
      ledger,
      configuration,
      readOrganization: () => readOrganization(settings, configuration.platform, () => undefined),
    },
    { json: true, dryRun: false, restoredAt: null, ...options },
    {
      now: () => new Date(),
      print: (text) => {
        said += text;
      },
    },
  );
  return { ...(JSON.parse(said) as Report), exitCode };
}
