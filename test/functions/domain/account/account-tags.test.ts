import { accountTags } from '../../../../functions/domain/account/account-tags';
import { having, says } from '../says';
import type { TenantTag } from '../../../../functions/domain/desired-state/merged-tags';

const tag = (name: string, value = 'v'): TenantTag => ({ name, value, field: `project.spec.tags.${name}` });

const tags = (
  tenantTags: readonly TenantTag[],
  tagMappers: readonly { readonly key: string; readonly valuePattern: string }[] = [],
  namespacePrefix = 'mesh_',
): ReturnType<typeof accountTags> =>
  accountTags({ namespacePrefix, tagMappers }, tenantTags, new Map([['projectIdentifier', 'shop']]));

describe('accountTags', () => {
  it('puts the prefix before every key and sorts by it', () => {
    const mappers = [{ key: 'project', valuePattern: 'p-${projectIdentifier}' }];

    expect(tags([tag('zone', 'dmz'), tag('env', 'dev')], mappers)).toEqual({
      value: { mesh_env: 'dev', mesh_project: 'p-shop', mesh_zone: 'dmz' },
      faults: [],
    });
  });

  it('has them in the order of their keys, whatever the order of what they come from', () => {
    for (const names of [
      ['c', 'a', 'b'],
      ['a', 'b', 'c'],
      ['b', 'c', 'a'],
    ]) {
      expect(Object.keys(tags(names.map((name) => tag(name))).value)).toEqual(['mesh_a', 'mesh_b', 'mesh_c']);
    }
  });

  it('keeps characters whole, also those of two units, and cuts half of one at the end alone', () => {
    expect(tags([tag('a', '\u{10400}b')]).value).toEqual({ mesh_a: '\u{10400}b' });
    expect(tags([tag('a', `${'x'.repeat(255)}\u{10400}`)]).value).toEqual({ mesh_a: 'x'.repeat(255) });
  });

  it('leaves keys that AWS reserves alone, at their beginning', () => {
    expect(tags([tag('x')], [], 'my-aws:').faults).toEqual([]);
    expect(tags([tag('x')], [], 'AWS:').faults).toEqual([
      having({
        message: says("makes the tag key 'AWS:x'; keys that begin with 'aws:'"),
      }),
    ]);
  });

  it('skips a mapper whose tag is absent, and lets one win over a tag of its name', () => {
    const mappers = [
      { key: 'owner', valuePattern: '${tagOwner}' },
      { key: 'env', valuePattern: 'production' },
    ];

    expect(tags([tag('env', 'dev')], mappers)).toEqual({ value: { mesh_env: 'production' }, faults: [] });
  });

  it.each([
    ['cost center', 'R&D "#1"', 'mesh_cost center', 'R_D __1_'],
    ['größe', 'Zoë_.:/=+-@9', 'mesh_größe', 'Zoë_.:/=+-@9'],
    ['a,b;c', 'x\ny\tz', 'mesh_a_b_c', 'x_y_z'],
    ['rocket🚀', '', 'mesh_rocket_', ''],
  ])('replaces what AWS does not allow in %j = %j', (name, value, key, expected) => {
    expect(tags([tag(name, value)])).toEqual({ value: { [key]: expected }, faults: [] });
  });

  it('cuts keys at 128 and values at 256 characters', () => {
    const { value } = tags([tag('k'.repeat(200), 'v'.repeat(300))]);

    expect(value).toEqual({ [`mesh_${'k'.repeat(123)}`]: 'v'.repeat(256) });
  });

  it('never cuts a character in two', () => {
    const letter = '𐐷'; // A letter of two UTF-16 units.

    expect(tags([tag('k', `${'v'.repeat(255)}${letter}`)]).value).toEqual({ mesh_k: 'v'.repeat(255) });
  });

  it('refuses keys that become equal', () => {
    expect(tags([tag('a b?'), tag('a b!')]).faults).toEqual([
      {
        field: 'project.spec.tags.a b!',
        message:
          "becomes the tag key 'mesh_a b_' once illegal characters are replaced and 128 characters are cut, and so does project.spec.tags.a b? ('mesh_a b?'). Rename one of the two.",
        value: 'mesh_a b!',
        limit: 128,
      },
    ]);
    expect(tags([tag(`${'k'.repeat(130)}1`), tag(`${'k'.repeat(130)}2`)]).faults).toHaveLength(1);
    expect(tags([tag('x?')], [{ key: 'x!', valuePattern: 'v' }]).faults).toEqual([
      expect.objectContaining({ field: 'tenantTags.tagMappers[0].key' }),
    ]);
  });

  it.each(['aws:', 'AWS:', 'aW'])('refuses keys that begin with aws: (prefix %j)', (prefix) => {
    const { faults } = tags([tag('S:x')], [], prefix);

    expect(faults).toEqual([
      expect.objectContaining({ field: 'project.spec.tags.S:x', limit: 'aws:', value: `${prefix}S:x` }),
    ]);
  });

  it('allows 49 tags beside the constant one, and not 50', () => {
    const many = (count: number): readonly TenantTag[] => Array.from({ length: count }, (_, index) => tag(`t${index}`));

    expect(tags(many(49)).faults).toEqual([]);
    expect(tags(many(50)).faults).toEqual([
      expect.objectContaining({
        field: 'tags',
        value: 51,
        limit: 50,
        message: expect.stringContaining('come to 51') as string,
      }),
    ]);
    expect(tags(many(49), [{ key: 'one-more', valuePattern: '' }]).faults).toHaveLength(1);
  });
});
