import { readFileSync } from 'node:fs';

import { LineCounter, parseDocument } from 'yaml';

import { type Checked, refused } from '../../functions/domain/base/fault';
import { readJsonFile, reasonOf } from '../../infra/json-file';
import { errorMessage } from '../error-message';

/**
 * Reads what may be a desired state: YAML, or JSON where the file is named so, whose faults are told in JSON's terms.
 * The fault says where in the file it is.
 */
export function readDesiredState(file: string): Checked<unknown> {
  return file.endsWith('.json') ? readJsonFile(file) : readYamlFile(file);
}

function readYamlFile(file: string): Checked<unknown> {
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter, merge: true });
    const [error] = document.errors;
    if (error === undefined) {
      const value: unknown = document.toJS();
      return { ok: true, value };
    }
    const { line, col } = lineCounter.linePos(error.pos[0]);
    const what = error.message.split(' at line')[0] ?? '';
    const message = `is not valid YAML: ${what} at line ${line}, column ${col}. Correct it there.`;
    return refused({ field: file, message, value: null });
  } catch (cause) {
    const why = isFileError(cause) ? `${reasonOf(cause)}. Check the path.` : `${errorMessage(cause)}. Correct it.`;
    return refused({ field: file, message: `cannot be read: ${why}`, value: file });
  }
}

/** Otherwise, it is an alias that is used so often that the whole would not fit into memory. */
const isFileError = (cause: unknown): boolean => typeof cause === 'object' && cause !== null && 'syscall' in cause;
