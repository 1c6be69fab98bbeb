import { within } from '../domain/base/plain-schemas';
import type { AdoptionAccount, AdoptionRecord, MappingRow, TagKeys } from '../domain/adoption/adoption';
import { proposedState, rowOfTags } from '../domain/adoption/proposed-state';
import { hasImportTag, isInImportUnit } from '../domain/account/import-refusal';
import { RejectedError, TransientError } from '../domain/base/errors';
import { type Fault, inOneText } from '../domain/base/fault';
import { contentHash } from '../domain/base/json';
import type { Configuration } from '../domain/configuration/configuration';
import { parseDesiredState } from '../domain/desired-state/desired-state';
import { TENANT_TAG_KEY, type VendingPlan } from '../domain/plan/plan';
import { importRulesOf } from '../domain/planning/planned-platform';
import { judgeDesiredState } from '../domain/planning/judge-desired-state';
import type { Preview } from '../domain/run/preview';
import { readAccounts, writeAccount } from '../ledger/adoption/adoption-accounts';
import { aliasClaim, groupClaim } from '../ledger/base/keys';
import type { ChangePreview } from '../ports/invoked-functions';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import type { AccountTags } from '../ports/organizations';
import type { OwnAccount } from '../ports/own-account';
import { wishOf } from './list-accounts';

