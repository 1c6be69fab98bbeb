import { type Checked, type Fault, faultIf, faultOf, refused } from '../../domain/base/fault';
import type { Attributes } from './answer-schemas';
import { AmountSchema, type Decimal, ZERO } from './decimal';
import { utcInstant } from './utc-instant';

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
