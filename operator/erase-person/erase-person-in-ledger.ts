import { randomUUID } from 'node:crypto';

import { dynamodbLedgerStore } from '../../functions/aws/ledger/dynamodb-ledger-store';
import type { CommandContext } from '../command-context';
import { ledgerTableOf } from '../rebuild/rebuild-ledger';
import { erasePerson, type ErasePersonArguments } from './erase-person';

/** Runs the command against AWS: the ledger of the stack, with the caller's credentials. */
export async function erasePersonInLedger(
  { stackName, ...options }: ErasePersonArguments & { readonly stackName: string },
  context: CommandContext,
): Promise<number> {
  const ledger = dynamodbLedgerStore({}, await ledgerTableOf(stackName));
  return erasePerson({ ledger, pseudonym: `erased-${randomUUID().slice(0, 8)}` }, options, context);
}
