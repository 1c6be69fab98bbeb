import { IndexedMap } from '../../../sandbox/organization/indexed-map';

interface Member {
  readonly group: string;
  readonly user: string;
}

const membersOf = (...members: readonly (readonly [string, Member])[]): IndexedMap<Member, 'group' | 'user'> => {
  const map = new IndexedMap({ group: ({ group }: Member) => group, user: ({ user }: Member) => user });
  for (const [id, member] of members) map.set(id, member);
  return map;
};

const one: Member = { group: 'admins', user: 'jane' };
const other: Member = { group: 'admins', user: 'joe' };
const third: Member = { group: 'readers', user: 'jane' };

describe('a map with indices', () => {
  it('finds by each of them, in the order in which values came', () => {
    const map = membersOf(['1', one], ['2', other], ['3', third]);
    expect(map.having('group', 'admins')).toEqual([one, other]);
    expect(map.having('user', 'jane')).toEqual([one, third]);
    expect(map.having('user', 'nobody')).toEqual([]);
  });

  it('follows what is replaced, deleted and cleared', () => {
    const map = membersOf(['1', one], ['2', other]);
    map.set('2', third);
    expect(map.having('group', 'admins')).toEqual([one]);
    expect(map.having('group', 'readers')).toEqual([third]);
    expect(map.delete('1')).toBe(true);
    expect(map.delete('1')).toBe(false);
    expect(map.having('user', 'jane')).toEqual([third]);
    map.clear();
    expect(map.having('user', 'jane')).toEqual([]);
    expect([...map]).toEqual([]);
  });
});
