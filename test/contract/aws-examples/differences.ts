/** What AWS may write as text or as seconds, and what botocore reads as a point in time. */
const TIME = /(?:Timestamp|Date|Time|Expiration|createdAt|lastModified)$/iu;

/** IAM's documents: botocore reads them, and examples show them in words. */
const DOCUMENT = /(?:Document|Content|Payload)$/u;

/** In what an answer falls short of an example: members that are missing, and values of another type. */
export function differences(example: unknown, answer: unknown, at = ''): readonly string[] {
  if (TIME.test(at) || DOCUMENT.test(at)) return answer === undefined ? [`${at} is missing`] : [];
  if (Array.isArray(example)) return Array.isArray(answer) ? ofItems(example, answer, at) : [`${at} is no list`];
  if (isRecord(example)) return isRecord(answer) ? ofMembers(example, answer, at) : [`${at} is no object`];
  return typeof example === typeof answer ? [] : [`${at} is ${typeof answer}, not ${typeof example}`];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofMembers = (
  example: Readonly<Record<string, unknown>>,
  answer: Readonly<Record<string, unknown>>,
  at: string,
): readonly string[] =>
  Object.entries(example).flatMap(([name, value]) => {
    const place = at === '' ? name : `${at}.${name}`;
    return name in answer ? differences(value, answer[name], place) : [`${place} is missing`];
  });

/** Each item of the example is like one of the answer's. */
function ofItems(example: readonly unknown[], answer: readonly unknown[], at: string): readonly string[] {
  if (example.length > 0 && answer.length === 0) return [`${at} is empty`];
  const all = example.map((item) => {
    const tried = answer.map((one) => differences(item, one, `${at}[]`));
    return tried.toSorted((one, other) => one.length - other.length)[0] ?? [];
  });
  return [...new Set(all.flat())];
}
