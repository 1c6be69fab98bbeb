import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../environment';
import { deployedStage, type StageEndpoints } from '../runtime/stage/deployed-stage';
import { shellEnvironment } from '../runtime/stage/shell-environment';
import { givenOptions } from './given-options';
import { runMain } from './run-main';

const USAGE = 'Usage: npm start -- [--config DIR] [--json]';
const OPTIONS = { json: { type: 'boolean' }, config: { type: 'string' } } as const;

/** For a shell that wants to use what is up: `source .cache/endpoints.env`. */
const ENDPOINTS_FILE = path.join(projectRoot, '.cache', 'endpoints.env');

/** `npm start`: the local AWS with the application on it, until Ctrl-C; then everything is gone. */
async function start(args: readonly string[]): Promise<number> {
  const given = givenOptions(args, { usage: USAGE, options: OPTIONS });
  const { json = false, config = path.join(projectRoot, 'sandbox', 'config') } = given;
  const configurationFolder = path.resolve(config);
  loadConfiguration(configurationFolder);
  const stopped = signalled();
  const stage = await deployedStage({ configurationFolder, seed: Date.now() % 100_000, report });
  try {
    writeEndpoints(stage.endpoints);
    process.stdout.write(json ? `${JSON.stringify({ endpoints: stage.endpoints })}\n` : invitation(stage.endpoints));
    await stopped;
    return 0;
  } finally {
    rmSync(ENDPOINTS_FILE, { force: true });
    await stage.stop();
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

function writeEndpoints(endpoints: StageEndpoints): void {
  mkdirSync(path.dirname(ENDPOINTS_FILE), { recursive: true });
  writeFileSync(ENDPOINTS_FILE, shellEnvironment(endpoints));
}

/** Commands to copy; the README explains them. */
function invitation({ runtime, organization, api }: StageEndpoints): string {
  return `
The local AWS is up, with the application deployed to it:
  runtime plane (EventBridge, Step Functions, …)  ${runtime}
  organization plane (Organizations, STS, IAM)    ${organization}
  vending API                                     ${api}

In another terminal, in this folder:
  source .cache/endpoints.env
Order an account through the API, or by event, and see where it is:
  ${SIGNED} --json @sandbox/examples/fraud-lab.json "$VENDING_API/vendings"
  aws events put-events --entries file://sandbox/examples/put-events.json
  ${SIGNED} "$VENDING_API/vendings"
Look at the workflow, and at the organization as its management account:
  aws stepfunctions list-state-machines
  AWS_ACCESS_KEY_ID=222222222222 aws organizations list-accounts

Ctrl-C ends it; nothing is kept.
`;
}

const SIGNED =
  'curl --silent --aws-sigv4 "aws:amz:$AWS_REGION:execute-api" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"';

function report(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

runMain(() => start(process.argv.slice(2)));
