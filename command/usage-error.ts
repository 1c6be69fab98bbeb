import type { Command, CommanderError } from 'commander';

import { nearest } from '../functions/domain/base/nearest-name';
import { OperatorError } from '../operator/operator-error';
import { pathOf } from './command-path';

const INVALID_USAGE = {
  type: 'urn:account-vending:problem:invalid-usage',
  title: 'The command cannot be understood',
  status: 422,
} as const;

/** Says in a sentence what is wrong with the words of a command, and where its help is. */
export const usageError = (command: Command, sentence: string): OperatorError =>
  new OperatorError(`${sentence}\n\`npx ${pathOf(command)} --help\` shows how it is used.`, INVALID_USAGE);

/** What commander refuses, in our style. */
export function refusalOf(command: Command, { code, message }: CommanderError): OperatorError {
  const [said = '', ...more] = message.replace(/^error: /u, '').split('\n(');
  const suggestion = more.map((text) => ` ${text.replace(/\)$/u, '')}`).join('');
  return usageError(command, `${sentenceOf(command, code, said)}${suggestion}`);
}

function sentenceOf(command: Command, code: string, said: string): string {
  switch (code) {
    case 'commander.help':
      return noCommand(command);
    case 'commander.missingArgument':
      return missingArgument(command);
    case 'commander.excessArguments':
      return `Unexpected argument '${command.args[command.registeredArguments.length] ?? ''}'.`;
    case 'commander.optionMissingArgument':
      return `Option ${quoted(said)} has no value.`;
    case 'commander.invalidArgument':
      return invalidValue(said);
    default:
      return withFullStop(`${said.slice(0, 1).toUpperCase()}${said.slice(1)}`);
  }
}

/** Also where `help` is asked for a command that is not there. */
function noCommand({ args, commands }: Command): string {
  const names = commands.map((inner) => inner.name());
  const [help, asked] = args;
  if (help !== 'help' || asked === undefined) return `No command given. It may be one of ${names.join(', ')}.`;
  const near = nearest(asked, names);
  return `Unknown command '${asked}'.${near === undefined ? '' : ` Did you mean ${near}?`}`;
}

function missingArgument(command: Command): string {
  const missing = command.registeredArguments[command.args.length];
  return missing === undefined ? 'An argument is missing.' : `No ${missing.name()} given. Add ${missing.description}.`;
}

/** `option '--seed <n>' argument '-1' is invalid. it may be …` */
const invalidValue = (said: string): string => {
  const [, flags = '', value = '', why = ''] =
    /^option '(.*?)(?: .*?)?' argument '(.*)' is invalid\. (.*)$/su.exec(said) ?? [];
  if (flags !== '') return withFullStop(`${flags} is '${value}'; ${why}`);
  const [, word = '', reason = ''] =
    /^command-argument value '(.*)' is invalid for argument '.*?'\. (.*)$/su.exec(said) ?? [];
  return reason === '' ? withFullStop(said) : `'${word}' cannot be taken: ${withFullStop(reason)}`;
};

const quoted = (said: string): string => /'.*?'/u.exec(said)?.[0] ?? '';

const withFullStop = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`);
