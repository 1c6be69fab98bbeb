import { InvalidArgumentError } from 'commander';

import { nearest } from '../functions/domain/base/nearest-name';

/** A value that has to be one of some words, in small or capital letters. */
export const oneOf =
  <const Word extends string>(words: readonly Word[]) =>
  (given: string): Word => {
    const found = words.find((word) => word.toLowerCase() === given.toLowerCase());
    if (found !== undefined) return found;
    const near = nearest(given, words);
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new InvalidArgumentError(`it may be one of ${words.join(', ')}.${hint}`);
  };

export const wholeNumber =
  (least: number, most: number) =>
  (given: string): number => {
    const number = /^\d{1,16}$/u.test(given) ? Number(given) : NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`it may be a whole number from ${least} to ${most}`);
  };

export const instant = (given: string): Date => {
  const found = new Date(given);
  if (!Number.isNaN(found.getTime())) return found;
  throw new InvalidArgumentError('it has to be an instant such as 2026-11-26T22:30:00Z');
};

const UNITS = { d: 24 * 60 * 60, h: 60 * 60, m: 60 } as const;

/** An instant, or how long ago it was: `7d`. */
export const since =
  (now: () => Date) =>
  (given: string): Date => {
    const { amount, unit } = /^(?<amount>\d{1,5})(?<unit>[dhm])$/u.exec(given)?.groups ?? {};
    if (unit !== 'd' && unit !== 'h' && unit !== 'm') return instant(given);
    return new Date(now().getTime() - Number(amount) * UNITS[unit] * 1000);
  };

export const words = (given: string): string => {
  if (given.trim() !== '') return given;
  throw new InvalidArgumentError('it may not be empty');
};
