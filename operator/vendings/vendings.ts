import { deadLetters } from '../dead-letters/dead-letters';
import { sqsLetterQueues } from '../dead-letters/sqs-letter-queues';
import { readStackOutputs, stackQueues } from '../dead-letters/stack-queues';
import type { DrawnSurroundings } from '../command-surroundings';
import { erasePersonInLedger } from '../erase-person/erase-person-in-ledger';
import { rebuildLedger } from '../rebuild/rebuild-ledger';
import { listVendings } from './list-vendings';
import { replayVending } from './replay-vending';
import { showVending } from './show-vending';
import { decideVending, stopVending } from './stop-vending';
import { USAGE, vendingsArguments } from './vendings-arguments';

/**
 * `npm run vendings`: the operator's view of vendings, over the API, of dead letters, in their queues, what rebuilds the ledger, and what erases a person from it.
 *
 * @returns 0: done; 1: a person is needed: the vending that is shown has failed, or there are dead letters
 * @throws OperatorError when it cannot be done
 */
export async function vendings(args: readonly string[], surroundings: DrawnSurroundings): Promise<number> {
  const options = vendingsArguments(args);
  if (options === 'help') {
    surroundings.say(USAGE);
    return 0;
  }
  switch (options.command) {
    case 'list':
      return listVendings(options, surroundings);
    case 'show':
      return showVending(options, surroundings);
    case 'replay':
      return replayVending(options, surroundings);
    case 'stop':
      return stopVending(options, surroundings);
    case 'approve':
    case 'reject':
      return decideVending(options, surroundings);
    case 'dead-letters': {
      const found = stackQueues(options.stackName, await readStackOutputs(options.stackName));
      return deadLetters(sqsLetterQueues(), found, options, surroundings);
    }
    case 'rebuild':
      return rebuildLedger(options, surroundings);
    case 'erase-person':
      return erasePersonInLedger(options, surroundings);
  }
}
