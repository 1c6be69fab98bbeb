import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';

import { parsedJson } from '../../functions/domain/base/json';
import { type Checked, refused } from '../../functions/domain/base/fault';
import { entryOf, linedDocument, textOfFile } from './lined-document';
import { failed, joined, type ReadSource, type SourceAccount } from './source-account';

/*
 * The table aft-request of Account Factory for Terraform, as 1.20.1 fills it
 * (sources/aft-customizations-repos/aft-account-request/terraform/modules/aft-account-request/ddb.tf).
 */

/** An item of the table, and where it is. */
interface Item {
  readonly at: string;
  readonly value: unknown;
}

/**
 * AFT's requests: the answer of `aws dynamodb scan`, an export of the table to S3 (JSON, also compressed), or items, as
 * DynamoDB writes them or plain, in a list or one on a line.
 */
export function aftRequests(file: string): ReadSource {
  const text = textOfFile(file);
  if (!text.ok) return failed(...text.faults);
  const items = parsedJson(text.value) === undefined ? itemsOfLines(file, text.value) : itemsOf(file, text.value);
  return items.ok ? joined(items.value.map(requestOf)) : failed(...items.faults);
}

function itemsOfLines(file: string, text: string): Checked<readonly Item[]> {
  const lines = text.split('\n').map((line, index) => ({ at: `${file}:${index + 1}`, line }));
  const items = lines.filter(({ line }) => line.trim() !== '').map(({ at, line }) => ({ at, value: parsedJson(line) }));
  const broken = items.filter(({ value }) => value === undefined);
  if (broken.length === 0) return { ok: true, value: items };
  // A broken document is no list of lines: one fault, and not one for each line.
  if (broken.length > items.length / 2) {
    return refused({
      field: file,
      message: 'is neither JSON nor lines of JSON. Save the answer of aws dynamodb scan.',
    });
  }
  return refused(...broken.map(({ at }) => ({ field: at, message: 'is not JSON. Correct the line.' })));
}

const DocumentSchema = z.union([
  z.array(z.unknown()),
  z.object({ Items: z.array(z.unknown()), NextToken: z.string().nullish(), LastEvaluatedKey: z.unknown().optional() }),
]);

function itemsOf(file: string, text: string): Checked<readonly Item[]> {
  const document = linedDocument(file, text);
  if (!document.ok) return document;
  const { at, value } = document.value;
  const { data } = DocumentSchema.safeParse(value);
  if (data === undefined) return { ok: true, value: [{ at: at(), value }] };
  if (Array.isArray(data)) return { ok: true, value: data.map((one, index) => ({ at: at(index), value: one })) };
  const { Items, NextToken, LastEvaluatedKey } = data;
  if (NextToken || LastEvaluatedKey) return refused({ field: file, message: NOT_ALL });
  return { ok: true, value: Items.map((one, index) => ({ at: at('Items', index), value: one })) };
}

const NOT_ALL =
  'is not the whole table: the scan has more pages. Take the answer of aws dynamodb scan without --max-items.';

const ExportedSchema = z.object({ Item: z.unknown() });
const AttributesSchema = z.object({ id: z.object({ S: z.string() }) });

const RequestSchema = z.object({
  control_tower_parameters: z.object({
    AccountEmail: z.string(),
    AccountName: z.string(),
    ManagedOrganizationalUnit: z.string(),
    SSOUserEmail: z.string().optional(),
  }),
  account_tags: z.unknown().optional(),
  custom_fields: z.unknown().optional(),
});

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const TextsSchema = z.record(z.string(), Value);

function requestOf({ at, value }: Item): ReadSource {
  const item = ExportedSchema.safeParse(value).data?.Item ?? value;
  const plain = AttributesSchema.safeParse(item).success
    ? entryOf(at, item, PlainSchema)
    : { ok: true as const, value: item };
  if (!plain.ok) return failed(...plain.faults);
  const request = entryOf(at, plain.value, RequestSchema);
  if (!request.ok) return failed(...request.faults);
  const tags = textsOf(at, 'account_tags', request.value.account_tags);
  const fields = textsOf(at, 'custom_fields', request.value.custom_fields);
  const faults = [tags, fields].flatMap((one) => (one.ok ? [] : one.faults));
  if (!tags.ok || !fields.ok) return failed(...faults);
  return { accounts: [sourceOf(at, request.value, tags.value, fields.value)], leftOut: [], faults: [] };
}

type Attributes = Parameters<typeof unmarshall>[0];

/** An item with a type in front of each value, as DynamoDB writes it. */
const PlainSchema = z.custom<Attributes>().transform((item, context) => {
  try {
    return unmarshall(item);
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'is no item as DynamoDB writes it. Save the answer of the scan again.',
    });
    return z.NEVER;
  }
});

/** AFT keeps both as JSON in a text. */
function textsOf(at: string, field: string, given: unknown): Checked<Readonly<Record<string, string>>> {
  const value = typeof given === 'string' ? parsedJson(given) : (given ?? {});
  const { data } = TextsSchema.safeParse(value ?? {});
  if (data !== undefined && value !== undefined) return { ok: true, value: data };
  return refused({ field: `${at}, ${field}`, message: 'must be a JSON object of texts. Correct the request.' });
}

/** `Sandbox (ou-xfe5-a8hb8ml8)`, as AFT has units below others. */
const NESTED = /^(?<name>.*\S)\s*\((?<id>ou-[0-9a-z]+-[0-9a-z]+)\)$/u;

function sourceOf(
  at: string,
  { control_tower_parameters: parameters }: z.infer<typeof RequestSchema>,
  tags: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>>,
): SourceAccount {
  const { AccountEmail: email, AccountName: name, ManagedOrganizationalUnit: given, SSOUserEmail } = parameters;
  const { name: unit = given, id } = NESTED.exec(given)?.groups ?? {};
  return {
    at,
    name,
    email,
    isFoundByName: false,
    accountId: null,
    unit,
    unitAliases: [given, ...(id === undefined ? [] : [id])],
    contactEmail: SSOUserEmail ?? null,
    tags,
    fields,
  };
}
