import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { hashOfFiles } from '../../../infra/hash-of-files';
import { projectRoot } from '../../environment';
import type { ServiceRoleSeed } from '../organization-seed';
import { isReadAlike, ReadSchema, recordingReads } from './recorded-reads';

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

const ReadsSchema = z.array(ReadSchema);

/**
 * The roles of a configuration, as an earlier process has made them from the same sources for this configuration or
 * for one that differs in nothing that was read; otherwise they are made, and written down for the next process. A
 * synthesis takes a second or two, and each file of tests needs one.
 */
export function cachedRoles(
  configuration: Configuration,
  make: (configuration: Configuration) => readonly ServiceRoleSeed[],
): readonly ServiceRoleSeed[] {
  const known = knownRoles(configuration);
  if (known !== undefined) return known;
  const { roles, text } = recordedRoles(configuration, make);
  write(folderOfRoles(), text);
  return roles;
}

/** Those that an earlier process has made; undefined if none has. */
export function knownRoles(configuration: Configuration): readonly ServiceRoleSeed[] | undefined {
  const folder = folderOfRoles();
  for (const file of filesIn(folder)) {
    const known = writtenRoles(readFileSync(path.join(folder, file), 'utf8'), configuration);
    if (known !== undefined) return known;
  }
  return undefined;
}

/**
 * Makes the roles of a configuration, and a text by which another process knows them: a line with what was read, and a
 * longer one with the roles, which need not be parsed where they are those of another configuration.
 */
export function recordedRoles(
  configuration: Configuration,
  make: (configuration: Configuration) => readonly ServiceRoleSeed[],
): { readonly roles: readonly ServiceRoleSeed[]; readonly text: string } {
  const { copy, reads } = recordingReads(configuration);
  const roles = make(copy);
  return { roles, text: `${JSON.stringify(reads())}\n${JSON.stringify(roles)}` };
}

/** The roles that such a text holds; undefined if they are not those of this configuration. */
export function writtenRoles(text: string, configuration: Configuration): readonly ServiceRoleSeed[] | undefined {
  const [reads = '', roles = ''] = text.split('\n');
  const isOfIt = isReadAlike(ReadsSchema.parse(JSON.parse(reads)), configuration);
  return isOfIt ? RolesSchema.parse(JSON.parse(roles)) : undefined;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.json'));
  } catch {
    return [];
  }
}

/** Renamed into its place, so that no process reads half of it. Roles of other sources are of no more use. */
function write(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  for (const other of readdirSync(FOLDER)) {
    if (other !== path.basename(folder)) rmSync(path.join(FOLDER, other), { recursive: true, force: true });
  }
  const name = randomUUID();
  writeFileSync(path.join(folder, name), text);
  renameSync(path.join(folder, name), path.join(folder, `${name}.json`));
}

const folderOfRoles = (): string => path.join(FOLDER, hashOfSources());

let sources: string | undefined;

const hashOfSources = (): string => (sources ??= hashOfFiles(projectRoot, SOURCES).slice(0, 16));
