import { canonicalJson } from './json';

/** A value that is another one, or is there once. */
export interface Difference {
  /** As in `tenant.spec.landingZoneRef.name`; the field of a list, for one of its elements. */
  readonly field: string;
  /** Absent: there was none. */
  readonly from?: unknown;
  readonly to?: unknown;
}

/** In what two JSON values differ. The order of a list says nothing: its elements have come or gone. */
export function differencesOf(before: unknown, after: unknown, field = ''): readonly Difference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differencesOf(before[name], after[name], field === '' ? name : `${field}.${name}`));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const gone = without(before, after).map((from) => ({ field, from }));
    return [...gone, ...without(after, before).map((to) => ({ field, to }))];
  }
  return textOf(before) === textOf(after) ? [] : [valueOf(field, before, after)];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));

/** Elements that the others do not have; of equal ones, those that they have fewer of. */
function without(elements: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const left = others.map(textOf);
  return elements.filter((element) => {
    const at = left.indexOf(textOf(element));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const valueOf = (field: string, from: unknown, to: unknown): Difference => ({
  field,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
