import { createHash } from 'node:crypto';

import type { Seconds } from './latencies';

/** A number from 0 (included) to 1 (excluded), as `Math.random`; a seeded one makes a run repeatable. */
export type Random = () => number;

/** A generator whose whole sequence follows from the seed (mulberry32, public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const LOWER_CASE = 'abcdefghijklmnopqrstuvwxyz0123456789';
const UPPER_CASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HEX = '0123456789abcdef';

function letters(random: Random, alphabet: string, length: number): string {
  let drawn = '';
  while (drawn.length < length) drawn += alphabet.charAt(Math.floor(random() * alphabet.length));
  return drawn;
}

/** Identifiers in AWS's forms: `car-1a2b3c4d`, `AROA…`. */
export const drawLowerCase = (random: Random, length: number): string => letters(random, LOWER_CASE, length);
export const drawUpperCase = (random: Random, length: number): string => letters(random, UPPER_CASE, length);

/** An account id; the first digit is never 0, so that it survives being read as a number. */
export function drawAccountId(random: Random): string {
  return String(100_000_000_000 + Math.floor(random() * 899_999_999_999));
}

export function drawUuid(random: Random): string {
  const hex = letters(random, HEX, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** One of several, each as likely. */
export function drawOne<Item>(random: Random, [first, ...others]: readonly [Item, ...Item[]]): Item {
  return others[Math.floor(random() * (others.length + 1)) - 1] ?? first;
}

interface Drawing {
  readonly random: Random;
  readonly latencies: { readonly scale: number };
}

/** When something ends that begins at this time, in milliseconds. */
export const drawEnd = ({ random, latencies }: Drawing, beginsAt: number, [least, most]: Seconds): number =>
  beginsAt + Math.round((least + random() * (most - least)) * latencies.scale * 1000);

/** What takes so many seconds more. */
export const longer = ([least, most]: Seconds, by: number): Seconds => [least + by, most + by];

/** The same, but as follows from a text: it changes no other random choice. */
export function endFrom(text: string, beginsAt: number, seconds: Seconds, scale: number): number {
  const share = createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
  const [least, most] = seconds;
  return beginsAt + (least + share * (most - least)) * scale * 1000;
}
