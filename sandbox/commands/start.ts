import path from 'node:path';

import { loadConfiguration } from '../../infra/config';
import type { CommandContext } from '../../operator/command-context';
import { projectRoot } from '../environment';
import { BUSY_CONFIGURATION } from '../scenario/busy-configuration';
import { BusyStart } from '../scenario/busy-start';
import { deployedStage, type StageEndpoints } from '../runtime/stage/deployed-stage';
import { slowly } from '../../operator/elapsed';
import { emptyStage } from '../runtime/stage/empty-stage';
import { leaveFolder, takeFolder, tellEmptyEndpoints, tellEndpoints } from '../runtime/stage/local-start';
import { seededRandom } from '../organization/draw';
import { stageConsole } from '../runtime/stage/stage-console';
import { type StartedFault, startedFaults } from './started-faults';

/** Where others find what is up: `source .cache/endpoints.env`. */
const FOLDER = path.join(projectRoot, '.cache');

export interface StartOptions {
  readonly configurationFolder: string | undefined;
  /** Begins with a month, a night and a morning that have been. */
  readonly isBusy: boolean;
  readonly json: boolean;
  /** In what ways the local AWS fails. */
  readonly faults: ReadonlySet<StartedFault>;
}

/** `account-vending start`: the local AWS with the application on it, until Ctrl-C; then everything is gone. */
export async function start(options: StartOptions, { print, notify, now }: CommandContext): Promise<number> {
  const configurationFolder = path.resolve(options.configurationFolder ?? defaultConfiguration(options));
  loadConfiguration(configurationFolder);
  const busy = options.isBusy ? new BusyStart() : null;
  const stopped = signalled();
  takeFolder(FOLDER, process.pid);
  try {
    const seed = now().getTime() % 100_000;
    const faults = startedFaults(options.faults, seededRandom(seed));
    const stage = await slowly({ notify, now }, (report) =>
      deployedStage({ configurationFolder, seed, faults, report, ...busy?.options }),
    );
    let page: Awaited<ReturnType<typeof stageConsole>> = null;
    try {
      if (busy !== null) notify('Living through a month, a night and a morning of forty tenants\n');
      await busy?.fill(stage, configurationFolder);
      page = await stageConsole(stage.endpoints.api, notify);
      const endpoints = { ...stage.endpoints, ...(page === null ? {} : { console: page.url }) };
      tellEndpoints(FOLDER, process.pid, endpoints);
      print(options.json ? `${JSON.stringify({ endpoints })}\n` : invitation(endpoints, options.faults));
      await stopped;
      return 0;
    } finally {
      await page?.stop();
      await stage.stop();
    }
  } finally {
    leaveFolder(FOLDER);
  }
}

const defaultConfiguration = ({ isBusy }: StartOptions): string =>
  isBusy ? BUSY_CONFIGURATION : path.join(projectRoot, 'sandbox', 'config');

/** The same without the application: somebody deploys it, as to AWS. */
export async function startEmpty({ json }: Pick<StartOptions, 'json'>, context: CommandContext): Promise<number> {
  const { print, notify, now } = context;
  const stopped = signalled();
  takeFolder(FOLDER, process.pid);
  try {
    const stage = await slowly({ notify, now }, (report) => {
      report('Starting the local AWS (the first time, its Python packages are installed)');
      return emptyStage({ seed: now().getTime() % 100_000 });
    });
    try {
      tellEmptyEndpoints(FOLDER, process.pid, stage.endpoints);
      print(json ? `${JSON.stringify({ endpoints: stage.endpoints })}\n` : EMPTY_INVITATION);
      await stopped;
      return 0;
    } finally {
      await stage.stop();
    }
  } finally {
    leaveFolder(FOLDER);
  }
}

const EMPTY_INVITATION = `
An AWS organization is up, with Control Tower and IAM Identity Center, and with nothing of this application. It has the
profiles management, automation and meshcloud. In another terminal, in this folder:
  npx account-vending local npx account-vending init --discover --profile management --profile-automation automation --profile-meshcloud meshcloud --yes
  npx account-vending local npx account-vending deploy --bootstrap
  npx account-vending local npx account-vending preflight
  npx account-vending local npx account-vending order installation/first-order.json --wait
  npx account-vending local npx account-vending vendings show trial.first

Ctrl-C ends it; nothing is kept but the folder that init has written.
`;

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}

/** Commands to copy; the README explains them. The console comes first: it shows what the others do. */
function invitation(
  { runtime, organization, api, console: page }: StageEndpoints & { readonly console?: string },
  faults: ReadonlySet<StartedFault>,
): string {
  return `${page === undefined ? '' : `console ${page}\n`}
The local AWS is up, with the application deployed to it:
  runtime plane (EventBridge, Step Functions, …)  ${runtime}
  organization plane (Organizations, STS, IAM)    ${organization}
  vending API                                     ${api}
${faults.size === 0 ? '' : `It fails by ${[...faults].join(', ')}: docs/see-one-fail.md\n`}
In another terminal, in this folder, one command at a time:
  npx account-vending local aws stepfunctions list-state-machines
  npx account-vending local npx account-vending vendings list
Or for all commands of that terminal:
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
