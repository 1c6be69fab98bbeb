import { type Command, Option } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { jsonOption } from './common';

interface StartFlags {
  readonly config?: string;
  readonly empty?: boolean;
  readonly scenario?: string;
  readonly json?: boolean;
}

export const startCommand = (session: Session): Command =>
  described('start', {
    summary: 'start the local AWS with the application on it, until Ctrl-C',
    examples: [
      'account-vending start',
      'account-vending start --config my-config',
      'account-vending start --scenario busy',
      'account-vending start --empty',
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
    .addOption(jsonOption('print one line with the endpoints in place of commands to copy, and errors as a problem'))
    .action(
      acting(session, async ({ config, scenario, empty = false, json = false }: StartFlags) => {
        const { start, startEmpty } = await import('../../sandbox/commands/start');
        if (empty) return startEmpty({ json }, session.context);
        return start({ configurationFolder: config, isBusy: scenario === 'busy', json }, session.context);
      }),
    );
