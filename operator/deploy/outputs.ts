import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { parsedJson } from '../../functions/domain/base/json';
import { asJson, writeFiles } from '../written/write-files';
import { OUTPUTS_FILE } from './installation';

const OutputsSchema = z.record(
  z.string(),
  z.object({ account: z.string(), region: z.string(), outputs: z.record(z.string(), z.string()) }),
);

/** What was deployed, by the ids of the stacks. */
export type RecordedStacks = Readonly<z.infer<typeof OutputsSchema>>;

/** What an installation's last deployment has left; nothing where it was never deployed. */
export function recordedStacks(folder: string): RecordedStacks {
  try {
    return OutputsSchema.safeParse(parsedJson(readFileSync(path.join(folder, OUTPUTS_FILE), 'utf8'))).data ?? {};
  } catch {
    return {};
  }
}

/** Written after each stack: a deployment that is killed goes on where it was. */
export function recordStack(folder: string, id: string, stack: RecordedStacks[string]): void {
  const content = asJson({ ...recordedStacks(folder), [id]: stack });
  writeFiles(new Map([[path.join(folder, OUTPUTS_FILE), content]]), true, '');
}
