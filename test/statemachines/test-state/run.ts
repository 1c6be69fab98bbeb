import { Command } from 'commander';

import { scriptOptions } from '../../../command/script-options';
import { OperatorError } from '../../../operator/operator-error';
import { runMain } from '../../../sandbox/commands/run-main';
import { WALKED_PATHS } from '../../contract/walked-paths';
import { judge, type Judgement } from './judge';

const command = new Command('npm run test:asl --')
  .description(
    "Goes every path of both state machines by Step Functions' TestState, with mocks and without a role, and compares it with the embedded interpreter. Needs states:TestState, makes nothing, and calls no function.",
  )
  .option('--aws', 'ask AWS')
  .option('--profile <name>', 'of the AWS configuration')
  .option('--region <region>', 'where TestState is asked', 'eu-central-1');

interface Given {
  readonly aws?: boolean;
  readonly profile?: string;
  readonly region: string;
}

/** TestState refuses more than a few calls a second: each is tried again until it is let through. */
const PATIENT = { maxAttempts: 20, retryMode: 'adaptive' } as const;

async function main(args: readonly string[]): Promise<number> {
  const { aws, profile, region } = scriptOptions(command, args) as Given;
  if (aws !== true) {
    throw new OperatorError(`Add --aws to ask TestState on AWS about ${WALKED_PATHS.length} paths; it makes nothing.`);
  }
  const config = { region, ...PATIENT, ...(profile === undefined ? {} : { profile }) };
  const { judgements, calls } = await judge(config, WALKED_PATHS, tell).catch(explain);
  const different = judgements.filter(({ difference }) => difference !== undefined);
  process.stdout.write(
    `${judgements.length - different.length} of ${judgements.length} paths agree, ${calls} calls.\n`,
  );
  return different.length === 0 ? 0 : 1;
}

const REMEDIES: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'No AWS credentials were found. Name a profile with --profile, or set AWS_PROFILE.',
  AccessDeniedException: 'These credentials may not call TestState. Allow them states:TestState on every resource.',
};

function explain(fault: unknown): never {
  const remedy = fault instanceof Error ? REMEDIES[fault.name] : undefined;
  if (remedy === undefined) throw fault;
  throw new OperatorError(remedy);
}

function tell({ path, difference }: Judgement): void {
  if (difference === undefined) process.stdout.write(`agrees: ${path}\n`);
  else process.stdout.write(`differs: ${path}\n${JSON.stringify(difference, null, 2)}\n`);
}

runMain(() => main(process.argv.slice(2)));
