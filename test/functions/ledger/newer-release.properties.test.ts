import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as fc from 'fast-check';
import * as z from 'zod/mini';

import { TransientError } from '../../../functions/domain/base/errors';
import { RunRecordSchema, TenantRecordSchema } from '../../../functions/domain/records/ledger-records';
import { contentOf, replace, type Snapshot } from '../../../functions/ledger/base/decide';
import { enumerationsIn, NEWER_FIELD, recordsOf } from '../../fakes/records-of';

const LEDGER = path.join(__dirname, '../../../functions/ledger');
const FOLDERS = ['domain', 'ledger', 'metering/domain', 'meshstack/domain'].map((folder) =>
  path.join(__dirname, '../../../functions', folder),
);

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));

/** The schemas by which the ledger reads what it writes back, found in its source. */
const read = new Set(
  filesIn(LEDGER)
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/content(?:Of|OfStored|Reader)\(\s*([A-Z]\w+)/g)])
    .flatMap(([, name]) => name ?? []),
);

/** Parts of a text, under its hash: they are never changed. */
const ofTexts = ['PartSchema', 'ExpirySchema'];

/** By the files that export them. */
const exported = new Map(
  FOLDERS.flatMap(filesIn).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^export const (\w+Schema)\b/gm)].map(([, name = '']) => [name, file]),
  ),
);

const schemas = [...read]
  .filter((name) => !ofTexts.includes(name))
  .map((name) => {
    const all = jest.requireActual<Readonly<Record<string, z.core.$ZodType<object>>>>(exported.get(name) ?? name);
    const schema = all[name];
    if (schema === undefined) throw new Error(`There is no ${name}.`);
    return { name, schema };
  });

const KEY = { partition: 'PARTITION', sort: 'SORT' };

const stored = (data: unknown): Snapshot => ({ key: KEY, version: 1, data: JSON.parse(JSON.stringify(data)) });

const wordAt = (data: unknown, at: readonly (string | number)[]): unknown =>
  at.reduce((value, key) => (value as Record<string, unknown>)[key], data);

function withWord<Data>(data: Data, at: readonly (string | number)[], word: string): Data {
  const copy = structuredClone(data);
  (wordAt(copy, at.slice(0, -1)) as Record<string, unknown>)[at.at(-1) ?? ''] = word;
  return copy;
}

/** Every field of a newer release, by its place. */
const newerFields = (data: unknown, at = ''): readonly string[] =>
  typeof data !== 'object' || data === null
    ? []
    : Object.entries(data).flatMap(([name, value]) =>
        name === NEWER_FIELD ? [`${at} ${JSON.stringify(value)}`] : newerFields(value, `${at}/${name}`),
      );

it('knows the schemas of all records', () => {
  expect(schemas.length).toBeGreaterThanOrEqual(17);
});

describe.each(schemas)('a record by $name that a newer release has written', ({ schema }) => {
  it('keeps the fields that this release does not know, at every depth', () => {
    fc.assert(
      fc.property(recordsOf(schema), (written) => {
        const before = stored(written);
        const content = contentOf(schema, before) ?? {};
        const after = stored(replace(before, content).data);
        expect(newerFields(after.data)).toEqual(expect.arrayContaining([...newerFields(before.data)]));
        expect(contentOf(schema, after)).toEqual(content);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps those of the record itself where its content is made again', () => {
    fc.assert(
      fc.property(recordsOf(schema), (written) => {
        const before = stored(written);
        expect(replace(before, {}).data).toHaveProperty(NEWER_FIELD);
      }),
      { numRuns: 10 },
    );
  });

  it('is readable with words that this release does not know, and only they are not changed', () => {
    fc.assert(
      fc.property(recordsOf(schema), fc.nat(), (written, chosen) => {
        const all = enumerationsIn(schema, written);
        const one = all[chosen % Math.max(1, all.length)];
        if (one === undefined) return;
        const before = stored(withWord(written, one.path, 'WORD_OF_NEXT_RELEASE'));
        const content = contentOf(schema, before) ?? {};
        expect(wordAt(content, one.path)).toBe('WORD_OF_NEXT_RELEASE');
        expect(replace(before, content).data).toEqual(expect.objectContaining(content));
        expect(newerFields(replace(before, content).data)).toEqual(newerFields(before.data));
        expect(() => replace(before, withWord(content, one.path, one.words[0] ?? ''))).toThrow(TransientError);
        expect(replace(before, null).data).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});

/** As the release knew them that had no shadow mode. */
const words = Object.keys(TenantRecordSchema.shape.status.def.entries).filter((word) => word !== 'SHADOWED');
const before: Readonly<Record<'tenant' | 'run', z.core.$ZodType<object>>> = {
  tenant: z.extend(TenantRecordSchema, { status: z.enum(words) }),
  run: z.extend(z.omit(RunRecordSchema, { shadow: true }), { status: z.enum(words) }),
};

/** docs/pilot.md tells what becomes of it. */
describe('a tenant that was shadowed, after a rollback to a release without shadow mode', () => {
  const shadowed = (data: unknown, changes: object = {}) =>
    stored({ ...(data as object), ...changes, status: 'SHADOWED' });

  it('is read, and nothing is written over its status', () => {
    fc.assert(
      fc.property(recordsOf(TenantRecordSchema), (written) => {
        const item = shadowed(written);
        const tenant = contentOf(before.tenant, item) ?? {};
        expect(tenant).toMatchObject({ status: 'SHADOWED' });
        expect(() => replace(item, { ...tenant, status: 'ACCEPTED' })).toThrow(TransientError);
        expect(() => replace(item, { ...tenant, waitingSequence: 18 })).not.toThrow();
      }),
      { numRuns: 25 },
    );
  });

  it('keeps what its run has found', () => {
    const shadow = { landingZone: 'aws-dev', accountId: null, changes: [], refusal: null };
    fc.assert(
      fc.property(recordsOf(RunRecordSchema), (written) => {
        const item = shadowed(written, { shadow });
        const run = contentOf(before.run, item) ?? {};
        expect(replace(item, { ...run, toldDelays: [] }).data).toMatchObject({ status: 'SHADOWED', shadow });
        expect(() => replace(item, { ...run, status: 'RUNNING' })).toThrow(TransientError);
      }),
      { numRuns: 25 },
    );
  });
});
