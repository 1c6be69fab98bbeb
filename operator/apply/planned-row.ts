import * as z from 'zod';

import type { Fault } from '../../functions/domain/base/fault';
import { type Difference, differencesOf } from '../../functions/domain/base/differences';
import { parseDesiredState } from '../../functions/domain/desired-state/desired-state';
import { OperatorError } from '../operator-error';
import { type JudgedRow, placed, withSequence } from './judged-rows';
import { rowSequence, type SequenceSource } from './row-sequence';
import { latestSequence, type Standing, standingOf } from './standing';
import type { Answered, KnownTenant, Ordered, Preview, VendingCalls } from './vending-calls';

/**
 * What is to become of a row. `refused`: the desired state, or the run that it would have now. `failed`: the API could
 * not be asked.
 */
export type Verdict = Exclude<Standing, 'ambiguous'> | 'refused' | 'failed';

export interface PlannedRow {
  readonly row: JudgedRow;
  readonly verdict: Verdict;
  readonly sequence: number | null;
  /** How the tenant stands now, as far as there is one. */
  readonly known: KnownTenant | undefined;
  readonly preview: Preview | undefined;
  /** In what the desired state differs from the one that is known. */
  readonly differences: readonly Difference[];
  readonly faults: readonly Fault[];
  readonly ordered: Ordered | undefined;
}

interface PlanningOptions extends SequenceSource {
  /** What is as it was is not planned. */
  readonly onlyChanged: boolean;
}

/** Plans one row. Whatever stands in its way is told with it, and stands in nobody else's. */
export async function plannedRow(
  row: JudgedRow,
  calls: Pick<VendingCalls, 'known' | 'preview'>,
  options: PlanningOptions,
): Promise<PlannedRow> {
  try {
    return await planOf(row, calls, options);
  } catch (cause) {
    return failed(ofRow(row), cause);
  }
}

/** Orders what is new or has changed; everything else is answered as it came. */
export async function orderedRow(planned: PlannedRow, calls: Pick<VendingCalls, 'order'>): Promise<PlannedRow> {
  const { row, verdict, sequence } = planned;
  if (sequence === null || !isToBeOrdered(verdict)) return planned;
  try {
    const answered = await calls.order(bodyOf(row, sequence));
    if (!answered.ok) return refused(planned, answered.faults);
    return { ...planned, ordered: answered.value };
  } catch (cause) {
    return failed(planned, cause);
  }
}

export const isToBeOrdered = (verdict: Verdict): boolean => ['new', 'changed', 'closing'].includes(verdict);

async function planOf(
  row: JudgedRow,
  { known: ask, preview }: Pick<VendingCalls, 'known' | 'preview'>,
  { onlyChanged, ...source }: PlanningOptions,
): Promise<PlannedRow> {
  const unplanned = ofRow(row);
  const sequenced = rowSequence(row, source);
  const faults = [...row.faults, ...(sequenced.ok ? [] : placed(row, [sequenced.fault]))];
  if (faults.length > 0 || !sequenced.ok || row.tenantUuid === undefined) return { ...unplanned, faults };
  const { sequence } = sequenced;
  const known = await ask(row.tenantUuid);
  const body = bodyOf(row, sequence);
  const standing = standingOf(body, sequence, known);
  const judged = { ...unplanned, sequence, known, differences: changesOf(body, known) };
  if (standing === 'ambiguous') return refused(judged, [ambiguous(sequence)]);
  if (standing === 'older') return { ...judged, verdict: 'older', faults: placed(row, [older(sequence, known)]) };
  if (standing === 'unchanged' && onlyChanged) return { ...judged, verdict: standing };
  return withPreview({ ...judged, verdict: standing }, await preview(body));
}

const ofRow = (row: JudgedRow): PlannedRow => ({
  row,
  verdict: 'refused',
  sequence: null,
  known: undefined,
  preview: undefined,
  differences: [],
  faults: row.faults,
  ordered: undefined,
});

const ObjectSchema = z.record(z.string(), z.unknown());

/** A row without faults is an object. */
const bodyOf = ({ value }: JudgedRow, sequence: number): object => ObjectSchema.parse(withSequence(value, sequence));

function withPreview(judged: PlannedRow, answered: Answered<Preview>): PlannedRow {
  if (!answered.ok) return refused(judged, answered.faults);
  const preview = answered.value;
  const planned = { ...judged, preview };
  if (preview.refusal === null) return planned;
  const { state, message, remedy } = preview.refusal;
  return refused(planned, [{ field: state, message: [message, remedy].filter((text) => text !== null).join(' ') }]);
}

const refused = (planned: PlannedRow, faults: readonly Fault[]): PlannedRow => ({
  ...planned,
  verdict: 'refused',
  faults: placed(planned.row, faults),
});

function failed(planned: PlannedRow, cause: unknown): PlannedRow {
  if (!(cause instanceof OperatorError)) throw cause;
  const { file, line } = planned.row;
  return { ...planned, verdict: 'failed', faults: [{ field: `${file}:${line}`, message: cause.message }] };
}

function changesOf(wanted: unknown, known: KnownTenant | undefined): readonly Difference[] {
  const [before, after] = [parseDesiredState(known?.desiredState), parseDesiredState(wanted)];
  if (!before.ok || !after.ok) return [];
  return differencesOf(before.value, after.value).filter(({ field }) => !WHEN_AND_WHY.includes(field));
}

const WHEN_AND_WHY = ['replicationSequence', 'trigger'];

const ambiguous = (sequence: number): Fault => ({
  field: 'replicationSequence',
  message: `is ${sequence}, which is known with other content. Raise it, or leave it out: the commit tells it then.`,
});

const older = (sequence: number, known: KnownTenant | undefined): Fault => ({
  field: 'replicationSequence',
  message:
    `is ${sequence}, and the tenant has a newer desired state, ${known === undefined ? '' : String(latestSequence(known))}, of another content. ` +
    'Check out the newest commit, or commit what you want again.',
});
