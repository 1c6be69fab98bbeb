import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';

import { type Checked, refused } from '../../functions/domain/base/fault';
import { faultsOf } from '../../functions/domain/base/schema-faults';
import { reasonOf } from '../../infra/json-file';
import { errorMessage } from '../error-message';

/** What a file says, and in which line. */
export interface LinedDocument {
  readonly value: unknown;
  /** `accounts-config.yaml:14`; the line of the nearest thing around it where there is nothing at this path. */
  readonly at: (...path: readonly (string | number)[]) => string;
}

/** The text of a file, also of one that is compressed, as exports to S3 are. */
export function textOfFile(file: string): Checked<string> {
  try {
    const bytes = readFileSync(file);
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    return { ok: true, value: text.replace(/^\uFEFF/u, '') };
  } catch (cause) {
    return refused({ field: file, message: `cannot be read: ${reasonOf(cause)}. Check the path.` });
  }
}

/** YAML, or JSON, which is a part of it. */
export function linedDocument(file: string, text: string): Checked<LinedDocument> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const lineAt = (offset: number): string => `${file}:${lineCounter.linePos(offset).line}`;
  const faults = document.errors.map(({ pos: [offset], message }) => ({
    field: lineAt(offset),
    message: `cannot be read: ${message.split(' at line')[0] ?? ''}. Correct it there.`,
  }));
  if (faults.length > 0) return refused(...faults);
  const at = (...path: readonly (string | number)[]): string => {
    const node: unknown = document.getIn(path, true);
    if (isNode(node) && node.range) return lineAt(node.range[0]);
    return path.length === 0 ? file : at(...path.slice(0, -1));
  };
  try {
    return { ok: true, value: { value: document.toJS(), at } };
  } catch (cause) {
    return refused({ field: file, message: `cannot be read: ${errorMessage(cause)} Correct it.` });
  }
}

/** Judges one entry of a file; a fault names the line in which the entry begins. */
export function entryOf<Schema extends z.ZodType>(
  at: string,
  value: unknown,
  schema: Schema,
): Checked<z.infer<Schema>> {
  const { data, error } = schema.safeParse(value, { reportInput: true });
  if (error === undefined) return { ok: true, value: data };
  return refused(
    ...faultsOf(error, schema, 'entry').map(({ field, message }) => ({ field: `${at}, ${field}`, message })),
  );
}
