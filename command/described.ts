import path from 'node:path';

import { Command } from 'commander';

import { projectRoot } from '../sandbox/environment';

export interface Description {
  readonly summary: string;
  /** What else there is to know, in the help. */
  readonly notes?: string;
  /** Commands to copy. Files of `sandbox/examples` are shown where they are. */
  readonly examples: readonly string[];
  /** What it means when it does not end with 0 or 2. */
  readonly exitCodes?: Readonly<Record<number, string>>;
}

/** A command with its help. */
export const described = (name: string, { summary, notes, examples, exitCodes = {} }: Description): Command =>
  new Command(name)
    .summary(summary)
    .description(notes === undefined ? `${sentence(summary)}.` : `${sentence(summary)}.\n\n${notes}`)
    .addHelpText('after', `\n${section('Examples', examples.map(withFiles))}\n${exitCodeSection(exitCodes)}`);

/** A command that has others. */
export function group(name: string, description: Description, commands: readonly Command[]): Command {
  // Words behind a command are that command's; those behind `local` are another program's.
  const found = described(name, description).enablePositionalOptions();
  for (const command of commands) found.addCommand(command);
  return found;
}

const EXAMPLES = 'sandbox/examples';

/** As seen from this folder: the command can be installed, and run anywhere. */
const withFiles = (example: string): string =>
  example.replaceAll(EXAMPLES, path.relative('', path.join(projectRoot, EXAMPLES)));

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const section = (title: string, lines: readonly string[]): string =>
  [`${title}:`, ...lines.map((line) => `  ${line}`), ''].join('\n');

const exitCodeSection = (others: Description['exitCodes'] = {}): string => {
  const codes = { 0: 'done, and all is well', ...others, 2: 'not done, and why is on standard error' };
  return section(
    'Exit codes',
    Object.entries(codes).map(([code, meaning]) => `${code}  ${meaning}`),
  );
};
