import { SandboxError } from '../../sandbox/runtime/ministack/sandbox-error';

/** All that can be asked for by name. */
export interface KnownNames {
  readonly parts: readonly string[];
  readonly mutations: readonly string[];
}

/**
 * One misspelt name among good ones would be examined by nobody, and nothing said.
 *
 * @throws SandboxError that lists the names that there are
 */
export function refuseUnknown(names: readonly string[], { parts, mutations }: KnownNames): void {
  const known = new Set([...parts, ...mutations]);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new SandboxError(
    `There is no ${unknown.join(', ')} to be examined. There is:\n${listed(parts)}\nand, one by one, of the mutations:\n${listed(mutations)}`,
  );
}

const listed = (names: readonly string[]): string => names.map((name) => `  ${name}`).join('\n');
