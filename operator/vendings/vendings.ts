import { adopt } from '../adopt/adopt';
import { deadLetters } from '../dead-letters/dead-letters';
import { sqsLetterQueues } from '../dead-letters/sqs-letter-queues';
import { readStackOutputs, stackQueues } from '../dead-letters/stack-queues';
import type { ScreenContext } from '../command-context';
import { erasePersonInLedger } from '../erase-person/erase-person-in-ledger';
import { rebuildLedger } from '../rebuild/rebuild-ledger';
import { exportVendings } from '../export/export-vendings';
import { listVendings } from './list-vendings';
import { isOfPilot, pilot, type PilotOptions } from './pilot';
import { replayVending } from './replay-vending';
import { showVending } from './show-vending';
import { decideVending, stopVending } from './stop-vending';
import { USAGE, type VendingsArguments, vendingsArguments } from './vendings-arguments';

/**
 * `npm run vendings`: the operator's view of vendings, over the API, of dead letters, in their queues, what rebuilds
 * the ledger, and what erases a person from it.
 *
 * @returns 0: done; 1: a person is needed: the vending that is shown has failed, or there are dead letters
 * @throws OperatorError when it cannot be done
 */
export async function vendings(args: readonly string[], context: ScreenContext): Promise<number> {
  const options = vendingsArguments(args);
  if (options === 'help') {
    context.print(USAGE);
    return 0;
  }
  return isOfPilot(options) ? pilot(options, context) : carriedOut(options, context);
}

async function carriedOut(options: Exclude<VendingsArguments, PilotOptions>, context: ScreenContext): Promise<number> {
  switch (options.command) {
    case 'list':
      return listVendings(options, context);
    case 'show':
      return showVending(options, context);
    case 'replay':
      return replayVending(options, context);
    case 'stop':
      return stopVending(options, context);
    case 'approve':
    case 'reject':
      return decideVending(options, context);
    case 'adopt':
      return adopt(options, context);
    case 'export':
      return exportVendings(options, context);
    case 'dead-letters': {
      const found = stackQueues(options.stackName, await readStackOutputs(options.stackName));
      return deadLetters(sqsLetterQueues(), found, options, context);
    }
    case 'rebuild':
      return rebuildLedger(options, context);
    case 'erase-person':
      return erasePersonInLedger(options, context);
  }
}
