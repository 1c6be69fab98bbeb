import * as z from 'zod';

import type { VendingDetail } from '../../functions/api/responses';
import { canonicalJson } from '../../functions/domain/base/json';
import { type DesiredState, parseDesiredState } from '../../functions/domain/desired-state/desired-state';
import { parseDeletion } from '../../functions/domain/desired-state/parse-deletion';

/**
 * How a row stands to what is known of its tenant.
 *
 * - `new`: there is no such tenant yet
 * - `changed`: another desired state, and newer than what is known; `closing`: one that says that the tenant is to go
 * - `unchanged`: what is known already
 * - `older`: something newer is known
 * - `ambiguous`: another desired state under the sequence that is known
 */
export type Standing = 'new' | 'changed' | 'closing' | 'unchanged' | 'older' | 'ambiguous';

type Known = Pick<VendingDetail, 'replicationSequence' | 'waitingSequence' | 'deletion' | 'desiredState'>;

export function standingOf(wanted: unknown, sequence: number, known: Known | undefined): Standing {
  const isDeletion = parseDeletion(wanted) !== undefined;
  const latest = known === undefined ? null : latestSequence(known);
  if (known === undefined || latest === null) return isDeletion ? 'closing' : 'new';
  // Of a tenant that is to go, no desired state is newest.
  const isSame = isDeletion ? known.deletion !== null : isSameState(wanted, known.desiredState);
  if (isSame) return 'unchanged';
  if (sequence > latest) return isDeletion ? 'closing' : 'changed';
  return sequence < latest ? 'older' : 'ambiguous';
}

const SequenceSchema = z.object({ replicationSequence: z.number() });

/** Null: nothing was ever accepted. The desired state that is kept is the newest, also where a person went back. */
export function latestSequence({ desiredState, deletion, waitingSequence, replicationSequence }: Known): number | null {
  const { data } = SequenceSchema.safeParse(desiredState);
  return data?.replicationSequence ?? deletion?.replicationSequence ?? waitingSequence ?? replicationSequence;
}

/** By one release's schema, so that a default which one of the two releases does not know makes no difference. */
function isSameState(wanted: unknown, known: unknown): boolean {
  const [one, other] = [parseDesiredState(wanted), parseDesiredState(known)];
  return one.ok && other.ok && canonicalJson(contentOf(one.value)) === canonicalJson(contentOf(other.value));
}

/** Without what says only when and why it was sent. */
const contentOf = (state: DesiredState): object => ({ ...state, replicationSequence: 0, trigger: null });
