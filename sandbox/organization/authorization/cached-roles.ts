import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { hashOfFiles } from '../../../infra/hash-of-files';
import { projectRoot } from '../../environment';
import type { ServiceRoleSeed } from '../organization-seed';

/** Everything that the roles of a configuration are made from, besides the configuration. */
const SOURCES = ['infra', 'functions', 'statemachines', 'sandbox/organization', 'cdk.json', 'package-lock.json'];

const FOLDER = path.join(projectRoot, '.cache', 'roles');

const DocumentSchema = z.record(z.string(), z.unknown());

const RolesSchema = z.array(
  z.object({
    accountId: z.string(),
    name: z.string(),
    path: z.string(),
    trust: DocumentSchema,
    attachedPolicyArns: z.array(z.string()),
    inlinePolicies: z.record(z.string(), DocumentSchema),
  }),
) satisfies z.ZodType<readonly ServiceRoleSeed[]>;

/**
 * The roles of a configuration as an earlier process has made them from the same sources; otherwise they are made, and
 * written down for the next process. A synthesis takes a second or two, and each file of tests needs one.
 *
 * @param key stands for the configuration
 */
export function cachedRoles(key: string, make: () => readonly ServiceRoleSeed[]): readonly ServiceRoleSeed[] {
  const folder = path.join(FOLDER, hashOfSources());
  const file = path.join(folder, `${key}.json`);
  const text = read(file) ?? written(folder, file, JSON.stringify(make()));
  return RolesSchema.parse(JSON.parse(text));
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Renamed into its place, so that no process reads half of it. Roles of other sources are of no more use. */
function written(folder: string, file: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  for (const other of readdirSync(FOLDER)) {
    if (other !== path.basename(folder)) rmSync(path.join(FOLDER, other), { recursive: true, force: true });
  }
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
  return text;
}

let sources: string | undefined;

const hashOfSources = (): string => (sources ??= hashOfFiles(projectRoot, SOURCES).slice(0, 16));
