import type { Fault } from './fault';

/** The deepest nesting of objects and lists; what the contract names is ten deep at most. */
const MAX_LEVELS = 64;

/** The position in the text: which objects and lists enclose it, and the key in each. */
interface Level {
  /** Keys so far; null in a list. */
  readonly keys: Set<string> | null;
  /** The key of the value that comes, or has come last; in a list its place. */
  at: string | number;
  expectsKey: boolean;
}

/**
 * What is wrong with a JSON text although parsers take it: values nested so deep that code which walks them runs out of
 * stack, half a surrogate pair, which no UTF-8 can hold, and a key that an object has twice, of which every reader
 * believes another one. Undefined where nothing is. Ask it before anything walks the value. It walks the text itself,
 * without recursion.
 *
 * @param text known to be JSON
 * @param whole names the value of the text
 * @param envelope levels around that value that are not the sender's
 */
export function faultOfText(text: string, whole: string, envelope = 0): Fault | undefined {
  const levels: Level[] = [];
  for (let position = 0; position < text.length; position += 1) {
    const level = levels.at(-1);
    switch (text.charAt(position)) {
      case '{':
      case '[':
        if (levels.length === MAX_LEVELS + envelope) return tooDeep(whole);
        levels.push(levelOf(text[position] === '{'));
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (level !== undefined) nextIn(level);
        break;
      case '"': {
        const end = endOfString(text, position);
        const fault = faultOfString(text.slice(position, end), levels, { whole, envelope });
        if (fault !== undefined) return fault;
        position = end - 1;
        break;
      }
    }
  }
  return undefined;
}

const levelOf = (isObject: boolean): Level => ({
  keys: isObject ? new Set() : null,
  at: isObject ? '' : 0,
  expectsKey: isObject,
});

function nextIn(level: Level): void {
  level.expectsKey = level.keys !== null;
  if (typeof level.at === 'number') level.at += 1;
}

/** Behind the quote that closes the string. */
function endOfString(text: string, start: number): number {
  for (let position = start + 1; position < text.length; position += 1) {
    if (text[position] === '\\') position += 1;
    else if (text[position] === '"') return position + 1;
  }
  return text.length;
}

interface Naming {
  readonly whole: string;
  readonly envelope: number;
}

function faultOfString(literal: string, levels: readonly Level[], naming: Naming): Fault | undefined {
  const word = String(JSON.parse(literal));
  const level = levels.at(-1);
  if (level?.expectsKey === true) {
    const isKnown = level.keys?.has(word) === true;
    level.keys?.add(word);
    level.at = word;
    level.expectsKey = false;
    if (isKnown) return twice(fieldOf(levels, naming));
  }
  return word.isWellFormed() ? undefined : halfCharacter(fieldOf(levels, naming));
}

const tooDeep = (field: string): Fault => ({
  field,
  message: `is nested more than ${MAX_LEVELS} levels deep. Send only fields that the contract names.`,
  limit: MAX_LEVELS,
});

const twice = (field: string): Fault => ({
  field,
  message: 'is there twice, and readers differ in which one counts. Send it once.',
});

const halfCharacter = (field: string): Fault => ({
  field,
  message:
    'has half of a surrogate pair, which is no character. Send whole characters: UTF-8, or both of their escapes.',
});

/** `userPermissions[0].roles`, as schemas name fields. */
function fieldOf(levels: readonly Level[], { whole, envelope }: Naming): string {
  const path = levels.slice(envelope).map(({ at }) => (typeof at === 'number' ? `[${at}]` : `.${at.toWellFormed()}`));
  return path.join('').replace(/^\./u, '') || whole;
}
