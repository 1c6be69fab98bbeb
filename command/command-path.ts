import type { Command } from 'commander';

/** As it is called: `account-vending vendings list`. */
export const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
