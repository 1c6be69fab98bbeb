import type { VendingDetail } from '../api/client';
import { failureTitle } from './failure-title';

type Failed = Pick<
  VendingDetail,
  'tenantUuid' | 'workspaceIdentifier' | 'projectIdentifier' | 'lastError' | 'timeline'
> &
  Partial<Pick<VendingDetail, 'account'>>;

export interface Cause<Vending extends Failed = Failed> {
  /** A few words for people. */
  readonly title: string;
  /** The class of the error. */
  readonly name: string;
  /** The state that failed; null: the run failed outside of one. */
  readonly state: string | null;
  readonly message: string;
  readonly remedy: string | null;
  readonly vendings: readonly Vending[];
}

/** What AWS or a rule says no to, and would again: docs/errors.md. Anything else may have passed by itself. */
const SAYS_NO: readonly string[] = ['InvalidRequestError', 'RejectedError', 'CustomizationError'];

/** Whether a replay may help without anything else being done. */
export const mayHavePassed = ({ name }: Pick<Cause, 'name'>): boolean => !SAYS_NO.includes(name);

/** Failed vendings by what one remedy mends, those that a replay alone may mend first, then the most frequent cause. */
export function causesOf<Vending extends Failed>(vendings: readonly Vending[]): readonly Cause<Vending>[] {
  const groups = Map.groupBy(
    vendings.filter(({ lastError }) => lastError !== null),
    (vending) => JSON.stringify([vending.lastError?.name, failedState(vending), generalized(vending)]),
  );
  return [...groups.values()].map(causeOf).toSorted(byPromise);
}

const byPromise = (one: Cause, other: Cause): number =>
  Number(mayHavePassed(other)) - Number(mayHavePassed(one)) || other.vendings.length - one.vendings.length;

function causeOf<Vending extends Failed>(vendings: readonly Vending[]): Cause<Vending> {
  const [first] = vendings;
  const error = first?.lastError ?? { name: '', message: '', remedy: null };
  return {
    title: failureTitle(error),
    name: error.name,
    state: first === undefined ? null : failedState(first),
    message: forAll(error.message, vendings),
    remedy: error.remedy === null ? null : forAll(error.remedy, vendings),
    vendings,
  };
}

/** The account of one of several tenants is none of the others'. */
function forAll(text: string, vendings: readonly Failed[]): string {
  const [first, ...others] = vendings;
  const id = first?.account?.id;
  if (id === undefined || others.length === 0) return text;
  return text.replaceAll(`account ${id}`, 'the account of each tenant below').replaceAll(id, 'that account');
}

const failedState = ({ timeline }: Pick<Failed, 'timeline'>): string | null =>
  timeline.findLast(({ error, finishedAt }) => error !== null && finishedAt === null)?.state ?? null;

/** Two tenants with one remedy have one cause; without one, their messages differ by ids and names alone. */
const generalized = ({ lastError }: Failed): string =>
  (lastError?.remedy ?? lastError?.message ?? '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/giu, '<uuid>')
    .replaceAll(/\d{12}/gu, '<account>')
    .replaceAll(/\S+@\S+/gu, '<e-mail>')
    .replaceAll(/https?:\/\/\S+/gu, '<link>');
