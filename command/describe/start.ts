import { type Command, InvalidArgumentError, Option } from 'commander';

import { nearest } from '../../functions/domain/base/nearest-name';
import { STARTED_FAULTS, type StartedFault } from '../../sandbox/commands/started-faults';

import { described } from '../described';
import { acting, type Session } from '../session';
import { jsonOption } from './common';

interface StartFlags {
  readonly config?: string;
  readonly empty?: boolean;
  readonly scenario?: string;
  readonly json?: boolean;
  readonly faults?: ReadonlySet<StartedFault>;
}

export const startCommand = (session: Session): Command =>
  described('start', {
    summary: 'start the local AWS with the application on it, until Ctrl-C',
    examples: [
      'npx account-vending start',
      'npx account-vending start --config my-config',
      'npx account-vending start --scenario busy',
      'npx account-vending start --empty',
      'npx account-vending start --faults creation-failures',
    ],
  })
    .option('--config <folder>', 'the configuration (default: sandbox/config)')
    .addOption(
      new Option('--scenario <name>', 'begin with what has happened before: a month, a night and a morning').choices([
        'busy',
      ]),
    )
    .addOption(
      new Option('--empty', 'deploy nothing: an organization to try init --discover and deploy on').conflicts([
        'config',
        'scenario',
      ]),
    )
    .addOption(
      new Option('--faults <names>', 'let AWS fail in these ways: names with commas between them')
        .argParser(faultsIn)
        .conflicts(['scenario', 'empty']),
    )
    .addOption(jsonOption('print one line with the endpoints in place of commands to copy, and errors as a problem'))
    .action(
      acting(session, async ({ config, scenario, empty = false, faults = new Set(), json = false }: StartFlags) => {
        const { start, startEmpty } = await import('../../sandbox/commands/start');
        if (empty) return startEmpty({ json }, session.context);
        return start({ configurationFolder: config, isBusy: scenario === 'busy', faults, json }, session.context);
      }),
    );

const isStartedFault = (name: string): name is StartedFault => STARTED_FAULTS.some((known) => known === name);

function faultsIn(list: string): ReadonlySet<StartedFault> {
  const names = list.split(',').map((name) => name.trim());
  const strange = names.find((name) => !isStartedFault(name));
  if (strange === undefined) return new Set(names.filter(isStartedFault));
  const near = nearest(strange, STARTED_FAULTS);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new InvalidArgumentError(`'${strange}' is none of ${STARTED_FAULTS.join(', ')}.${hint}`);
}
