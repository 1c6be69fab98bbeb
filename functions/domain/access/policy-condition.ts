/** Whether a text is what a policy's pattern says, with `*` for any characters and `?` for one. */
export function fitsPattern(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[\\^$.|+()[\]{}]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'su').test(text);
}

/** What is known about a request when nobody makes it yet; a key that is not here cannot be told. */
export type KnownContext = Readonly<Record<string, string>>;

/** The `Condition` of a policy's statement: operator, key, values. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Whether all of it holds; undefined where that depends on what is not known. */
export function conditionHolds(condition: Condition, context: KnownContext): boolean | undefined {
  const answers = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => holds(operator, [values].flat(), valueOf(context, key))),
  );
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Keys are compared without regard to case. */
const valueOf = (context: KnownContext, key: string): string | undefined =>
  Object.entries(context).find(([known]) => known.toLowerCase() === key.toLowerCase())?.[1];

/** Undefined where it cannot be told. */
type Comparison = (wanted: string, value: string) => boolean | undefined;

const OPERATORS: Readonly<Record<string, Comparison>> = {
  StringEquals: (wanted, value) => wanted === value,
  StringEqualsIgnoreCase: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
  StringLike: fitsPattern,
  ArnEquals: fitsArn,
  ArnLike: fitsArn,
};

/** Part by part: a wildcard does not reach across a colon. What is no ARN is left open. */
function fitsArn(pattern: string, arn: string): boolean | undefined {
  const wanted = partsOf(pattern);
  const parts = partsOf(arn);
  return wanted.length < 6 ? undefined : wanted.every((part, index) => fitsPattern(part, parts[index] ?? ''));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function holds(operator: string, wanted: readonly string[], value: string | undefined): boolean | undefined {
  // The key is there, so IfExists changes nothing.
  const name = operator.replace(/IfExists$/u, '');
  const isNegated = /^(?:String|Arn)Not/u.test(name);
  const comparison = OPERATORS[name.replace('Not', '')];
  if (comparison === undefined || value === undefined || wanted.some((one) => one.includes('${'))) return undefined;
  const answers = wanted.map((one) => comparison(one, value));
  if (answers.includes(true)) return !isNegated;
  return answers.includes(undefined) ? undefined : isNegated;
}
