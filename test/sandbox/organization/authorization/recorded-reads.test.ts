import { isReadAlike, recordingReads } from '../../../../sandbox/organization/authorization/recorded-reads';

interface Settings {
  readonly region: string;
  readonly alias: string | null;
  readonly zones: Readonly<Record<string, { readonly units: readonly string[] }>>;
  readonly optional?: string;
}

const settings: Settings = { region: 'eu-central-1', alias: 'one', zones: { dev: { units: ['a', 'b'] } } };

/** What somebody who reads a value in this way finds alike in another one. */
const isAlike = (read: (value: Settings) => unknown, other: unknown): boolean => {
  const { copy, reads } = recordingReads(settings);
  read(copy);
  // As it is found in a file.
  return isReadAlike(JSON.parse(JSON.stringify(reads())) as ReturnType<typeof reads>, other);
};

describe('what is read of a value', () => {
  it('reads as it would from the value itself', () => {
    const { copy } = recordingReads(settings);
    expect(copy).toEqual(settings);
    expect(copy.zones['dev']?.units.map((unit) => unit.toUpperCase())).toEqual(['A', 'B']);
    expect({ ...copy.zones }).toEqual(settings.zones);
    expect('dev' in copy.zones).toBe(true);
  });

  it('does not differ where only something else differs', () => {
    expect(isAlike(({ region }) => region, { ...settings, alias: 'two', zones: {}, optional: 'x' })).toBe(true);
  });

  const readings: readonly (readonly [string, (value: Settings) => unknown, unknown])[] = [
    ['a leaf', ({ region }) => region, { ...settings, region: 'us-east-1' }],
    ['null for a text', ({ alias }) => alias, { ...settings, alias: null }],
    ['something where nothing was', ({ optional }) => optional, { ...settings, optional: 'x' }],
    ['null where nothing was', ({ optional }) => optional, { ...settings, optional: null }],
    [
      'an item of a list',
      ({ zones }) => zones['dev']?.units.map(String),
      { ...settings, zones: { dev: { units: ['a', 'c'] } } },
    ],
    [
      'one item more',
      ({ zones }) => zones['dev']?.units.length,
      { ...settings, zones: { dev: { units: ['a', 'b', 'c'] } } },
    ],
    [
      'a name more',
      ({ zones }) => Object.entries(zones),
      { ...settings, zones: { ...settings.zones, prod: { units: [] } } },
    ],
    ['a name more, asked for by in', ({ zones }) => 'prod' in zones, { ...settings, zones: { prod: { units: [] } } }],
    [
      'a name more, asked for by hasOwn',
      ({ zones }) => Object.hasOwn(zones, 'prod'),
      { ...settings, zones: { prod: 1 } },
    ],
    ['a list for an object', ({ zones }) => zones, { ...settings, zones: [] }],
    ['anything, for who reads everything', (value) => JSON.stringify(value), { ...settings, alias: 'two' }],
  ];
  it.each(readings)('differs by %s', (_, read, other) => {
    expect(isAlike(read, settings)).toBe(true);
    expect(isAlike(read, other)).toBe(false);
  });
});
