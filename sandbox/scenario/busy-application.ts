import { loadConfiguration } from '../../infra/config';
import { exampleAuthorization } from '../organization/authorization/example-authorization';
import { withDeployedStackSets } from '../organization/deployed-stack-sets';
import { seededRandom } from '../organization/draw';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../organization/example-organization';
import { demoLatencies } from '../organization/latencies';
import { Organization } from '../organization/organization';
import { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import { memoryLedgerStore } from '../runtime/memory-ledger-store';
import { BUSY_CONFIGURATION } from './busy-configuration';
import { BUSY_SECONDS, busyDay, orderTheOthers } from './busy-day';
import { BusyFaults } from './busy-faults';

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
    ...{ authorization, faults: new BusyFaults() },
  });
  now = (): number => Date.now();
  const ledger = memoryLedgerStore();
  await busyDay({
    ...{ organization, configuration, ledger, until: new Date() },
    lastOrders: (application) => orderTheOthers((call) => application.callApi(call)),
  });
  return new EmbeddedApplication({ organization, configuration, ledger, externalId: EXAMPLE_EXTERNAL_ID });
}
