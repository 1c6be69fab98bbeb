interface Tree {
  [key: string]: Tree | string;
}

/**
 * Reads the query protocol's flat form into objects and lists: `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: 'a' }]
 * }`. An empty list arrives as `Tags=` and stays an empty string here; the operation's schema knows that it is a list.
 */
export function readQueryParameters(form: URLSearchParams): unknown {
  const root: Tree = {};
  for (const [name, value] of form) {
    place(root, name.split('.'), value);
  }
  return listsOf(root);
}

function place(tree: Tree, [head = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const present = tree[head];
  const branch: Tree = typeof present === 'object' ? present : {};
  tree[head] = branch;
  place(branch, rest, value);
}

function listsOf(tree: Tree | string): unknown {
  if (typeof tree === 'string') {
    return tree;
  }
  const members = tree['member'];
  if (typeof members === 'object' && Object.keys(tree).length === 1) {
    return Object.entries(members)
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([, item]) => listsOf(item));
  }
  return Object.fromEntries(Object.entries(tree).map(([key, branch]) => [key, listsOf(branch)]));
}
