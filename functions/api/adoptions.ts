import { DesiredStateSchema } from '../domain/desired-state/desired-state';
import {
  type AdoptionAccount,
  type AdoptionRecord,
  type AdoptionWish,
  AdoptionWishSchema,
  newAdoption,
} from '../domain/adoption/adoption';
import { type AdoptionRequest, AdoptionRequestSchema } from '../domain/adoption/adoption-request';
import { idInToken, tokenOf } from '../domain/adoption/adoption-token';
import type { Configuration } from '../domain/configuration/configuration';
import { contentHash } from '../domain/base/json';
import { faultsOf } from '../domain/base/schema-faults';
import { readAccounts } from '../ledger/adoption/adoption-accounts';
import { consentToAdoption, readAdoption, startAdoption } from '../ledger/adoption/adoptions';
import type { LedgerStore } from '../ports/ledger-store';
import type { PartMessages } from '../ports/queues';
import type { Adoption, AdoptionAccepted, Proposals } from './adoption-responses';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, jsonBody, pageSizeFaults, pageSizeOf } from './api-request';

export interface AdoptionPorts {
  readonly ledger: LedgerStore;
  readonly configuration: Configuration;
  readonly adoptions: PartMessages;
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * `POST /adoptions`: with `?dryRun=true` proposes tenants for the accounts that have none, or reads on in proposals;
 * without, adopts the proposals of a token. What takes longer than a call is done by AdoptAccounts.
 */
export async function postAdoptions(ports: AdoptionPorts, request: ApiRequest): Promise<Answer> {
  const faults = [...dryRunFaults(request), ...pageSizeFaults(request)];
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const read = request.body === null ? { ok: true as const, value: {} } : jsonBody(request, HINT);
  if (!read.ok) return read.answer;
  const parsed = AdoptionRequestSchema.safeParse(read.value, { reportInput: true });
  if (!parsed.success) {
    const found = faultsOf(parsed.error, AdoptionRequestSchema, 'body');
    return problem('invalid-desired-state', 'Nothing was proposed or adopted; every fault is listed.', found);
  }
  if (request.query['dryRun'] !== 'true') return consent(ports, parsed.data, request.caller);
  return parsed.data.id === undefined
    ? propose(ports, parsed.data, request)
    : readProposals(ports, parsed.data.id, parsed.data.cursor ?? null, request);
}

const HINT = 'Send { "mapping": [ … ] } with ?dryRun=true, or { "token": "…" }.';

const dryRunFaults = ({ query: { dryRun } }: ApiRequest): ReturnType<typeof pageSizeFaults> =>
  dryRun === undefined || dryRun === 'true' || dryRun === 'false'
    ? []
    : [{ field: 'dryRun', message: `is '${dryRun}'; it may be true or false. Leave it out for false.`, value: dryRun }];

const wishOf = ({ mapping, tagKeys = {} }: AdoptionRequest): AdoptionWish =>
  AdoptionWishSchema.parse({
    mapping: mapping?.map(({ line = null, ...row }) => ({ ...row, line })) ?? null,
    tagKeys,
  });

/** Where a file stands does not change what it says. */
const hashOfWish = (wish: AdoptionWish): string => contentHash(wish);

async function propose(ports: AdoptionPorts, body: AdoptionRequest, { caller }: ApiRequest): Promise<Answer> {
  const { ledger, adoptions, configuration, now, newId } = ports;
  const wish = wishOf(body);
  const hashes = { wishHash: hashOfWish(wish), configurationHash: contentHash(configuration) };
  const record = newAdoption({ id: newId(), requestedBy: caller, ...hashes }, now());
  await startAdoption(ledger, record, wish, now());
  await adoptions.send({ id: record.id, part: 0 }, 0);
  return answer(200, proposalsOf(record, [], null));
}

async function readProposals(
  { ledger, adoptions }: AdoptionPorts,
  id: string,
  after: string | null,
  request: ApiRequest,
): Promise<Answer> {
  const record = await readAdoption(ledger, id);
  if (record === undefined) return notFound(id);
  if (record.phase === 'REFUSED') {
    return problem(
      'invalid-desired-state',
      'Nothing was adopted; every fault of the mapping is listed.',
      record.faults,
    );
  }
  // Somebody was killed before the first message went out.
  if (record.part === 0 && record.takenUntil === null) await adoptions.send({ id, part: 0 }, 0);
  const { accounts, cursor } = await pageOf(ledger, id, after, pageSizeOf(request));
  return answer(200, proposalsOf(record, accounts, cursor));
}

async function consent(
  { ledger, adoptions, configuration, now }: AdoptionPorts,
  body: AdoptionRequest,
  caller: string | null,
): Promise<Answer> {
  const { token, mapping } = body;
  if (token === undefined) {
    const fault = {
      field: 'token',
      message: 'is missing. Ask for proposals with ?dryRun=true, and send the token that came with them.',
    };
    return problem('invalid-desired-state', 'Nothing was adopted.', [fault]);
  }
  const id = idInToken(token);
  const wishHash = mapping === undefined ? null : hashOfWish(wishOf(body));
  const given = { token, configurationHash: contentHash(configuration), wishHash, by: caller };
  const consented = await consentToAdoption(ledger, id, given, now());
  if (!consented.ok) return consented.refusal === null ? notFound(id) : problem('conflict', consented.refusal);
  const { record } = consented;
  await adoptions.send({ id, part: record.part }, 0);
  const accepted: AdoptionAccepted = { id };
  return answer(202, accepted);
}

/** `GET /adoptions/{id}`: how far an adoption has come, account by account. */
export async function getAdoption(ledger: LedgerStore, request: ApiRequest): Promise<Answer> {
  const faults = pageSizeFaults(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const id = request.pathParameters['id'] ?? '';
  const record = await readAdoption(ledger, id);
  if (record === undefined) return notFound(id);
  const { accounts, cursor } = await pageOf(ledger, id, request.query['cursor'] ?? null, pageSizeOf(request));
  return answer(200, adoptionOf(record, accounts, cursor));
}

const notFound = (id: string): Answer =>
  problem('not-found', `There is no adoption '${id}'. Ask for proposals: POST /adoptions?dryRun=true.`);

async function pageOf(
  ledger: LedgerStore,
  id: string,
  after: string | null,
  limit: number,
): Promise<{ readonly accounts: readonly AdoptionAccount[]; readonly cursor: string | null }> {
  const found = await readAccounts(ledger, id, { after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const cursor = found.length > limit ? (page.at(-1)?.accountId ?? null) : null;
  return { accounts: page.filter(({ state }) => state !== 'LEFT_OUT'), cursor };
}

function statusOf({ phase }: AdoptionRecord): Adoption['status'] {
  return phase === 'LISTING' || phase === 'JUDGING' || phase === 'SUMMING' ? 'PROPOSING' : phase;
}

function proposalsOf(record: AdoptionRecord, accounts: readonly AdoptionAccount[], cursor: string | null): Proposals {
  return {
    id: record.id,
    status: statusOf(record),
    pending:
      record.phase === 'LISTING'
        ? null
        : Math.max(0, record.proposalsHash === null ? record.accounts - record.judged : 0),
    accounts: record.accounts,
    refused: record.refused,
    proposals: accounts.filter(({ state }) => state !== 'LISTED').map(proposalOf),
    cursor,
    token: tokenOf(record),
    expiresAt: record.expiresAt,
  };
}

function proposalOf(account: AdoptionAccount): Proposals['proposals'][number] {
  const { accountId, name: accountName, tenantUuid, changes, changesLeftOut, refusal } = account;
  const desiredState = DesiredStateSchema.safeParse(account.desiredState).data ?? null;
  return { accountId, accountName, tenantUuid, desiredState, changes, changesLeftOut, refusal };
}

function adoptionOf(record: AdoptionRecord, accounts: readonly AdoptionAccount[], cursor: string | null): Adoption {
  const { id, startedAt, consentedAt, consentedBy, endedAt, running, adopted, refused, waitsUntil } = record;
  const failed = record.failed + refused;
  return {
    id,
    startedAt,
    consentedAt,
    consentedBy,
    endedAt,
    adopted,
    failed,
    waitsUntil,
    status: statusOf(record),
    accounts: record.accounts,
    waiting: Math.max(0, record.accounts - running.length - adopted - failed),
    running: running.length,
    reason: record.staleBecause ?? (record.faults.length === 0 ? null : textOf(record.faults)),
    details: accounts.map(detailOf),
    cursor,
  };
}

const textOf = (faults: AdoptionRecord['faults']): string =>
  faults.map(({ field, message }) => `${field} ${message}`).join(' ');

function detailOf({
  accountId,
  name,
  tenantUuid,
  state,
  refusal,
  reason,
}: AdoptionAccount): Adoption['details'][number] {
  const account = { accountId, accountName: name, tenantUuid };
  if (refusal !== null) return { ...account, state: 'failed', reason: refusal.message };
  switch (state) {
    case 'RUNNING':
      return { ...account, state: 'running', reason: null };
    case 'ADOPTED':
      return { ...account, state: 'adopted', reason: null };
    case 'FAILED':
      return { ...account, state: 'failed', reason };
    case 'LISTED':
    case 'PROPOSED':
    case 'LEFT_OUT':
      return { ...account, state: 'waiting', reason: null };
  }
}
