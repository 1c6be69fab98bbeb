import { Argument, type Command } from 'commander';

import { completionScript, SHELLS } from '../completion-script';
import { described } from '../described';
import { acting, type Session } from '../session';
import { oneOf } from '../values';

type Shell = (typeof SHELLS)[number];

export function completionCommand(session: Session): Command {
  const command = described('completion', {
    summary: 'print the completion of a shell',
    examples: [
      'source <(npx account-vending completion bash)',
      'npx account-vending completion zsh > "${fpath[1]}/_account-vending"',
      'npx account-vending completion fish > ~/.config/fish/completions/account-vending.fish',
    ],
  });
  return command.addArgument(new Argument('<shell>', 'bash, zsh or fish').argParser(oneOf(SHELLS))).action(
    acting(session, (shell: Shell) => {
      if (command.parent !== null) session.context.print(completionScript(shell, command.parent));
      return 0;
    }),
  );
}
