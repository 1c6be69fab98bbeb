import * as z from 'zod';

import type { Fault } from '../../functions/domain/base/fault';
import { entryOf, linedDocument, type LinedDocument, textOfFile } from './lined-document';
import { failed, type ReadSource, type SourceAccount } from './source-account';

/*
 * accounts-config.yaml of Landing Zone Accelerator on AWS, as its schema of 1.15.5 has it
 * (source/packages/@aws-accelerator/config/lib/schemas/accounts-config.json).
 */

const FileSchema = z.strictObject({
  mandatoryAccounts: z.array(z.unknown()).default([]),
  workloadAccounts: z.array(z.unknown()).default([]),
  accountIds: z.array(z.unknown()).default([]),
});

const AccountSchema = z.strictObject({
  name: z.string(),
  email: z.string(),
  description: z.string().optional(),
  organizationalUnit: z.string().default('Root'),
  accountAlias: z.string().optional(),
  warm: z.boolean().optional(),
  enableGovCloud: z.boolean().optional(),
});

const AccountIdSchema = z.object({ email: z.string(), accountId: z.string() });

/** LZA's accounts. Its mandatory ones are the organization's own, and nobody's tenants. */
export function lzaAccounts(file: string): ReadSource {
  const text = textOfFile(file);
  if (!text.ok) return failed(...text.faults);
  const document = linedDocument(file, text.value);
  if (!document.ok) return failed(...document.faults);
  const { at, value } = document.value;
  const read = entryOf(at(), value, FileSchema);
  if (!read.ok) return failed(...read.faults);
  const ids = idsOf(document.value, read.value.accountIds);
  const faults: Fault[] = [...ids.faults];
  const entriesOf = (list: 'mandatoryAccounts' | 'workloadAccounts'): readonly SourceAccount[] =>
    read.value[list].flatMap((entry, index) => {
      const account = entryOf(at(list, index), entry, AccountSchema);
      if (!account.ok) faults.push(...account.faults);
      return account.ok ? [sourceOf(at(list, index), account.value, ids.byEmail)] : [];
    });
  const leftOut = entriesOf('mandatoryAccounts').map(({ name, at: line }) => ({
    at: line,
    name,
    why: 'it is a mandatory account of LZA, which no tenant can have',
  }));
  return { accounts: entriesOf('workloadAccounts'), leftOut, faults };
}

interface Ids {
  readonly byEmail: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

function idsOf({ at }: LinedDocument, entries: readonly unknown[]): Ids {
  const read = entries.map((entry, index) => entryOf(at('accountIds', index), entry, AccountIdSchema));
  const pairs = read.flatMap((one) => (one.ok ? [[one.value.email.toLowerCase(), one.value.accountId] as const] : []));
  return { byEmail: new Map(pairs), faults: read.flatMap((one) => (one.ok ? [] : one.faults)) };
}

const sourceOf = (
  at: string,
  { name, email, organizationalUnit }: z.infer<typeof AccountSchema>,
  ids: Ids['byEmail'],
): SourceAccount => ({
  at,
  name,
  email,
  isFoundByName: false,
  accountId: ids.get(email.toLowerCase()) ?? null,
  unit: organizationalUnit,
  unitAliases: [],
  contactEmail: null,
  tags: {},
  fields: {},
});
