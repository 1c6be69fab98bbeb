import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';

import type { Fault } from '../../functions/domain/base/fault';
import { errorMessage } from '../error-message';

/** One desired state of a file, not judged yet. */
export interface SourceRow {
  /** Relative to the folder, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly value: unknown;
  /** The line of a field such as `userPermissions[0].roles`, or of the nearest thing around it. */
  readonly lineOf: (field: string) => number;
}

export interface RowsOfText {
  readonly rows: readonly SourceRow[];
  /** Their fields name file and line. */
  readonly faults: readonly Fault[];
}

/**
 * Reads YAML, of which JSON is a part: one desired state, a list of them, or several documents. A document that is
 * broken takes none of the others with it.
 */
export function rowsOfText(file: string, text: string): RowsOfText {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true });
  if (!Array.isArray(documents)) return { rows: [], faults: [] };
  const read = documents.map((document) => rowsOfDocument(file, document, lines));
  return { rows: read.flatMap(({ rows }) => rows), faults: read.flatMap(({ faults }) => faults) };
}

function rowsOfDocument(file: string, document: Document.Parsed, lines: LineCounter): RowsOfText {
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const faults = document.errors.map(({ pos: [offset], message }) => ({
    field: `${file}:${lineAt(offset)}`,
    message: `cannot be read: ${message.split(' at line')[0] ?? ''}. Correct it there.`,
  }));
  if (faults.length > 0) return { rows: [], faults };
  try {
    const value: unknown = document.toJS();
    // A document of comments alone, such as what stands before the first `---`.
    if (value === null || value === undefined) return { rows: [], faults: [] };
    return { rows: entriesOf(document.contents, value).map((entry) => rowOf(file, entry, lineAt)), faults: [] };
  } catch (cause) {
    // Such as an alias that is used so often that the whole would not fit into memory.
    const field = `${file}:${lineAt(document.range[0])}`;
    return { rows: [], faults: [{ field, message: `cannot be read: ${errorMessage(cause)}. Correct it.` }] };
  }
}

interface Entry {
  readonly node: unknown;
  readonly value: unknown;
}

function entriesOf(node: unknown, value: unknown): readonly Entry[] {
  if (!isSeq(node) || !Array.isArray(value)) return [{ node, value }];
  const values: readonly unknown[] = value;
  return node.items.map((item, at) => ({ node: item, value: values[at] }));
}

function rowOf(file: string, { node, value }: Entry, lineAt: (offset: number) => number): SourceRow {
  const offset = isNode(node) && node.range ? node.range[0] : 0;
  return {
    file,
    line: lineAt(offset),
    value,
    lineOf: (field) => lineAt(offsetOf(node, partsOf(field), offset)),
  };
}

const partsOf = (field: string): readonly string[] => field.split(/[.[\]]+/u).filter((part) => part !== '');

/** Where the field begins, by its key; or the nearest that is there. */
function offsetOf(node: unknown, [part, ...rest]: readonly string[], nearest: number): number {
  if (part === undefined) return nearest;
  if (isSeq(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? nearest : offsetOf(item, rest, beginOf(item) ?? nearest);
  }
  if (!isMap(node)) return nearest;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
  return pair === undefined ? nearest : offsetOf(pair.value, rest, beginOf(pair.key) ?? nearest);
}

const beginOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
