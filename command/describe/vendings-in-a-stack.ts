import path from 'node:path';

import { type Command, InvalidArgumentError, Option } from 'commander';

import { DEAD_LETTER_QUEUES } from '../../infra/dead-letter-queues';
import { described } from '../described';
import { patiently, type Session } from '../session';
import { usageError } from '../usage-error';
import { instant, oneOf } from '../values';
import { jsonOption, stackOption } from './common';

interface StackGiven {
  readonly stack?: string;
  readonly json?: boolean;
}

const DEFAULT_STACK = 'VendingStack';
/** An id, as SQS makes them. */
const LETTER = '3f1b0c52-0000-4000-8000-000000000001';
const QUEUES = DEAD_LETTER_QUEUES.map(({ name }) => name);

export const deadLettersCommand = (session: Session): Command =>
  described('dead-letters', {
    summary: 'show the messages that could not be processed, send them back, or delete one',
    notes: `Looks into the queues that the outputs of the stack name: ${QUEUES.join(', ')}.`,
    examples: [
      'npx account-vending vendings dead-letters',
      'npx account-vending vendings dead-letters --replay work',
      `npx account-vending vendings dead-letters --replay work --letter ${LETTER}`,
      `npx account-vending vendings dead-letters --delete work --letter ${LETTER}`,
    ],
    exitCodes: { 1: 'there are dead letters' },
  })
    .addOption(
      new Option('--replay <queue>', 'send what is in this one back to where it came from').argParser(oneOf(QUEUES)),
    )
    .addOption(
      new Option('--delete <queue>', 'delete one letter of this queue for good')
        .argParser(oneOf(QUEUES))
        .conflicts('replay'),
    )
    .option('--letter <id>', 'only this one, by its id as the list shows it')
    .addOption(stackOption())
    .addOption(jsonOption())
    .action(
      patiently(session, async (given: LettersGiven, command: Command) => {
        const { json = false, replay, delete: remove, letter, stack = DEFAULT_STACK } = given;
        refuseUnclear(command, given);
        const { deadLettersOf } = await import('../../operator/dead-letters/dead-letters-of-stack');
        return deadLettersOf(stack, { json, replay, remove, letter }, session.context);
      }),
    );

interface LettersGiven extends StackGiven {
  readonly replay?: string;
  readonly delete?: string;
  readonly letter?: string;
}

/** No queue is emptied by a word that was forgotten. */
function refuseUnclear(command: Command, { replay, delete: remove, letter }: LettersGiven): void {
  if (remove !== undefined && letter === undefined) {
    throw usageError(command, '--delete takes one letter. Name it by --letter, with its id as the list shows it.');
  }
  if (letter !== undefined && (replay ?? remove) === undefined) {
    throw usageError(command, '--letter goes with --replay or --delete. Say which, with the queue of the letter.');
  }
}

interface RebuildGiven extends StackGiven {
  readonly dryRun?: boolean;
  readonly restoredAt?: Date;
  readonly managementProfile?: string;
  readonly config?: string;
}

export const rebuildCommand = (session: Session): Command =>
  described('rebuild', {
    summary: 'fill the ledger of the stack from the organization',
    notes: 'Writes only what is missing. It reads the organization with a profile of the management account.',
    examples: ['npx account-vending vendings rebuild --management-profile management --dry-run'],
    exitCodes: { 1: 'a person has to decide about some account' },
  })
    .option('--dry-run', 'write nothing')
    .addOption(
      new Option('--restored-at <instant>', 'for a ledger restored from a backup: from when on it is used').argParser(
        instant,
      ),
    )
    .option('--management-profile <name>', 'a profile of the AWS CLI for the management account')
    .option('--config <folder>', 'the configuration (default: config)')
    .addOption(stackOption())
    .addOption(jsonOption())
    .action(
      patiently(session, async (given: RebuildGiven) => {
        const { json = false, dryRun = false, restoredAt = null, managementProfile, config, stack } = given;
        const { rebuildLedger } = await import('../../operator/rebuild/rebuild-ledger');
        const configurationFolder = path.resolve(config ?? 'config');
        const stackName = stack ?? DEFAULT_STACK;
        return rebuildLedger(
          { json, dryRun, restoredAt, managementProfile, configurationFolder, stackName },
          session.context,
        );
      }),
    );

export const erasePersonCommand = (session: Session): Command =>
  described('erase-person', {
    summary: 'replace a person by a pseudonym in every item of the ledger',
    notes: 'Says only what it would do, and does it with --apply.',
    examples: [
      'npx account-vending vendings erase-person jane@corp.example',
      'npx account-vending vendings erase-person jane@corp.example jane --apply',
    ],
  })
    .argument(
      '<names...>',
      'an e-mail, euid, meshIdentifier or username of theirs, or their id in IAM Identity Center',
      person,
    )
    .option('--apply', 'do it')
    .addOption(stackOption())
    .addOption(jsonOption())
    .action(
      patiently(session, async (names: readonly string[], given: StackGiven & { readonly apply?: boolean }) => {
        const { json = false, apply = false, stack: stackName = DEFAULT_STACK } = given;
        const { erasePersonInLedger } = await import('../../operator/erase-person/erase-person-in-ledger');
        return erasePersonInLedger({ json, apply, names, stackName }, session.context);
      }),
    );

/** A shorter one stands in many a text. */
const LEAST_NAME = 3;

function person(given: string, before: readonly string[] = []): readonly string[] {
  if (given.trim().length >= LEAST_NAME) return [...before, given];
  throw new InvalidArgumentError(`a name has ${LEAST_NAME} characters or more.`);
}
