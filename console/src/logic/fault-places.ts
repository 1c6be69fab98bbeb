import { findNodeAtLocation, getLocation, parseTree, type ParseError, printParseErrorCode } from 'jsonc-parser';

import type { Fault } from '../api/client';

export interface PlacedFault {
  readonly field: string;
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** Characters from the begin of the text, to put the cursor there. */
  readonly offset: number;
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** The first place where a text is no JSON; null: it is JSON. */
export function syntaxFault(text: string): PlacedFault | null {
  const errors: ParseError[] = [];
  parseTree(text, errors);
  const [first] = errors;
  if (first === undefined) return null;
  const what = printParseErrorCode(first.error)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ')
    .toLowerCase();
  const line = lineOf(text, first.offset);
  return { field: '', message: `This is not JSON: ${what} on line ${line}.`, line, offset: first.offset };
}

/** Each fault where its field stands, or where the nearest field above it does if it is missing. */
export function placed(text: string, faults: readonly Pick<Fault, 'field' | 'message'>[]): readonly PlacedFault[] {
  const tree = parseTree(text);
  return faults.map(({ field, message }) => {
    const offset = tree === undefined ? 0 : offsetOf(tree, segmentsOf(isOfNames(field) ? nameIn(tree) : field));
    return { field, message, offset, line: lineOf(text, offset) };
  });
}

/** Patterns of the configuration that render names from identifiers: the fault is in one of those. */
const isOfNames = (field: string): boolean =>
  /^(?:account\.name|\w*Pattern|workspaceOrgUnits\.namePattern)$/u.test(field);

/** The identifier that has unusual characters; else the longer one. */
function nameIn(tree: Tree): string {
  const fields = ['tenant.metadata.ownedByWorkspace', 'tenant.metadata.ownedByProject'] as const;
  const found = fields.map((field) => ({ field, text: textAt(tree, field) }));
  const unusual = found.find(({ text }) => !/^[a-z0-9-]*$/u.test(text));
  const [longest] = found.toSorted((one, other) => other.text.length - one.text.length);
  return (unusual ?? longest)?.field ?? fields[0];
}

function textAt(tree: Tree, field: string): string {
  const value: unknown = findNodeAtLocation(tree, [...segmentsOf(field)])?.value;
  return typeof value === 'string' ? value : '';
}

type Tree = Exclude<ReturnType<typeof parseTree>, undefined>;

function offsetOf(tree: Tree, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return tree.offset;
}

/** `userPermissions[2].email` or `userPermissions.2.email`. */
const segmentsOf = (field: string): readonly (string | number)[] =>
  field
    .replaceAll(/\[(\d+)\]/gu, '.$1')
    .split('.')
    .filter((segment) => segment !== '')
    .map((segment) => (/^\d+$/u.test(segment) ? Number(segment) : segment));

/** The field at a place in the text: `userPermissions[2].email`; null: none. */
export function fieldAt(text: string, offset: number): string | null {
  const path = getLocation(text, offset).path.filter((part) => part !== '');
  if (path.length === 0) return null;
  return path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : name === '' ? part : `${name}.${part}`),
    '',
  );
}
