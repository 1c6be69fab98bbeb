import fc from 'fast-check';

import { ProblemSchema } from '../../functions/api/responses';
import { TENANT } from '../fakes/vending';
import { ApiWorld } from './api/api-world';
import { desiredStateJson } from './domain/examples';
import { eventAround, intakeWorld, takeMessages } from './intake/intake-world';

/*
 * The first promise of docs/architecture.md: whatever bytes come in, by event or API, they end as accepted, as recorded
 * refusal or answer, or as a dead letter with its reason. Nothing is lost, nothing comes again for ever, and no answer
 * is our own fault.
 */

/** JSON that `JSON.stringify` would not make. */
class Raw {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0.5,
    2 ** 53,
    Infinity,
    Number.MAX_SAFE_INTEGER,
    '',
    [],
    {},
    '\ud800',
    '\u202e',
    '\r\n',
    '\u0000',
  ),
  fc.constantFrom<unknown>('__proto__', 'constructor', '#{rand}', '${projectIdentifier}', '../..', 'x'.repeat(50_000)),
  fc.anything({ withNullPrototype: false, maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.nat({ max: 8000 }).map((length) => Array.from({ length }, () => ({}))),
  fc.nat({ max: 8000 }).map((count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, 1]))),
  fc.nat({ max: 3000 }).map((levels) => new Raw('['.repeat(levels) + ']'.repeat(levels))),
  fc.constant(new Raw('{"a":1,"a":2}')),
  fc.constant(new Raw('"\\udc00"')),
);

/** Of all values in the example, one after the other. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...inner.flatMap(([key, part]) => pathsIn(part, [...path, key]))];
}

function textWith(value: unknown, path: readonly string[], replacement: unknown): string {
  const [key, ...rest] = path;
  if (key === undefined) return textOf(replacement);
  const members = Object.entries(value as object).map(
    ([name, part]) => [name, name === key ? textWith(part, rest, replacement) : JSON.stringify(part)] as const,
  );
  return Array.isArray(value)
    ? `[${members.map(([, text]) => text).join(',')}]`
    : `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

function textOf(value: unknown): string {
  if (value instanceof Raw) return value.json;
  try {
    const json: unknown = JSON.stringify(value);
    return typeof json === 'string' ? json : 'null';
  } catch {
    return 'null';
  }
}

const mutated = fc
  .tuple(fc.constantFrom(...pathsIn(desiredStateJson)), hostile)
  .map(([path, value]) => textWith(desiredStateJson, path, value));

const extended = hostile.map((value) => `{"unknown":${textOf(value)},${JSON.stringify(desiredStateJson).slice(1)}`);

const broken = fc
  .tuple(fc.nat({ max: JSON.stringify(desiredStateJson).length }), fc.string({ unit: 'binary', maxLength: 5 }))
  .map(
    ([at, noise]) => JSON.stringify(desiredStateJson).slice(0, at) + noise + JSON.stringify(desiredStateJson).slice(at),
  );

const text = fc.oneof({ weight: 5, arbitrary: mutated }, extended, broken, fc.string({ unit: 'binary' }));

describe('whatever comes in', () => {
  it('as an event ends as accepted, recorded as refused, or a dead letter with its reason', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 9, arbitrary: text.map(eventAround) }, text), async (body) => {
        const world = intakeWorld();
        expect(await takeMessages(world, body)).toEqual([]);
        const sorts = world.ledger.writes.map(({ key }) => key.sort.split('#')[0]);
        const ends = [sorts.includes('DESIRED'), sorts.includes('REJECTION'), world.deadLetters.letters.length === 1];
        expect(ends.filter(Boolean)).toHaveLength(1);
        for (const { reason, field } of world.deadLetters.letters) expect([reason, field]).not.toContain('');
        expect(world.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('by the API is accepted, or answered with what is wrong', async () => {
    const bodies = fc.oneof(
      { weight: 5, arbitrary: text.map((body) => Buffer.from(body)) },
      fc.uint8Array({ maxLength: 2000 }).map((body) => Buffer.from(body)),
    );
    await fc.assert(
      fc.asyncProperty(bodies, fc.boolean(), fc.boolean(), async (body, dryRun, force) => {
        const api = new ApiWorld();
        const { status, body: answer } = await api.call({
          httpMethod: 'POST',
          resource: '/vendings',
          headers: { 'Content-Type': 'application/json' },
          queryStringParameters: { dryRun: String(dryRun), force: String(force) },
          body: body.toString('base64'),
          isBase64Encoded: true,
        });
        expect([200, 202, 400, 422]).toContain(status);
        const isWritten = api.ledger.writes.some(({ key }) => key.sort.startsWith('DESIRED#'));
        expect(isWritten).toBe(status < 400 && !dryRun);
        expect(status < 400 || ProblemSchema.parse(answer).detail !== '').toBe(true);
        expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(1024 * 1024);
        expect(api.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is kept for its own tenant alone', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const world = intakeWorld();
        await takeMessages(world, eventAround(body));
        for (const { key } of world.ledger.writes) {
          expect(key.partition).toMatch(/^TENANT#[0-9a-f-]{36}$/u);
        }
      }),
      { numRuns: 100, examples: [[JSON.stringify(desiredStateJson).replace(TENANT, `${TENANT.slice(0, -1)}A`)]] },
    );
  });
});
