/** The value without what the dot paths name; `[]` stands for every item of a list, an empty path for the whole. */
export function without(value: unknown, paths: readonly string[]): unknown {
  return paths.reduce((left, path) => (path === '' ? undefined : remove(left, path.split('.'))), value);
}

function remove(value: unknown, [head = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return head === '[]' ? value.map((item) => (rest.length === 0 ? undefined : remove(item, rest))) : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).flatMap(([name, member]) => {
    if (name !== head) {
      return [[name, member] as const];
    }
    return rest.length === 0 ? [] : [[name, remove(member, rest)] as const];
  });
  return Object.fromEntries(members);
}
