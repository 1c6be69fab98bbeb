import { acceptDesiredState } from '../../functions/ledger/intake/accept-desired-state';
import { closeRun } from '../../functions/ledger/runs/close-run';
import type { RunEnd } from '../../functions/ledger/runs/run-end';
import type { LedgerStore } from '../../functions/ports/ledger-store';
import { loadConfiguration } from '../../infra/config';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../sandbox/organization/example-organization';
import { demoLatencies } from '../../sandbox/organization/latencies';
import { Organization } from '../../sandbox/organization/organization';
import { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import { type ServedApplication, servedApplication } from './served-application';

/** The console over the real API with a thousand tenants in its ledger: the functions are warm, and in this process. */
export async function thousandTenants(configurationFolder: string): Promise<ServedApplication> {
  const configuration = loadConfiguration(configurationFolder);
  const organization = new Organization({
    seed: exampleOrganization({ configuration }),
    clock: { now: () => Date.now() },
    latencies: demoLatencies,
    random: Math.random,
  });
  const application = new EmbeddedApplication({ organization, configuration, externalId: EXAMPLE_EXTERNAL_ID });
  await fill(application.ledger);
  return servedApplication(application);
}

const FAILED: RunEnd = {
  status: 'FAILED',
  error: { name: 'RejectedError', message: 'The unit ou-1 does not exist.', remedy: 'Make it again, and replay.' },
};

/** Nine of ten have their account, and the others have failed. */
async function fill(ledger: LedgerStore): Promise<void> {
  const now = new Date();
  for (let index = 0; index < 1000; index += 1) {
    const tenantUuid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const named = { workspaceIdentifier: `workspace-${index % 40}`, projectIdentifier: `project-${index}` };
    const incoming = { tenantUuid, replicationSequence: 1, ...named, contentHash: 'h', trigger: 'event' as const };
    await acceptDesiredState(ledger, { ...incoming, desiredState: {}, force: false }, now);
    const run = { tenantUuid, replicationSequence: 1, run: 1 };
    await closeRun(ledger, run, index % 10 === 0 ? FAILED : { status: 'VENDED' }, now);
  }
}
