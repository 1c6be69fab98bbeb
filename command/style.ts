import type { Command, CommanderError, Option } from 'commander';

import type { ScreenContext } from '../operator/command-context';
import { refusalOf, usageError } from './usage-error';

/** What is refused is an error that somebody catches; help and version are printed. */
export function inOurStyle(command: Command, { print, screen }: Pick<ScreenContext, 'print' | 'screen'>): void {
  command
    .configureOutput({
      writeOut: print,
      // The sentence of the error says it.
      writeErr: () => undefined,
      getOutHelpWidth: () => screen.columns,
      getOutHasColors: () => screen.hasColours,
    })
    .helpOption('-h, --help', 'show this help')
    .exitOverride((error: CommanderError) => {
      throw error.exitCode === 0 ? error : refusalOf(command, error);
    });
  if (command.commands.length > 0) command.helpCommand('help [command]', 'show the help of a command');
  for (const option of command.options) givenOnce(command, option);
  askForMandatory(command);
}

/** Which of two would count cannot be known; and an option is nobody's value. */
function givenOnce(command: Command, option: Option): void {
  let times = 0;
  const name = option.long ?? option.flags;
  command.on(`option:${option.name()}`, (value?: string | null) => {
    times += 1;
    if (option.required && value?.startsWith('--') === true)
      throw usageError(command, `Option '${name}' has no value.`);
    if (times > 1 && !option.variadic) {
      throw usageError(command, `${name} is given more than once; which one counts cannot be known.`);
    }
  });
}

/** Asked for after everything else: an option that is misspelt is missing, too, and its suggestion says more. */
function askForMandatory(command: Command): void {
  const mandatory = command.options.filter((option) => option.mandatory);
  for (const option of mandatory) option.makeOptionMandatory(false);
  command.hook('preAction', () => {
    const missing = mandatory.find((option) => command.getOptionValue(option.attributeName()) === undefined);
    if (missing === undefined) return;
    throw usageError(command, `${missing.long ?? missing.flags} is missing. Add ${missing.description}.`);
  });
}
