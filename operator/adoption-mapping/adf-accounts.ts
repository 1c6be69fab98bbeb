import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { reasonOf } from '../../infra/json-file';
import { entryOf, linedDocument, textOfFile } from './lined-document';
import { failed, joined, type ReadSource, type SourceAccount } from './source-account';

/*
 * Files of adf-accounts of AWS Deployment Framework, as 4.0.0 describes them
 * (src/lambda_codebase/initial_commit/bootstrap_repository/adf-accounts/README.md).
 */

const FileSchema = z.strictObject({ accounts: z.array(z.unknown()).nullable() });

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const AccountSchema = z.strictObject({
  account_full_name: z.string(),
  organizational_unit_path: z.string(),
  email: z.string(),
  alias: z.string().optional(),
  allow_billing: z.unknown().optional(),
  delete_default_vpc: z.unknown().optional(),
  support_level: z.unknown().optional(),
  tags: z.array(z.record(z.string(), Value)).nullish(),
});

/** ADF finds its accounts by their names. Its deployment account is its own, and nobody's tenant. */
export function adfAccounts(place: string): ReadSource {
  try {
    if (!statSync(place).isDirectory()) return accountsIn(place);
    const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/u.test(name))
      .toSorted();
    if (files.length > 0) return joined(files.map((name) => accountsIn(path.join(place, name))));
    return failed({ field: place, message: 'has no .yml files. Name the folder adf-accounts.' });
  } catch (cause) {
    return failed({ field: place, message: `cannot be read: ${reasonOf(cause)}. Check the path.` });
  }
}

function accountsIn(file: string): ReadSource {
  const text = textOfFile(file);
  if (!text.ok) return failed(...text.faults);
  const document = linedDocument(file, text.value);
  if (!document.ok) return failed(...document.faults);
  const { at, value } = document.value;
  const read = entryOf(at(), value, FileSchema);
  if (!read.ok) return failed(...read.faults);
  return joined((read.value.accounts ?? []).map((entry, index) => accountOf(at('accounts', index), entry)));
}

function accountOf(at: string, entry: unknown): ReadSource {
  const account = entryOf(at, entry, AccountSchema);
  if (!account.ok) return failed(...account.faults);
  const source = sourceOf(at, account.value);
  if (source.unit !== DEPLOYMENT_UNIT) return { accounts: [source], leftOut: [], faults: [] };
  const why = 'it is in the unit of ADF’s deployment account, which no tenant can have';
  return { accounts: [], leftOut: [{ at, name: source.name, why }], faults: [] };
}

const DEPLOYMENT_UNIT = '/deployment';

const sourceOf = (at: string, account: z.infer<typeof AccountSchema>): SourceAccount => ({
  at,
  name: account.account_full_name,
  email: account.email,
  isFoundByName: true,
  accountId: null,
  unit: account.organizational_unit_path,
  unitAliases: [account.organizational_unit_path.replace(/^\/+/u, '')],
  contactEmail: null,
  tags: Object.fromEntries((account.tags ?? []).flatMap((tag) => Object.entries(tag))),
  fields: {},
});
