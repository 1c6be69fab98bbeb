import type { Command } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';

export const localCommand = (session: Session): Command =>
  described('local', {
    summary: 'run a command with the endpoints of the local AWS that is up in this folder',
    notes:
      'Only that command sees the local AWS; the variables of your shell stay as they are. It ends as that command does.',
    examples: [
      'npx account-vending local aws stepfunctions list-state-machines',
      'npx account-vending local npx account-vending vendings list --json',
    ],
  })
    .argument('<command...>', 'the command to run, such as `aws stepfunctions list-state-machines`')
    .passThroughOptions()
    .action(
      acting(session, async (words: readonly string[]) => {
        const { local } = await import('../../sandbox/commands/local');
        return local(words);
      }),
    );
