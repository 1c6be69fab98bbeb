import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse as parseCsv } from 'csv-parse/sync';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';

import { nearest } from '../../functions/domain/base/nearest-name';
import { errorMessage } from '../error-message';
import { OperatorError } from '../operator-error';

/** A row of a mapping, with the line of the file in which it begins. */
export interface FileRow {
  readonly line: number;
  readonly accountId: string;
  readonly workspace: string;
  readonly project: string;
  readonly landingZone: string;
  readonly contactEmail?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Reads a mapping: CSV with a header, or YAML (or JSON) with a list. What is missing in a row is left empty: the API
 * tells it together with everything else that is wrong.
 *
 * @throws OperatorError when the file cannot be read as a whole
 */
export function readMapping(file: string): readonly FileRow[] {
  const text = textOf(file);
  const isCsv = path.extname(file).toLowerCase() === '.csv';
  try {
    return isCsv ? rowsOfCsv(text) : rowsOfYaml(text);
  } catch (cause) {
    throw new OperatorError(`${file} cannot be read as ${isCsv ? 'CSV' : 'YAML'}: ${errorMessage(cause)}`);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new OperatorError(`${file} cannot be read: ${errorMessage(cause)}`);
  }
}

const NAMES: Readonly<Record<string, string>> = {
  accountid: 'accountId',
  account: 'accountId',
  workspace: 'workspace',
  project: 'project',
  landingzone: 'landingZone',
  contactemail: 'contactEmail',
};

const TAG = 'tag:';

/** `Account ID` is `accountId`; a column `tag:costCenter` is a tag of the project. */
const nameOf = (column: string): string =>
  column.startsWith(TAG) ? column : (NAMES[column.toLowerCase().replaceAll(/[^a-z]/gu, '')] ?? column);

const CsvSchema = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) }),
);

function rowsOfCsv(text: string): readonly FileRow[] {
  let columns: readonly string[] = [];
  const rows: unknown = parseCsv(text, {
    bom: true,
    columns: (header: string[]) => {
      columns = header.map((column) => nameOf(column.trim()));
      return [...columns];
    },
    info: true,
    relax_column_count_less: true,
    skip_empty_lines: true,
    trim: true,
  });
  refuseColumns(columns);
  return CsvSchema.parse(rows).map(({ record, info: { lines } }) => rowOf(record, lines));
}

const NEEDED = ['accountId', 'workspace', 'project', 'landingZone'] as const;

function refuseColumns(columns: readonly string[]): void {
  const missing = NEEDED.filter((name) => !columns.includes(name));
  const known = new Set(Object.values(NAMES));
  const unknown = columns.filter((name) => !known.has(name) && !name.startsWith(TAG));
  if (missing.length > 0) throw new Error(`line 1 has no column ${missing.join(', ')}.`);
  if (unknown.length > 0) throw new Error(`line 1 has the unknown column ${unknown.join(', ')}. Take it out.`);
}

const rowOf = (record: Readonly<Record<string, string>>, line: number): FileRow => {
  const tags = Object.entries(record).flatMap(([name, value]) =>
    name.startsWith(TAG) && value !== '' ? [[name.slice(TAG.length), value] as const] : [],
  );
  const { accountId = '', workspace = '', project = '', landingZone = '', contactEmail = '' } = record;
  return {
    line,
    accountId,
    workspace,
    project,
    landingZone,
    ...(contactEmail === '' ? {} : { contactEmail }),
    ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
  };
};

const Text = z.union([z.string(), z.number()]).transform(String);

const YamlRowSchema = z.strictObject({
  accountId: z.string('must be text: put quotes around it, since zeros at its beginning count').default(''),
  workspace: Text.default(''),
  project: Text.default(''),
  landingZone: Text.default(''),
  contactEmail: z.string().optional(),
  tags: z.record(z.string(), Text).optional(),
});

function textsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code !== 'unrecognized_keys') return [`${issue.path.join('.')}: ${issue.message}`];
  const known = Object.keys(YamlRowSchema.shape);
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    return `${key}: is not known. ${meant === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${meant}?`}`;
  });
}

function rowsOfYaml(text: string): readonly FileRow[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  const { contents } = document;
  if (!isSeq(contents)) throw new Error('it is no list. Write one entry for each account, with - in front of it.');
  const rows = contents.items.map((item) => {
    if (!isMap(item))
      throw new Error('it is no list of entries. Write accountId, workspace, project and landingZone in each.');
    const { line } = lineCounter.linePos(item.range[0]);
    const parsed = YamlRowSchema.safeParse(item.toJSON());
    return { line, parsed };
  });
  const faults = rows.flatMap(({ line, parsed }) =>
    (parsed.success ? [] : parsed.error.issues).flatMap((issue) =>
      textsOf(issue).map((text) => `line ${line}, ${text}`),
    ),
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return rows.flatMap(({ line, parsed }) => {
    if (parsed.data === undefined) return [];
    const { contactEmail, tags, ...row } = parsed.data;
    return [
      {
        line,
        ...row,
        ...(contactEmail === undefined ? {} : { contactEmail }),
        ...(tags === undefined ? {} : { tags }),
      },
    ];
  });
}
