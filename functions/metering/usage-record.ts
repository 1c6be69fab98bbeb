import { contentHash } from '../domain/base/json';
import { InvalidRequestError } from '../domain/base/errors';
import { tenantsOfAccounts, desiredStateAt } from '../ledger/tenants/tenants-at';
import { readTenant } from '../ledger/tenants/tenant-items';
import { keepContent } from '../ledger/metering/usage-months';
import type { DesiredState } from '../domain/desired-state/desired-state';
import { mergedTags } from '../domain/desired-state/merged-tags';
import type { LedgerStore } from '../ports/ledger-store';
import type { CostAnswers } from './domain/cost-answers';
import { type ContentReference, mayBeFinal, type UsageRecord, type UsageRules } from './domain/collected-month';
import { meterMonth, type UsageReports } from './domain/usage-report';
import { type Month, endOf } from './domain/month';
import {
  stateOf,
  type UsageDocument,
  usageDocument,
  type DocumentInput,
  type TenantDetails,
} from './domain/usage-document';
import type { CollectPorts } from './ask-costs';
import { keepShares, packed, readDocument } from './usage-documents';

/**
 * Reports that were not final are replaced, and what replaced them stays; what nothing refers to any more goes after
 * this time.
 */
const OPEN_DAYS = 400;

/** What a month's record is made of. */
export interface CollectedAnswers {
  readonly month: Month;
  readonly before: UsageRecord | undefined;
  readonly answers: CostAnswers;
  readonly costsHash: string;
  readonly rules: UsageRules;
}

/** The month's record as it is to be: the one before, when it would say the same. */
export async function usageRecord(ports: CollectPorts, found: CollectedAnswers, now: Date): Promise<UsageRecord> {
  const { month, before, answers, costsHash, rules } = found;
  const { document, isFinal, estimated } = await documentOf(ports, found, now);
  const state = stateOf(document, isFinal);
  if (before?.document.hash === contentHash(document) && before.state === state && before.estimated === estimated) {
    return before;
  }
  const keepReports = (content: object, name?: string): Promise<ContentReference> =>
    keep(ports, month, content, isFinal ? undefined : OPEN_DAYS, now, name);
  return {
    month,
    state,
    estimated,
    generatedAt: now.toISOString(),
    finalizedAt: isFinal ? (before?.finalizedAt ?? now.toISOString()) : null,
    document: await keepReports(document),
    shares: await keepShares(document, keepReports),
    answers: await keep(ports, month, answers, ports.metering.processing.deleteRawDataAfterDays, now),
    rules,
    costsHash,
    superseded: [...(before?.superseded ?? []), ...supersededBy(before, now)],
    announced: false,
  };
}

async function documentOf(
  ports: CollectPorts,
  { month, before, answers, rules }: CollectedAnswers,
  now: Date,
): Promise<{ readonly document: UsageDocument; readonly isFinal: boolean; readonly estimated: boolean }> {
  const { ledger } = ports;
  const metered = meterMonth(answers, new Map(), rules, month);
  if (!metered.ok) throw new InvalidRequestError(metered.faults);
  const { estimated } = metered.value;
  // Of accounts with costs, and of those that have bought something.
  const accountIds = metered.value.usage.reports.map(({ accountId }) => accountId);
  const tenants = await tenantsOfAccounts(ledger, accountIds);
  const usage = ofTenants(metered.value.usage, tenants);
  const wasFinal = before !== undefined && before.finalizedAt !== null;
  const isFinal = wasFinal || mayBeFinal(month, estimated, now);
  const { details, accountNames } = await tenantDetails(ledger, tenants.values(), month);
  const previous =
    before === undefined ? null : { document: await readDocument(ledger, month, before.document), wasFinal };
  return { document: usageDocument({ usage, details, accountNames, isFinal, previous }), isFinal, estimated };
}

const ofTenants = (usage: UsageReports, tenants: ReadonlyMap<string, string>): UsageReports => ({
  ...usage,
  reports: usage.reports.map((report) => ({ ...report, tenantUuid: tenants.get(report.accountId) ?? null })),
});

function keep(
  { ledger }: CollectPorts,
  month: Month,
  content: object,
  days: number | undefined,
  now: Date,
  name = contentHash(content),
): Promise<ContentReference> {
  // Counted from the first of a day, so that a second run of the same day writes nothing.
  const expiresAt = days === undefined ? undefined : Math.floor(now.getTime() / 86_400_000 + days) * 86_400;
  return keepContent(ledger, month, name, packed(JSON.stringify(content)), expiresAt);
}

const supersededBy = (before: UsageRecord | undefined, now: Date): UsageRecord['superseded'] =>
  typeof before?.finalizedAt === 'string' ? [{ document: before.document, at: now.toISOString() }] : [];

/**
 * Tags and payment method of some tenants as they were when the month ended; of a month that has not, as they are. The
 * names of accounts are those of today: this application renames no account.
 */
async function tenantDetails(
  ledger: LedgerStore,
  tenantUuids: Iterable<string>,
  month: Month,
): Promise<Pick<DocumentInput, 'details' | 'accountNames'>> {
  const details = new Map<string, TenantDetails>();
  const accountNames = new Map<string, string>();
  for (const tenantUuid of new Set(tenantUuids)) {
    const tenant = await readTenant(ledger, tenantUuid);
    const { workspaceIdentifier = null, projectIdentifier = null, account = null } = tenant ?? {};
    const desiredState = await desiredStateAt(ledger, tenantUuid, endOf(month));
    details.set(tenantUuid, { ...wantedDetails(desiredState), workspaceIdentifier, projectIdentifier });
    if (account !== null) accountNames.set(account.id, account.name);
  }
  return { details, accountNames };
}

type WantedDetails = Pick<TenantDetails, 'tags' | 'paymentMethod'>;

function wantedDetails(desiredState: DesiredState | undefined): WantedDetails {
  if (desiredState === undefined) return { tags: null, paymentMethod: null };
  const { project, paymentMethod } = desiredState;
  const identifier = paymentMethod?.metadata.name ?? project.spec.paymentMethodIdentifier ?? null;
  return {
    tags: Object.fromEntries(mergedTags(desiredState).map(({ name, value }) => [name, value])),
    paymentMethod:
      identifier === null
        ? null
        : {
            identifier,
            name: paymentMethod?.spec.displayName ?? null,
            amount: paymentMethod?.spec.amount == null ? null : String(paymentMethod.spec.amount),
            expirationDate: paymentMethod?.spec.expirationDate ?? null,
          },
  };
}
