import path from 'node:path';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import { loadConfiguration } from '../../infra/config';
import { readOrders } from './demo/order';
import { slowly } from '../../operator/elapsed';
import { progressOn } from './demo/progress';
import { reportOn } from './demo/report';
import { spokenLog } from './demo/spoken-log';
import { summaryOf } from './demo/summary';
import { isFulfilled, vend } from './demo/vend';
import { exampleOrganization } from '../organization/example-organization';
import { hasSimulator } from '../organization/authorization/policy-simulator';
import { invitedAccounts } from '../organization/invited-accounts';
import { deployedStage } from '../runtime/stage/deployed-stage';
import { embeddedStage } from '../runtime/stage/embedded-stage';
import type { Stage } from '../runtime/stage/stage';
import { projectRoot } from '../environment';
import type { ScreenContext } from '../../operator/command-context';

export interface DemoOptions {
  /** In this process and in virtual time; otherwise deployed to the local AWS. */
  readonly embedded: boolean;
  readonly json: boolean;
  /** None: the examples. */
  readonly desiredStates: readonly string[];
  readonly configurationFolder: string | undefined;
  readonly seed: number | undefined;
  readonly verbose: boolean;
}

type Context = Pick<ScreenContext, 'print' | 'notify' | 'now'>;

/** `account-vending demo`: vends accounts, shows how, and ends with 0 if every order was fulfilled. */
export async function demo(options: DemoOptions, context: Context): Promise<number> {
  const configurationFolder = path.resolve(options.configurationFolder ?? path.join(projectRoot, 'sandbox', 'config'));
  // Read here, too: a broken configuration is said at once, not by a failing deployment.
  const configuration = loadConfiguration(configurationFolder);
  const { rootId } = exampleOrganization({ configuration });
  const accountIds = invitedAccounts(configuration, rootId).map(({ id }) => id);
  const orders = readOrders(options.desiredStates, accountIds);
  const stage = await stageFor(options, { configuration, configurationFolder }, context);
  try {
    context.notify(
      options.embedded
        ? 'Vending in this process, in virtual time\n'
        : 'Vending on the local AWS, ten times as fast as AWS\n',
    );
    const statuses = await vend(stage, orders, progressOn(process.stderr));
    const report = await reportOn(stage, statuses);
    if (!report.authorization.enforced) context.notify(`${UNJUDGED}\n`);
    context.print(options.json ? `${JSON.stringify(report, null, 2)}\n` : summaryOf(report, statuses));
    return statuses.every(isFulfilled) ? 0 : 1;
  } finally {
    await stage.stop();
  }
}

/** Only the packed command comes to this. */
const UNJUDGED = hasSimulator()
  ? 'No call was judged by the policies of this configuration. Add what makes them: npm install aws-cdk-lib constructs'
  : 'No call was judged by IAM policies. Add what judges them: npm install @cloud-copilot/iam-simulate';

interface Configured {
  readonly configuration: Configuration;
  readonly configurationFolder: string;
}

function stageFor(
  { embedded, seed: given, verbose }: DemoOptions,
  { configuration, configurationFolder }: Configured,
  { notify, now }: Context,
): Promise<Stage> {
  const seed = given ?? now().getTime() % 100_000;
  const log = {
    log: (line: string) => {
      notify(`${line}\n`);
    },
  };
  return embedded
    ? embeddedStage(configuration, seed, verbose ? { log: spokenLog(log.log) } : {})
    : slowly({ notify, now }, (report) =>
        deployedStage({ configurationFolder, seed, report, ...(verbose ? log : {}) }),
      );
}