export interface JudgePorts {
  readonly ledger: LedgerStore;
  readonly configuration: Configuration;
  readonly tags: Pick<AccountTags, 'list'>;
  readonly previews: ChangePreview;
  readonly ownAccount: OwnAccount;
  readonly log: Log;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** So many in one part: each takes seconds, and the function has two minutes. */
const MAX_IN_PART = 24;

/** No account is begun after so many seconds. */
const PART_SECONDS = 60;

/** Read beside one another; more would be turned away by AWS. */
const AT_ONCE = 4;

/** Says of the next accounts what adopting them would change, by the dry run of each. Writes nothing but that. */
export async function judgeAccounts(ports: JudgePorts, record: AdoptionRecord): Promise<AdoptionRecord> {
  const { ledger, now } = ports;
  const { mapping, tagKeys } = await wishOf(ledger, record);
  const accounts = await readAccounts(ledger, record.id, { after: record.cursor, limit: MAX_IN_PART });
  const own = await ports.ownAccount.id();
  const context = { ...ports, tagKeys, own, record, hasMapping: mapping !== null };
  const begun = now().getTime();
  const faults: Fault[] = [];
  let after = record;
  for (let at = 0; at < accounts.length && now().getTime() - begun < PART_SECONDS * 1000; at += AT_ONCE) {
    const some = accounts.slice(at, at + AT_ONCE);
    const found = await Promise.all(some.map((account) => judgeAccount(context, account)));
    faults.push(...found.filter((fault) => fault !== null));
    after = { ...after, cursor: some.at(-1)?.accountId ?? null, judged: after.judged + some.length };
  }
  const isLast = accounts.length < MAX_IN_PART && after.cursor === (accounts.at(-1)?.accountId ?? record.cursor);
  const kept = [...after.faults, ...faults].slice(0, MAX_FAULTS);
  return { ...after, faults: kept, ...(isLast ? { phase: 'SUMMING', cursor: null } : {}) };
}

const MAX_FAULTS = 101;

interface JudgeContext extends JudgePorts {
  readonly record: AdoptionRecord;
  readonly tagKeys: TagKeys;
  readonly own: string;
  readonly hasMapping: boolean;
}

/** What is wrong with the line of the mapping that names it; null: nothing. */
async function judgeAccount(context: JudgeContext, account: AdoptionAccount): Promise<Fault | null> {
  const { ledger, record, now, tags } = context;
  const write = (judged: Partial<AdoptionAccount>): Promise<void> =>
    writeAccount(ledger, record.id, { ...account, ...judged }, now());
  // Judged by a function that was killed before its part was written down.
  if (account.state !== 'LISTED') return faultOf(account);
  const carried = await tags.list(account.accountId);
  const problem = problemOfTags(context, account, carried);
  if (problem !== null) {
    await write({ state: 'LEFT_OUT', reason: problem });
    return faultOf({ ...account, reason: problem });
  }
  const row = account.row ?? (context.hasMapping ? undefined : rowOfTags(account.accountId, carried, context.tagKeys));
  const decidesByTags = account.row === null || !isInAllowedUnit(context, account);
  const tagsHash = decidesByTags ? contentHash(carried) : null;
  if (row === undefined) {
    await write({ state: 'PROPOSED', tagsHash, refusal: nobodySays(context) });
    return null;
  }
  await write({ state: 'PROPOSED', tagsHash, ...(await proposalOf(context, account, row)) });
  return null;
}

const isInAllowedUnit = ({ configuration }: JudgePorts, { place }: AdoptionAccount): boolean => {
  const rules = importRulesOf(configuration.platform);
  return rules !== null && isInImportUnit(rules, place.unitsAbove);
};

/** As the rest of a sentence that begins with the account; null: it may be adopted. */
function problemOfTags(
  context: JudgeContext,
  account: AdoptionAccount,
  carried: Readonly<Record<string, string>>,
): string | null {
  const owner = carried[TENANT_TAG_KEY];
  if (owner !== undefined && owner !== account.tenantUuid) {
    return `which belongs to tenant ${owner}, as its tag ${TENANT_TAG_KEY} says. Take the line out.`;
  }
  const rules = importRulesOf(context.configuration.platform);
  const isAllowed = isInAllowedUnit(context, account) || (rules !== null && hasImportTag(rules, carried));
  if (isAllowed) return null;
  const place = `which is in ${account.place.unitsAbove[0] ?? 'no unit that AWS names'}`;
  const tag = rules?.tag ?? null;
  return tag === null
    ? `${place}, from which no account may be adopted. Move it, or take the line out.`
    : `${place} and has no tag ${tag.key} = ${tag.value}. Put the tag on it, or move it.`;
}

/** Of one that a mapping names and that may not be adopted. */
function faultOf({ row, accountId, reason }: AdoptionAccount): Fault | null {
  if (row === null || reason === null) return null;
  const field = row.line === null ? `mapping: ${accountId}` : `line ${row.line}, accountId`;
  return { field, message: `is '${accountId}', ${reason}` };
}

/** Nobody says what this account is to be. */
const nobodySays = ({ hasMapping, tagKeys }: JudgeContext): AdoptionAccount['refusal'] =>
  hasMapping
    ? {
        state: 'Mapping',
        message: 'No line of the mapping names this account.',
        remedy: 'Add a line for it, or leave it out.',
      }
    : {
        state: 'Mapping',
        message: `The account lacks one of the tags ${Object.values(tagKeys).join(', ')}.`,
        remedy: 'Put these tags on the account, or send a mapping.',
      };

async function proposalOf(
  context: JudgeContext,
  account: AdoptionAccount,
  row: MappingRow,
): Promise<Partial<AdoptionAccount>> {
  const proposed = proposedState(account, row, context.record);
  const judged = judgeDesiredState(proposed, context.configuration, { own: context.own });
  if (!judged.ok) {
    const read = parseDesiredState(proposed);
    return { desiredState: read.ok ? read.value : null, refusal: faultyState(judged.faults) };
  }
  const { desiredState, plan } = judged.value;
  const { changes, refusal } = await previewOf(context, plan);
  const all = changes ?? [];
  const shown = within(all, MAX_CHANGE_BYTES);
  return {
    desiredState,
    refusal,
    changes: [...shown],
    changesLeftOut: all.length - shown.length,
    names: namesOf(plan),
    enrolls: all.some(({ state }) => state === 'EnrollAccount'),
  };
}

/** A page of proposals, and an item of the ledger, have room for so much of each account. */
const MAX_CHANGE_BYTES = 32 * 1024;

const namesOf = (plan: VendingPlan): string[] => [
  aliasClaim(plan.account.alias),
  ...new Set(plan.groups.map(({ name }) => groupClaim(name))),
];

const faultyState = (faults: readonly Fault[]): NonNullable<AdoptionAccount['refusal']> => ({
  state: 'PlanVending',
  message: inOneText(faults),
  remedy: 'Correct the mapping or the tags, or the configuration, and ask for new proposals.',
});

const MAX_TRIES = 3;
const PAUSE_MILLISECONDS = 2000;

/** One account that cannot be looked at stops no other. */
async function previewOf(context: JudgeContext, plan: VendingPlan): Promise<Pick<Preview, 'changes' | 'refusal'>> {
  const { previews, log, wait } = context;
  for (let tries = 1; ; tries += 1) {
    try {
      return await previews.preview(plan);
    } catch (cause) {
      const mayPass = cause instanceof TransientError && tries < MAX_TRIES;
      if (!mayPass) {
        log.error('What an adoption would change could not be told', { account: plan.existingAccountId }, cause);
        return { changes: null, refusal: notSeen(cause) };
      }
      await wait(PAUSE_MILLISECONDS * tries);
    }
  }
}

const notSeen = (cause: unknown): Preview['refusal'] => ({
  state: 'PreviewChanges',
  ...(cause instanceof RejectedError
    ? { message: cause.reason, remedy: cause.remedy }
    : {
        message: cause instanceof Error ? cause.message : String(cause),
        remedy: 'Ask for new proposals; if it stays so, the log of PreviewChanges says why.',
      }),
});
