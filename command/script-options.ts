import type { Command, OptionValues } from 'commander';

import { screenOf } from '../operator/screen';
import { inOurStyle } from './style';

/**
 * The options of a script of this repository that is no command of `account-vending`.
 *
 * @throws OperatorError that says what is wrong with them, or CommanderError with exit code 0 where help was printed
 */
export function scriptOptions(command: Command, args: readonly string[]): OptionValues {
  inOurStyle(command, { print: (text) => void process.stdout.write(text), screen: screenOf(process.stdout) });
  return command.parse(args, { from: 'user' }).opts();
}
