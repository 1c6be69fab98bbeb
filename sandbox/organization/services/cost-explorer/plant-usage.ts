import { createHash } from 'node:crypto';

import Big from 'big.js';

import type { Account } from '../../organization-state';
import { type CostRecord, DAY, dayOf } from './cost-record';

const SERVICES = [
  'AWS Lambda',
  'Amazon Simple Storage Service',
  'AmazonCloudWatch',
  'AWS Key Management Service',
  'Amazon DynamoDB',
  'EC2 - Other',
];

const TAX_PERCENT = 19;

/** AWS corrects some bills when they are thought final: this many days after the end of their month. */
const CORRECTED_AFTER = 9 * DAY;

/** What an account uses on a day, as a seed might plant it: no page of AWS says. It follows from account and day. */
export function costsOfDay({ id: accountId }: Account, at: number, now: number): readonly CostRecord[] {
  const day = dayOf(at);
  const record = (service: string, recordType: CostRecord['recordType'], micros: number): CostRecord => ({
    day,
    accountId,
    service,
    recordType,
    amount: new Big(micros).div(1_000_000),
  });
  const usage = servicesOf(accountId).map((service) =>
    record(service, 'Usage', drawn(`${accountId} ${service} ${day}`) % 4_000_000),
  );
  const taxable = usage.reduce((sum, { amount }) => sum.plus(amount), new Big(0));
  const tax = { ...record('Tax', 'Tax', 0), amount: taxable.times(TAX_PERCENT).div(100).round(10) };
  return [
    ...usage,
    tax,
    ...specialsOf(accountId, at, now).map(([type, micros]) => record('AWS Lambda', type, -micros)),
  ];
}

/** About half of the services, and never none. */
function servicesOf(accountId: string): readonly string[] {
  const used = SERVICES.filter((service) => drawn(`${accountId} uses ${service}`) % 2 === 0);
  return used.length === 0 ? SERVICES.slice(0, 1) : used;
}

/** A credit on the second of each month for every other account; and a refund that comes when the month is over. */
function specialsOf(accountId: string, at: number, now: number): readonly (readonly ['Credit' | 'Refund', number])[] {
  const date = new Date(at);
  const endOfMonth = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  const hasCredit = date.getUTCDate() === 2 && drawn(`${accountId} has credits`) % 2 === 0;
  const hasRefund = date.getUTCDate() === 3 && drawn(`${accountId} refund ${dayOf(at)}`) % 3 === 0;
  return [
    ...(hasCredit ? [['Credit', 1_500_000] as const] : []),
    ...(hasRefund && now >= endOfMonth + CORRECTED_AFTER ? [['Refund', 750_000] as const] : []),
  ];
}

/** A number that follows from the text. */
const drawn = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();
