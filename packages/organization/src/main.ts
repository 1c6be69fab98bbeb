#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { hasSimulator } from '../../../sandbox/organization/authorization/policy-simulator';
import { type OrganizationOptions, startOrganization } from './index';

const USAGE = `Usage: account-vending-organization [options]

Starts a model of an AWS organization on 127.0.0.1, and prints the variables that lead any SDK and the AWS CLI to it.

  --bare              the management account alone, without Control Tower and IAM Identity Center
  --port <number>     default: a free one
  --time-scale <n>    how long everything takes, as a share of what it takes on AWS; default 0.1
  --seed <number>     the same seed draws the same ids and durations; default 1
  --others <url>      another emulator, which answers for services that are not modelled, such as S3 and EC2
  --json              prints one line of JSON
  --help
`;

/** Until Ctrl-C; then everything is gone. */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bare: { type: 'boolean', default: false },
      port: { type: 'string' },
      'time-scale': { type: 'string' },
      seed: { type: 'string' },
      others: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const started = await startOrganization(optionsOf(values));
  const { endpoint, environment } = started;
  process.stdout.write(values.json ? `${JSON.stringify({ endpoint, environment })}\n` : invitation(environment));
  if (!hasSimulator()) process.stderr.write(UNJUDGED);
  await signalled();
  await started.close();
}

type Values = Readonly<Partial<Record<'port' | 'time-scale' | 'seed' | 'others', string>>> & {
  readonly bare: boolean;
};

function optionsOf({ bare, port, 'time-scale': timeScale, seed, others }: Values): OrganizationOptions {
  if (others !== undefined && !URL.canParse(others)) {
    throw new TypeError(`--others: ${others} is no URL. Give an endpoint, such as http://127.0.0.1:4566.`);
  }
  return {
    ...(bare ? { landscape: 'bare' as const } : {}),
    ...(port === undefined ? {} : { port: numberIn('--port', port, Number.isInteger) }),
    ...(timeScale === undefined ? {} : { timeScale: numberIn('--time-scale', timeScale, (scale) => scale > 0) }),
    ...(seed === undefined ? {} : { seed: numberIn('--seed', seed, Number.isInteger) }),
    ...(others === undefined ? {} : { others }),
  };
}

function numberIn(option: string, text: string, isGood: (value: number) => boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || !isGood(value)) {
    throw new TypeError(`${option}: ${text} does not fit. account-vending-organization --help says what does.`);
  }
  return value;
}

const invitation = (environment: Readonly<Record<string, string>>): string =>
  [
    '# An AWS organization is up until Ctrl-C. In another terminal:',
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    '',
  ].join('\n');

const UNJUDGED = `# IAM policies are not judged: every call is allowed. To have them judged: npm install @cloud-copilot/iam-simulate\n`;

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`account-vending-organization: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
