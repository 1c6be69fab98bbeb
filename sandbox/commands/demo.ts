import type { Configuration } from '../../functions/domain/configuration/configuration';
import { loadConfiguration } from '../../infra/config';
import { readOrders } from './demo/order';
import { progressOn } from './demo/progress';
import { reportOn } from './demo/report';
import { spokenLog } from './demo/spoken-log';
import { summaryOf } from './demo/summary';
import { isFulfilled, vend } from './demo/vend';
import { exampleOrganization } from '../organization/example-organization';
import { invitedAccounts } from '../organization/invited-accounts';
import { deployedStage } from '../runtime/stage/deployed-stage';
import { embeddedStage } from '../runtime/stage/embedded-stage';
import type { Stage } from '../runtime/stage/stage';
import { type DemoArguments, demoArguments } from './demo-arguments';
import { runMain } from './run-main';

/** `npm run demo`: vends accounts on the local AWS, shows how, and exits 0 if every order was fulfilled. */
async function demo(args: readonly string[]): Promise<number> {
  const options = demoArguments(args);
  // Read here, too: a broken configuration is said at once, not by a failing deployment.
  const configuration = loadConfiguration(options.configurationFolder);
  const { rootId } = exampleOrganization({ configuration });
  const accountIds = invitedAccounts(configuration, rootId).map(({ id }) => id);
  const orders = readOrders(options.desiredStates, accountIds);
  const stage = await stageFor(options, configuration);
  try {
    notify(
      options.embedded
        ? 'Vending in this process, in virtual time'
        : 'Vending on the local AWS, ten times as fast as AWS',
    );
    const statuses = await vend(stage, orders, progressOn(process.stderr));
    const report = await reportOn(stage, statuses);
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : summaryOf(report, statuses));
    return statuses.every(isFulfilled) ? 0 : 1;
  } finally {
    await stage.stop();
  }
}

function stageFor(
  { embedded, configurationFolder, seed, verbose }: DemoArguments,
  configuration: Configuration,
): Promise<Stage> {
  return embedded
    ? embeddedStage(configuration, seed, verbose ? { log: spokenLog(notify) } : {})
    : deployedStage({ configurationFolder, seed, report: notify, ...(verbose ? { log: notify } : {}) });
}

function notify(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

runMain(() => demo(process.argv.slice(2)));
