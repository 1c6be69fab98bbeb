import type * as z from 'zod';

import { type Adoption, AdoptionSchema, type Proposals, ProposalsSchema } from '../../functions/api/adoption-responses';
import type { LedgerStore } from '../../functions/ports/ledger-store';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { AccountSeed, OrganizationSeed } from '../../sandbox/organization/organization-seed';
import type { ApiAnswer } from '../../sandbox/runtime/stage/stage';
import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import type { SimulatedVending } from './simulated-vending';

/** From which the configuration allows imports. */
export const LEGACY = 'ou-ab12-legacy01';

export const accountIdOf = (number: number): string => String(700_000_000_000 + number);

/** Accounts that were there long before anybody vended any. */
export const legacyAccounts = (count: number, change: Partial<AccountSeed> = {}): readonly AccountSeed[] =>
  Array.from({ length: count }, (_, number) => ({
    id: accountIdOf(number),
    name: `legacy ${number}`,
    email: `legacy+${number}@corp.example`,
    parentId: LEGACY,
    accessRole: 'MeshstackAccountAccessRole',
    ...change,
  }));

export const organizationWith = (...accounts: readonly AccountSeed[]): Partial<OrganizationSeed> => ({
  accounts: [...exampleOrganization().accounts, ...accounts],
});

export interface Row {
  readonly line: number;
  readonly accountId: string;
  readonly workspace: string;
  readonly project: string;
  readonly landingZone: string;
}

/** The header is the first line. */
export const rowOf = (accountId: string, number: number, change: Partial<Row> = {}): Row => ({
  line: number + 2,
  accountId,
  workspace: 'legacy',
  project: `app-${number}`,
  landingZone: 'aws-dev',
  ...change,
});

export const rowsOf = (accounts: readonly AccountSeed[]): readonly Row[] =>
  accounts.map(({ id }, number) => rowOf(id, number));

/** A ledger that remembers the partitions that were written to. */
export function watchedLedger(): { readonly ledger: LedgerStore; readonly written: Set<string> } {
  const store = memoryLedgerStore();
  const written = new Set<string>();
  return {
    written,
    ledger: {
      read: (keys) => store.read(keys),
      readPartition: (query) => store.readPartition(query),
      list: (query) => store.list(query),
      commit: async (writes) => {
        await store.commit(writes);
        for (const { key } of writes) written.add(key.partition);
      },
    },
  };
}

/** The calls of the API about adoptions. */
export class AdoptionCalls {
  readonly #simulation: SimulatedVending;

  constructor(simulation: SimulatedVending) {
    this.#simulation = simulation;
  }

  async propose(body: object = {}): Promise<Proposals> {
    return this.#ok(await this.#post({ dryRun: 'true', limit: '1' }, body), ProposalsSchema);
  }

  /** As it is answered when everything that is going to happen has happened. */
  async proposed(body: object = {}): Promise<ApiAnswer> {
    const { id } = await this.propose(body);
    await this.#simulation.settle();
    return this.#post({ dryRun: 'true', limit: '100' }, { id });
  }

  async proposals(body: object = {}): Promise<Proposals> {
    const first = this.#ok(await this.proposed(body), ProposalsSchema);
    const all = [...first.proposals];
    for (let { cursor } = first; cursor !== null;) {
      const answer = await this.#post({ dryRun: 'true', limit: '100' }, { id: first.id, cursor });
      const page = this.#ok(answer, ProposalsSchema);
      all.push(...page.proposals);
      ({ cursor } = page);
    }
    return { ...first, proposals: all };
  }

  consent(token: string | null, body: object = {}): Promise<ApiAnswer> {
    return this.#post({}, { token: token ?? '', ...body });
  }

  async adoption(id: string): Promise<Adoption> {
    const path = `/adoptions/${id}`;
    const details: Adoption['details'][number][] = [];
    let cursor: string | null = null;
    for (;;) {
      const query: Record<string, string> = { limit: '100', ...(cursor === null ? {} : { cursor }) };
      const answer = await this.#simulation.application.callApi({ method: 'GET', path, query });
      const page: Adoption = this.#ok(answer, AdoptionSchema);
      details.push(...page.details);
      if (page.cursor === null) return { ...page, details };
      ({ cursor } = page);
    }
  }

  #post(query: Readonly<Record<string, string>>, body: object): Promise<ApiAnswer> {
    return this.#simulation.application.callApi({ method: 'POST', path: '/adoptions', query, body });
  }

  #ok<Schema extends z.ZodType>({ status, body }: ApiAnswer, schema: Schema): z.infer<Schema> {
    if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return schema.parse(body);
  }
}
