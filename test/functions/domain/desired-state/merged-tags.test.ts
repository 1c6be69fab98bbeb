import * as fc from 'fast-check';

import { mergedTags, tagValues } from '../../../../functions/domain/desired-state/merged-tags';
import { desiredState } from '../examples';

const SOURCES = [
  'project.spec.tags',
  'paymentMethod.spec.tags',
  'workspace.metadata.tags',
  'tenant.status.tags',
] as const;

const merged = (tags: Partial<Record<(typeof SOURCES)[number], Record<string, string[]>>>) =>
  mergedTags(desiredState(...SOURCES.map((source) => [source, tags[source] ?? {}] as const)));

describe('tags that hold for a tenant', () => {
  it.each(SOURCES.map((source, index) => [source, SOURCES.slice(index)] as const))(
    'are those of %s, over those of the sources after it',
    (source, having) => {
      const tags = Object.fromEntries(having.map((one) => [one, { stage: [one] }]));
      expect(merged(tags)).toEqual([{ name: 'stage', value: source, field: `${source}.stage` }]);
    },
  );

  it('are absent without values, and another source has its say then', () => {
    const tags = { 'project.spec.tags': { stage: [], empty: [] }, 'tenant.status.tags': { stage: ['dev'] } };
    expect(merged(tags)).toEqual([{ name: 'stage', value: 'dev', field: 'tenant.status.tags.stage' }]);
  });

  it('are joined with colons, and in the order of their names', () => {
    const tags = { 'project.spec.tags': { b: ['1', '2'], c: ['3'] }, 'tenant.status.tags': { a: ['4'] } };
    expect(merged(tags).map(({ name, value }) => `${name}=${value}`)).toEqual(['a=4', 'b=1:2', 'c=3']);
  });

  it('are none of a payment method that is not there', () => {
    expect(mergedTags(desiredState(['paymentMethod', undefined])).map(({ name }) => name)).toEqual([
      'costCenter',
      'environment',
    ]);
  });

  it('come each from the first source that has a value for it', () => {
    const tags = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }));
    fc.assert(
      fc.property(fc.tuple(tags, tags, tags, tags), (all) => {
        const found = merged(Object.fromEntries(SOURCES.map((source, index) => [source, all[index] ?? {}])));
        for (const name of ['a', 'b', 'c']) {
          const index = all.findIndex((one) => (one[name] ?? []).length > 0);
          const expected = index === -1 ? undefined : (all[index]?.[name] ?? []).join(':');
          const tag = found.find((one) => one.name === name);
          expect(tag?.value).toBe(expected);
          expect(tag?.field).toBe(index === -1 ? undefined : `${String(SOURCES[index])}.${name}`);
        }
      }),
    );
  });
});

describe('the names by which patterns know tags', () => {
  const tag = (name: string, value = name) => ({ name, value, field: `tenant.status.tags.${name}` });

  it('are one for each tag', () => {
    const values = tagValues([tag('environment', 'dev'), tag('costCenter', '4711')]);
    expect(values.faults).toEqual([]);
    expect(Object.fromEntries(values.value)).toEqual({ tagEnvironment: 'dev', tagCostCenter: '4711' });
  });

  it('may not be the same for two', () => {
    expect(tagValues([tag('environment'), tag('Environment')]).faults).toEqual([
      {
        field: 'tenant.status.tags.Environment',
        message:
          "is known as tagEnvironment, and so is the tag 'environment' (tenant.status.tags.environment). Remove or rename one of the two.",
        value: 'Environment',
      },
    ]);
  });
});
