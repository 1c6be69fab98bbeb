import { randomUUID } from 'node:crypto';

import { dynamodbLedgerStore } from '../../functions/aws/ledger/dynamodb-ledger-store';
import type { CommandSurroundings } from '../command-surroundings';
import { ledgerTableOf } from '../rebuild/rebuild-ledger';
import { erasePerson, type ErasePersonArguments } from './erase-person';

/** The command with AWS behind it: the ledger of the stack, with the credentials of whoever calls. */
export async function erasePersonInLedger(
  { stackName, ...options }: ErasePersonArguments & { readonly stackName: string },
  surroundings: CommandSurroundings,
): Promise<number> {
  const ledger = dynamodbLedgerStore({}, await ledgerTableOf(stackName));
  return erasePerson({ ledger, pseudonym: `erased-${randomUUID().slice(0, 8)}` }, options, surroundings);
}
