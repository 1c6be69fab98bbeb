import { type Random, seededRandom } from '../organization/draw';

/**
 * A seeded random number generator. Each purpose has a sequence of its own, so that a fault more or less does not
 * change the names of the tenants.
 */
export interface Rng {
  /** Whether something of this probability (0 to 1) happens now. */
  readonly happens: (probability: number) => boolean;
  /** A whole number, both ends included. */
  readonly between: (least: number, most: number) => number;
  readonly oneOf: <Item>(items: readonly [Item, ...Item[]]) => Item;
}

export function rngFor(seed: number, purpose: string): Rng {
  const random = seededRandom(hashOf(`${seed} ${purpose}`));
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    happens: (probability) => random() < probability,
    between,
    oneOf: (items) => items[between(0, items.length - 1)] ?? items[0],
  };
}

export const randomFor = (seed: number, purpose: string): Random => seededRandom(hashOf(`${seed} ${purpose}`));

/** FNV-1a, 32 bits: neighbouring seeds give sequences that have nothing in common. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}
