import { type Checked, type Fault, faultIf, faultOf, refused } from '../../domain/base/fault';
import { type Attributes, utcInstant, type TimePeriod } from './cost-answers';
import { AmountSchema, type Decimal, ZERO, decimal } from './decimal';

/** What is told about a subscription. */
export interface SubscriptionFacts {
  readonly accountId: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly upfrontFee: Decimal | null;
  readonly instances: number;
  readonly service: string | null;
  readonly type: string | null;
  /** It never began: nothing is paid for it. */
  readonly isVoid: boolean;
}

/** Statuses in which AWS has not (yet) taken the upfront fee. */
const VOID_STATUSES = ['queued', 'queueddeleted', 'paymentfailed'];

/**
 * Reads the attributes of a subscription. AWS documents a map of strings and no keys; reservations are seen with
 * `upfrontFee`, Savings Plans with `UpfrontFee`, so the case of a key does not matter.
 */
export function readAttributes(attributes: Attributes, paysUpfront: boolean): Checked<SubscriptionFacts> {
  const lookup = new Map(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value ?? '']));
  const textOf = (key: string): string => lookup.get(key) ?? '';
  const faults: Fault[] = [];
  const dateOf = (key: string, name: string): Date | null => {
    if (textOf(key) === '') return null;
    const date = utcInstant(textOf(key));
    if (date !== null) return date;
    faults.push(faultOf(`Attributes.${name}`, textOf(key), 'must be an instant, as in 2026-01-01T00:00:00.000Z.'));
    return null;
  };
  const facts: SubscriptionFacts = {
    accountId: textOf('accountid'),
    startsAt: dateOf('startdatetime', 'startDateTime'),
    endsAt: dateOf('enddatetime', 'endDateTime'),
    upfrontFee: feeIn(textOf('upfrontfee'), faults),
    instances: instancesIn(textOf('numberofinstances'), faults),
    service: textOf('service') || null,
    type: textOf('savingsplanstype') || null,
    isVoid: VOID_STATUSES.includes(wordOf(textOf('subscriptionstatus') || textOf('status'))),
  };
  const isPaid = !facts.isVoid && (paysUpfront || (facts.upfrontFee ?? ZERO).gt(0));
  const told = new Set(faults.map(({ field }) => field));
  if (isPaid) faults.push(...missing(facts).filter(({ field }) => !told.has(field)));
  return faults.length > 0 ? refused(...faults) : { ok: true, value: facts };
}

function feeIn(text: string, faults: Fault[]): Decimal | null {
  if (text === '') return null;
  const fee = AmountSchema.safeParse(text);
  if (fee.success && fee.data.gte(0)) return fee.data;
  faults.push(faultOf('Attributes.upfrontFee', text, 'must be an amount of at least 0.'));
  return null;
}

/** A Savings Plan has none. Of reservations that were all sold there are 0. */
function instancesIn(text: string, faults: Fault[]): number {
  if (text === '') return 1;
  if (/^\d{1,9}([.]0+)?$/.test(text)) return Math.max(1, Number(text));
  faults.push(faultOf('Attributes.numberOfInstances', text, 'must be a number of instances.'));
  return 1;
}

const missing = ({ accountId, startsAt, upfrontFee }: SubscriptionFacts): readonly Fault[] => [
  ...absent(accountId === '', 'accountId', 'the account that pays'),
  ...faultIf(
    accountId !== '' && !/^\d{12}$/.test(accountId),
    'Attributes.accountId',
    accountId,
    'must be an account id of 12 digits.',
  ),
  ...absent(startsAt === null, 'startDateTime', 'the month in which the upfront fee is due'),
  ...absent(upfrontFee === null, 'upfrontFee', 'what was paid when the term started'),
];

const absent = (isAbsent: boolean, name: string, meaning: string): readonly Fault[] =>
  isAbsent
    ? [
        {
          field: `Attributes.${name}`,
          message: `is missing. It says ${meaning}; a part of an upfront fee is charged here.`,
        },
      ]
    : [];

const wordOf = (status: string): string => status.toLowerCase().replaceAll(/[^a-z]/g, '');

/** AWS sells terms of one year and of three. */
const TERM_YEARS = [1, 3];

/**
 * The upfront fee of all instances of a subscription.
 *
 * AWS does not document whether the attribute `upfrontFee` of several reserved instances is that of one or of all. The
 * amortized part of the same answer tells: over the whole term it comes to the fee. So the reading is taken that this
 * month's part agrees with best.
 */
export function wholeUpfrontFee(facts: SubscriptionFacts, amortizedUpfront: Decimal, period: TimePeriod): Decimal {
  const fee = facts.upfrontFee ?? ZERO;
  const readings = [fee, fee.times(facts.instances)];
  const distances = amortizedOverTerm(facts, amortizedUpfront, period).flatMap((overTerm) =>
    readings.map((reading) => ({ reading, distance: overTerm.minus(reading).abs() })),
  );
  return distances.toSorted((one, other) => one.distance.cmp(other.distance))[0]?.reading ?? fee;
}

/** What the month's part comes to over the term; where its end is not told, over each term that there is. */
function amortizedOverTerm(
  { startsAt, endsAt }: SubscriptionFacts,
  amortizedUpfront: Decimal,
  { Start, End }: TimePeriod,
): readonly Decimal[] {
  if (startsAt === null) return [];
  const ends = endsAt === null ? TERM_YEARS.map((years) => yearsLater(startsAt, years)) : [endsAt];
  return ends.flatMap((end) => {
    const active = Math.min(Number(End), Number(end)) - Math.max(Number(Start), Number(startsAt));
    const term = String(Number(end) - Number(startsAt));
    return active <= 0 ? [] : [amortizedUpfront.times(term).div(decimal(String(active)))];
  });
}

function yearsLater(start: Date, years: number): Date {
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end;
}
