import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { parsedJson } from '../../functions/domain/base/json';
import { OperatorError } from '../operator-error';
import { CDK_FILE } from './installation';

const SettingsSchema = z.object({ context: z.record(z.string(), z.unknown()).default({}) });

/** @throws OperatorError where the folder is no installation */
export function cdkContextOf(folder: string): Readonly<Record<string, unknown>> {
  const file = path.join(folder, CDK_FILE);
  if (!existsSync(file)) {
    throw new OperatorError(
      `There is no ${CDK_FILE} in ${folder}. Name the folder of an installation by --folder, or write one: npx account-vending init --discover.`,
    );
  }
  const { data } = SettingsSchema.safeParse(parsedJson(readFileSync(file, 'utf8')));
  if (data !== undefined) return data.context;
  throw new OperatorError(
    `${file} is no JSON with a context. Correct it, or write it again: npx account-vending init --discover --force.`,
  );
}

/** The folder of the configuration. */
export function configurationFolderOf(folder: string): string {
  const { configDir } = cdkContextOf(folder);
  return path.join(folder, typeof configDir === 'string' ? configDir : 'config');
}
