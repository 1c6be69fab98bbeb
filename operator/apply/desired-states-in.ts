import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { Fault } from '../../functions/domain/base/fault';
import { reasonOf } from '../../infra/json-file';
import { textOfFile } from '../adoption-mapping/lined-document';
import { OperatorError } from '../operator-error';
import { type SourceRow, rowsOfText } from './rows-of-text';

/** What the files of a folder say, and what of them cannot be read. */
export interface FolderContent {
  readonly rows: readonly SourceRow[];
  readonly broken: readonly BrokenFile[];
}

export interface BrokenFile {
  /** Relative to the folder, with slashes. */
  readonly file: string;
  readonly faults: readonly Fault[];
}

const ENDINGS = ['.yaml', '.yml', '.json'];

/**
 * Reads all desired states in a folder and those in it, files and folders whose name begins with a dot left out.
 *
 * @throws OperatorError where it cannot be read, or holds none
 */
export function desiredStatesIn(folder: string): FolderContent {
  const files = filesIn(folder);
  if (files.length === 0) {
    throw new OperatorError(
      `${folder} holds no desired states. Name a folder with files that end with ${ENDINGS.join(', ')}; docs/requests-from-git.md shows one.`,
    );
  }
  const read = files.map((file) => rowsOfFile(folder, file));
  return { rows: read.flatMap(({ rows }) => rows), broken: read.flatMap(({ broken }) => broken) };
}

export const isSource = (file: string): boolean =>
  ENDINGS.includes(path.posix.extname(file).toLowerCase()) && !file.split('/').some((part) => part.startsWith('.'));

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter(isSource)
      .toSorted();
  } catch (cause) {
    throw new OperatorError(`${folder} cannot be read: ${reasonOf(cause)}. Check the path.`);
  }
}

function rowsOfFile(folder: string, file: string): FolderContent {
  const text = textOfFile(path.join(folder, file));
  if (!text.ok) return { rows: [], broken: [{ file, faults: text.faults }] };
  const { rows, faults } = rowsOfText(file, text.value);
  return { rows, broken: faults.length === 0 ? [] : [{ file, faults }] };
}
