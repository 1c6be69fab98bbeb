import { rowsOfText } from '../../../operator/apply/rows-of-text';

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('the desired states of a file', () => {
  it('may be one, several documents, or a list', () => {
    const valuesOf = (source: string): readonly unknown[] =>
      rowsOfText('a.yaml', source).rows.map(({ value }) => value);

    expect(valuesOf(text('a: 1'))).toEqual([{ a: 1 }]);
    expect(valuesOf(text('# what these are', '---', 'a: 1', '---', 'a: 2'))).toEqual([{ a: 1 }, { a: 2 }]);
    expect(valuesOf(text('- a: 1', '- a: 2'))).toEqual([{ a: 1 }, { a: 2 }]);
    expect(valuesOf('{ "a": [1, 2] }')).toEqual([{ a: [1, 2] }]);
    expect(valuesOf('')).toEqual([]);
    expect(valuesOf(text('it: &it { b: 1 }', 'a: { <<: *it }'))).toEqual([{ it: { b: 1 }, a: { b: 1 } }]);
  });

  it('know the line of each field, or of what is nearest to it', () => {
    const { rows } = rowsOfText(
      'a.yaml',
      text('---', 'tenant:', '  spec:', '    name: x', '---', 'people:', '  - roles: [a]'),
    );

    expect(rows.map(({ line }) => line)).toEqual([2, 6]);
    expect(rows[0]?.lineOf('tenant.spec.name')).toBe(4);
    expect(rows[0]?.lineOf('tenant.spec.uuid')).toBe(3);
    expect(rows[0]?.lineOf('project')).toBe(2);
    expect(rows[1]?.lineOf('people[0].roles')).toBe(7);
  });

  it('are read although another document is broken, which is told with its line', () => {
    const { rows, faults } = rowsOfText(
      'a.yaml',
      text('a: 1', '---', 'b: [1', 'c: 2', '---', 'd: 1', 'd: 2', '---', 'e: 1'),
    );

    expect(rows.map(({ value }) => value)).toEqual([{ a: 1 }, { e: 1 }]);
    expect(faults.map(({ field }) => field)).toEqual(expect.arrayContaining(['a.yaml:7']));
    expect(faults.every(({ message }) => message.startsWith('cannot be read: '))).toBe(true);
  });

  it('are refused where aliases would make them endless', () => {
    const bomb = text(
      'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]',
      ...['b', 'c', 'd', 'e'].map(
        (name, at) =>
          `${name}: &${name} [${Array(10)
            .fill(`*${'abcd'[at] ?? ''}`)
            .join(', ')}]`,
      ),
    );

    expect(rowsOfText('a.yaml', bomb)).toMatchObject({ rows: [], faults: [{ field: 'a.yaml:1' }] });
  });
});
