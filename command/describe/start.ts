import type { Command } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { jsonOption } from './common';

export const startCommand = (session: Session): Command =>
  described('start', {
    summary: 'start the local AWS with the application on it, until Ctrl-C',
    examples: ['account-vending start', 'account-vending start --config my-config'],
  })
    .option('--config <folder>', 'the configuration (default: sandbox/config)')
    .addOption(jsonOption('print one line with the endpoints in place of commands to copy, and errors as a problem'))
    .action(
      acting(session, async ({ config, json = false }: { readonly config?: string; readonly json?: boolean }) => {
        const { start } = await import('../../sandbox/commands/start');
        return start({ configurationFolder: config, json }, session.context);
      }),
    );
