import type { Fault } from '../../functions/domain/base/fault';
import { faultOfText } from '../../functions/domain/base/json-text';
import { misspeltFields } from '../../functions/domain/base/schema-faults';
import { DesiredStateSchema, parseDesiredState } from '../../functions/domain/desired-state/desired-state';
import { parseDeletion } from '../../functions/domain/desired-state/parse-deletion';
import { tenantUuidOf } from './earlier-tenants';
import type { SourceRow } from './rows-of-text';

/** A row of which as much is known as can be read. */
export interface JudgedRow extends SourceRow {
  readonly tenantUuid: string | undefined;
  /** What is wrong with it; their fields name file and line. */
  readonly faults: readonly Fault[];
}

/** Everything that can be said without asking anybody. */
export function judgedRows(rows: readonly SourceRow[]): readonly JudgedRow[] {
  const judged = rows.map((row) => ({ ...row, tenantUuid: tenantUuidOf(row.value) }));
  const ofTenant = Map.groupBy(judged, ({ tenantUuid }) => tenantUuid);
  return judged.map((row) => {
    const others = row.tenantUuid === undefined ? [] : (ofTenant.get(row.tenantUuid) ?? []);
    const faults = [...faultsOf(row.value), ...doubled(others.filter((other) => other !== row))];
    return { ...row, faults: placed(row, faults) };
  });
}

/** Faults as they are told of a file: `retail/webshop.yaml:14, tenant.spec`. */
export const placed = (row: SourceRow, faults: readonly Fault[]): readonly Fault[] =>
  faults.map(({ field, ...fault }) => ({ ...fault, field: `${row.file}:${row.lineOf(field)}, ${field}` }));

/** The sequence may be missing: the commit tells it then. */
function faultsOf(value: unknown): readonly Fault[] {
  const input = withSequence(value, 0);
  const text = JSON.stringify(input);
  const unreadable = faultOfText(text, 'desiredState');
  if (unreadable !== undefined) return [unreadable];
  const parsed = parseDeletion(input) ?? parseDesiredState(input);
  return [...(parsed.ok ? [] : parsed.faults), ...misspeltFields(input, DesiredStateSchema)];
}

/** The value with a sequence, unless it has one. */
export const withSequence = (value: unknown, replicationSequence: number): unknown =>
  isObject(value) ? { replicationSequence, ...value } : value;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function doubled(others: readonly SourceRow[]): readonly Fault[] {
  const [other] = others;
  if (other === undefined) return [];
  const message = `is also in ${other.file}:${other.line}. Which one counts cannot be known: take one out.`;
  return [{ field: 'tenant.metadata.uuid', message }];
}
