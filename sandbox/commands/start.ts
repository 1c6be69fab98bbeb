import path from 'node:path';
import { parseArgs } from 'node:util';

import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../environment';
import { SandboxError } from '../runtime-plane/sandbox-error';
import { type DeployedStage, deployedStage, type StageEndpoints } from '../stage/deployed-stage';
import { runMain } from './run-main';

const USAGE = 'Usage: npm start -- [--config DIR] [--json]';

/** `npm start`: the local AWS with the application on it, until Ctrl-C; then everything is gone. */
async function start(args: readonly string[]): Promise<number> {
  const { json = false, config = path.join(projectRoot, 'sandbox', 'config') } = startArguments(args);
  const configurationFolder = path.resolve(config);
  loadConfiguration(configurationFolder);
  const stopped = signalled();
  const stage = await deployedStage({ configurationFolder, seed: Date.now() % 100_000, tell });
  try {
    process.stdout.write(json ? `${JSON.stringify({ endpoints: stage.endpoints })}\n` : invitation(stage));
    await stopped;
    return 0;
  } finally {
    await stage.stop();
  }
}

function startArguments(args: readonly string[]): { readonly json?: boolean; readonly config?: string } {
  try {
    const options = { json: { type: 'boolean' }, config: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new SandboxError(`${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`);
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}

function invitation({ endpoints }: DeployedStage): string {
  return [
    '',
    'The local AWS is up, with the application deployed to it:',
    `  runtime plane (EventBridge, Step Functions, …)  ${endpoints.runtime}`,
    `  organization plane (Organizations, STS, IAM)    ${endpoints.organization}`,
    `  vending API                                     ${endpoints.api}`,
    '',
    ...examples(endpoints),
    '',
    'Ctrl-C ends it; nothing is kept.',
    '',
  ].join('\n');
}

/** Commands to copy. A 12-digit access key is the administrator of that account. */
function examples({ runtime, organization, api }: StageEndpoints): readonly string[] {
  const signed = 'curl --silent --aws-sigv4 "aws:amz:eu-central-1:execute-api" --user 000000000000:test';
  const aws = (accountId: string, endpoint: string, command: string): string =>
    `AWS_ACCESS_KEY_ID=${accountId} AWS_SECRET_ACCESS_KEY=test AWS_REGION=eu-central-1 aws --endpoint-url ${endpoint} ${command}`;
  return [
    'Order an account through the API, and see where it is:',
    `  ${signed} --json @sandbox/examples/fraud-lab.json ${api}/vendings`,
    `  ${signed} ${api}/vendings`,
    'The same by event (the entry of the EventBridge event is in docs/input.md):',
    `  ${aws('000000000000', runtime, 'events put-events --entries file://sandbox/examples/put-events.json')}`,
    'Look at the workflow, and at the organization as its management account:',
    `  ${aws('000000000000', runtime, 'stepfunctions list-state-machines')}`,
    `  ${aws('222222222222', organization, 'organizations list-accounts')}`,
  ];
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

runMain(() => start(process.argv.slice(2)));
