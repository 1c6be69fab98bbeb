import { readFileSync } from 'node:fs';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { refused, type Checked } from '../functions/domain/base/fault';

/** Reads a JSON file. The fault says where in the file the JSON is broken. */
export function readJsonFile(file: string): Checked<unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    return refused({ field: file, message: `cannot be read: ${reasonOf(error)}. Check the path.`, value: file });
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error === undefined) return { ok: true, value };
  const what = printParseErrorCode(error.error).replaceAll(/\B[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const message = `is not valid JSON: ${what} at ${placeIn(text, error.offset)}. Correct it there.`;
  return refused({ field: file, message, value: excerpt(text, error) });
}

function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

const excerpt = (text: string, { offset, length }: ParseError): string => text.slice(offset, offset + length);

/** Why a file or folder cannot be read, in words. */
export const reasonOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'ENOTDIR') return 'it is not a folder';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
};
