import * as z from 'zod/mini';

import { STEERING, unicodePattern } from './fault';

/*
 * What most fields of records are. Each is made once and used by all: a schema of its own for each of some hundred
 * fields is what a cold start would spend most of its time on, after the SDK.
 */

export const AnyText = z.string();

/**
 * Names, addresses and identifiers of others: they end up in e-mails, tickets, logs and terminals, and in headers of
 * the readers of our events.
 */
export const PlainText = z
  .string()
  .check(
    z.regex(
      unicodePattern(`^[^${STEERING}]*$`),
      'must be one line of plain text, without control characters and without characters that turn its direction',
    ),
  );
export const AnyNumber = z.number();
export const AnyFlag = z.boolean();
export const TextOrNull = z.nullable(AnyText);
export const NumberOrNull = z.nullable(AnyNumber);
export const Texts = z.array(AnyText);
export const TextByName = z.record(AnyText, AnyText);
/** Fields that earlier releases did not write. */
export const NoByDefault = z._default(AnyFlag, false);
export const NullByDefault = z._default(TextOrNull, null);
