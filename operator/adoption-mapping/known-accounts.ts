import * as z from 'zod';

import { type Checked, type Fault, refused, shown } from '../../functions/domain/base/fault';
import { nearest } from '../../functions/domain/base/nearest-name';
import { entryOf, linedDocument, textOfFile } from './lined-document';
import type { SourceAccount } from './source-account';

const AccountSchema = z.object({
  Id: z.string().regex(/^\d{12}$/u, 'must have twelve digits'),
  Name: z.string().default(''),
  Email: z.string(),
  // AWS answers either or both.
  State: z.string().optional(),
  Status: z.string().optional(),
});

const ListSchema = z.object({ Accounts: z.array(AccountSchema), NextToken: z.string().nullish() });

type Known = z.infer<typeof AccountSchema>;

/** The accounts of the organization, as `aws organizations list-accounts` prints them. */
export interface KnownAccounts {
  /** The account that a tool means; a fault where none is, or not one alone. */
  readonly find: (account: SourceAccount) => Checked<Found>;
}

export interface Found {
  readonly id: string;
  /** Why the account cannot be adopted; null: it can. */
  readonly closed: string | null;
}

/** @param file undefined: the tool's file has to name all ids */
export function knownAccounts(file: string | undefined): Checked<KnownAccounts> {
  if (file === undefined) return { ok: true, value: { find: withoutList } };
  const text = textOfFile(file);
  if (!text.ok) return text;
  const document = linedDocument(file, text.value);
  if (!document.ok) return document;
  const list = entryOf(file, document.value.value, ListSchema);
  if (!list.ok) return list;
  if (list.value.NextToken) return refused({ field: file, message: NOT_ALL });
  return { ok: true, value: { find: (account) => found(list.value.Accounts, file, account) } };
}

const NOT_ALL =
  'is not the whole list: it has a NextToken. Take the answer of aws organizations list-accounts without --max-items.';

function withoutList({ at, accountId }: SourceAccount): Checked<Found> {
  if (accountId !== null) return { ok: true, value: { id: accountId, closed: null } };
  const message = 'has no account id. Save the answer of aws organizations list-accounts, and name it by --accounts.';
  return refused({ field: `${at}, email`, message });
}

function found(known: readonly Known[], file: string, account: SourceAccount): Checked<Found> {
  const { at, accountId, name, email, isFoundByName } = account;
  const byId = known.filter(({ Id }) => Id === accountId);
  const byEmail = known.filter(({ Email }) => sameText(Email, email));
  const byName = isFoundByName ? known.filter(({ Name }) => Name === name) : [];
  const candidates = [...new Set([...(accountId === null ? [] : byId), ...byEmail, ...byName])];
  const [only, ...others] = candidates;
  if (only === undefined) return refused(nobody(known, file, account));
  if (others.length > 0) return refused(several(at, candidates, account));
  const state = only.State ?? only.Status ?? 'ACTIVE';
  return { ok: true, value: { id: only.Id, closed: state === 'ACTIVE' ? null : `its account ${only.Id} is ${state}` } };
}

const sameText = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function nobody(known: readonly Known[], file: string, { at, name, email, isFoundByName }: SourceAccount): Fault {
  const meant = nearest(
    email,
    known.map(({ Email }) => Email),
  );
  const what = isFoundByName ? `${shown(email)} or the name ${shown(name)}` : shown(email);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return {
    field: `${at}, email`,
    message: `no account in ${file} has ${what}.${hint} Correct it, make the list again, or --leave-out ${shown(name)}.`,
  };
}

const several = (at: string, candidates: readonly Known[], { name, email }: SourceAccount): Fault => ({
  field: `${at}, email`,
  message: `${shown(email)} and the name ${shown(name)} are of several accounts: ${candidates.map(({ Id }) => Id).join(', ')}. Correct one of them.`,
});
