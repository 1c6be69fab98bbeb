import type { Configuration } from '../../functions/domain/configuration/configuration';
import { type OrganizationReading, type Rebuilt, type RebuildFinding, rebuiltTenants } from './rebuilt-tenants';
import { configuredServiceAccounts } from '../../functions/domain/configuration/service-accounts';
import { TENANT_SORT, tenantUuidOf } from '../../functions/ledger/base/keys';
import { type RebuildOptions, rebuildTenant, renumberTenant, type TenantRebuilding } from './rebuild-tenant';
import type { LedgerStore } from '../../functions/ports/ledger-store';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { asSentence, errorMessage } from '../error-message';

export interface RebuildArguments {
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly restoredAt: Date | null;
}

export interface RebuildDeps {
  readonly ledger: LedgerStore;
  readonly configuration: Configuration;
  readonly readOrganization: () => Promise<OrganizationReading>;
}

interface RebuildReport {
  readonly dryRun: boolean;
  readonly accounts: number;
  /** Tenants by their uuids. */
  readonly rebuilt: readonly string[];
  readonly completed: readonly string[];
  readonly present: readonly string[];
  readonly findings: readonly RebuildFinding[];
}

/**
 * `vendings rebuild`: fills the ledger from the organization. Only what is missing is written, one tenant
 * after the other, so that it may be killed anywhere and run again.
 *
 * @returns 1: something needs a person
 */
export async function rebuild(
  { ledger, configuration, readOrganization }: RebuildDeps,
  { json, dryRun, restoredAt }: RebuildArguments,
  { print, now }: Pick<CommandContext, 'print' | 'now'>,
): Promise<number> {
  const options = { now: now(), dryRun, restoredAt };
  const reading = await readOrganization().catch(refused);
  const { platform } = configuration;
  const rules = {
    serviceAccounts: configuredServiceAccounts(platform),
    mayHaveImported: platform.import !== undefined,
  };
  const report = await written(ledger, reading, rebuiltTenants(reading, rules, options.now), options);
  if (restoredAt !== null) await renumber(ledger, options);
  print(json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
  return report.findings.length === 0 ? 0 : 1;
}

function refused(cause: unknown): never {
  throw new OperatorError(
    `The organization cannot be read: ${asSentence(errorMessage(cause))}\nName a profile of the management account by --management-profile. It needs organizations:ListAccounts, ` +
      'organizations:ListTagsForResource, organizations:ListCreateAccountStatus, identitystore:ListGroups and servicecatalog:SearchProvisionedProducts.',
  );
}

async function written(
  ledger: LedgerStore,
  { accounts }: OrganizationReading,
  { tenants, findings }: Rebuilt,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const results: { readonly tenantUuid: string; readonly accountId: string; readonly result: TenantRebuilding }[] = [];
  for (const tenant of tenants) {
    const { tenantUuid, account } = tenant;
    results.push({ tenantUuid, accountId: account.id, result: await rebuildTenant(ledger, tenant, options) });
  }
  const having = (outcome: TenantRebuilding['outcome']): readonly string[] =>
    results.filter(({ result }) => result.outcome === outcome).map(({ tenantUuid }) => tenantUuid);
  return {
    dryRun: options.dryRun,
    accounts: accounts.length,
    rebuilt: having('rebuilt'),
    completed: having('completed'),
    present: having('present'),
    findings: [...findings, ...results.flatMap(conflictOf)],
  };
}

function conflictOf({
  tenantUuid,
  accountId,
  result: { outcome, taken },
}: {
  readonly tenantUuid: string;
  readonly accountId: string;
  readonly result: TenantRebuilding;
}): readonly RebuildFinding[] {
  if (outcome === 'conflict') {
    const message = `The ledger has another account for tenant ${tenantUuid}, or gives ${[accountId, ...taken].join(', ')} to another tenant.`;
    return [{ about: accountId, message, remedy: 'Find out which of the two is right; the ledger was left as it is.' }];
  }
  return taken.map((name) => ({
    about: tenantUuid,
    message: `The ledger gives ${name} to another tenant.`,
    remedy: 'The tenant was written without it. Its next run says what to do about the group.',
  }));
}

/** Tenants without an account, too: their runs have numbers. */
async function renumber(ledger: LedgerStore, options: RebuildOptions): Promise<void> {
  let cursor: string | null = null;
  do {
    const page = await ledger.list({ limit: 100, ...(cursor === null ? {} : { cursor }) });
    for (const { key } of page.items) {
      if (key.sort === TENANT_SORT) await renumberTenant(ledger, tenantUuidOf(key), options);
    }
    cursor = page.cursor;
  } while (cursor !== null);
}

function inWords({ dryRun, accounts, rebuilt, completed, present, findings }: RebuildReport): string {
  const tenants = rebuilt.length + completed.length + present.length;
  return [
    `${accounts} accounts in the organization; ${tenants} are tenants'.`,
    `${dryRun ? 'To be rebuilt' : 'Rebuilt'}: ${rebuilt.length}; ${dryRun ? 'to be completed' : 'completed'}: ${completed.length}; there already: ${present.length}.`,
    ...findings.map(({ about, message, remedy }) => `${about}: ${message}\n  ${remedy}`),
    '',
  ].join('\n');
}
