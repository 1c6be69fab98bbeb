import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { parsedJson } from '../../functions/domain/base/json';
import { reasonOf } from '../../infra/json-file';
import { OperatorError } from '../operator-error';

const MARK = 'export.json';
const TENANTS = 'tenants';

const MarkSchema = z.object({
  format: z.literal('account-vending-export'),
  apiUrl: z.string(),
  startedAt: z.string(),
  /** Null: it was interrupted, and can go on. */
  finishedAt: z.string().nullable(),
  tenants: z.number().nullable(),
});

type Mark = z.infer<typeof MarkSchema>;

/** A folder of an export. It writes `export.json`, `accounts.csv` and `tenants/<uuid>.json`, and nothing else. */
export class ExportFolder {
  readonly #folder: string;
  #mark: Mark;

  private constructor(folder: string, mark: Mark) {
    this.#folder = folder;
    this.#mark = mark;
  }

  /**
   * Begins an export, or goes on with one of the same API that was interrupted.
   *
   * @throws OperatorError when the folder belongs to something else
   */
  static open(folder: string, apiUrl: string, now: Date): ExportFolder {
    try {
      mkdirSync(path.join(folder, TENANTS), { recursive: true });
      const known = markIn(folder);
      if (known === undefined && readdirSync(folder).some((name) => name !== TENANTS)) throw notAnExport(folder);
      if (known === undefined && readdirSync(path.join(folder, TENANTS)).length > 0) throw notAnExport(folder);
      const goesOn = known?.finishedAt === null && known.apiUrl === apiUrl;
      const begun = { apiUrl, startedAt: now.toISOString(), finishedAt: null, tenants: null };
      const opened = new ExportFolder(folder, goesOn ? known : { format: 'account-vending-export', ...begun });
      opened.#write(MARK, json(opened.#mark));
      return opened;
    } catch (cause) {
      if (cause instanceof OperatorError) throw cause;
      throw new OperatorError(`${folder} cannot be written to: ${reasonOf(cause)}. Check the path.`);
    }
  }

  /** What was written of a tenant since this export began; undefined where nothing was. */
  written(tenantUuid: string): unknown {
    const file = this.#fileOf(tenantUuid);
    if (!existsSync(path.join(this.#folder, file))) return undefined;
    const content = parsedJson(readFileSync(path.join(this.#folder, file), 'utf8'));
    const { data } = z.looseObject({ exportedAt: z.string() }).safeParse(content);
    return data !== undefined && data.exportedAt >= this.#mark.startedAt ? data : undefined;
  }

  writeTenant(tenantUuid: string, content: object): void {
    this.#write(this.#fileOf(tenantUuid), json(content));
  }

  /** Files of tenants of an earlier export that are gone now. They stay. */
  finish(accounts: string, tenantUuids: ReadonlySet<string>, now: Date): readonly string[] {
    this.#write('accounts.csv', accounts);
    this.#mark = { ...this.#mark, finishedAt: now.toISOString(), tenants: tenantUuids.size };
    this.#write(MARK, json(this.#mark));
    return readdirSync(path.join(this.#folder, TENANTS))
      .filter((name) => name.endsWith('.json') && !tenantUuids.has(path.basename(name, '.json')))
      .map((name) => path.join(this.#folder, TENANTS, name));
  }

  /** Uuids of the API are no paths, whatever answers. */
  #fileOf(tenantUuid: string): string {
    if (!/^[0-9a-f-]{36}$/u.test(tenantUuid)) {
      throw new OperatorError(`The API answers the tenant '${tenantUuid}', which is no uuid. Check --api.`);
    }
    return path.join(TENANTS, `${tenantUuid}.json`);
  }

  /** A file is there as a whole, or as it was before. */
  #write(file: string, text: string): void {
    const target = path.join(this.#folder, file);
    try {
      writeFileSync(`${target}.new`, text);
      renameSync(`${target}.new`, target);
    } catch (cause) {
      throw new OperatorError(`${target} cannot be written: ${reasonOf(cause)}. Make room, and start it again.`);
    }
  }
}

function markIn(folder: string): Mark | undefined {
  const file = path.join(folder, MARK);
  return existsSync(file) ? MarkSchema.safeParse(parsedJson(readFileSync(file, 'utf8'))).data : undefined;
}

const notAnExport = (folder: string): OperatorError =>
  new OperatorError(`${folder} has files that no export has written. Name a new folder, or that of an earlier export.`);

const json = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
