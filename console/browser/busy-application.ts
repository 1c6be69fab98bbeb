import { loadConfiguration } from '../../infra/config';
import { exampleAuthorization } from '../../sandbox/organization/authorization/example-authorization';
import { withDeployedStackSets } from '../../sandbox/organization/deployed-stack-sets';
import { seededRandom } from '../../sandbox/organization/draw';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../sandbox/organization/example-organization';
import { demoLatencies } from '../../sandbox/organization/latencies';
import { Organization } from '../../sandbox/organization/organization';
import { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import { BUSY_CONFIGURATION } from '../../sandbox/scenario/busy-configuration';
import { BUSY_SECONDS, busyDay, orderTheOthers } from '../../sandbox/scenario/busy-day';
import { BusyFaults } from '../../sandbox/scenario/busy-faults';

/** The busy day in this process alone, as it stands right after the last orders: what is under way stands still. */
export async function busyApplication(): Promise<EmbeddedApplication> {
  const configuration = loadConfiguration(BUSY_CONFIGURATION);
  const authorization = exampleAuthorization(configuration);
  const begun = Date.now() - BUSY_SECONDS * 1000;
  let now = (): number => begun;
  const organization = new Organization({
    seed: withDeployedStackSets(exampleOrganization({ configuration }), configuration),
    clock: { now: () => now() },
    latencies: demoLatencies,
    random: seededRandom(1),
    authorization,
    faults: new BusyFaults(),
  });
  now = (): number => Date.now();
  const ledger = memoryLedgerStore();
  await busyDay({
    organization,
    configuration,
    ledger,
    until: new Date(),
    lastOrders: (application) => orderTheOthers((call) => application.callApi(call)),
  });
  return new EmbeddedApplication({ organization, configuration, ledger, externalId: EXAMPLE_EXTERNAL_ID });
}
