import type { Configuration } from '../../functions/domain/configuration/configuration';
import { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import { VirtualClock } from '../../sandbox/runtime/embedded/virtual-clock';
import type { Call } from '../../sandbox/organization/call-log';
import { EXAMPLE_EXTERNAL_ID } from '../../sandbox/organization/example-organization';
import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import { randomFor } from '../../sandbox/simulation/rng';
import { benchOrganization } from '../bench-organization';
import { requestsOf } from '../requests';
import type { Scenario } from '../scenario';
import { START } from '../start';
import { crowdedLedger } from './crowded-ledger';
import { quietReport } from './quiet-report';

/** What a call of a night was, for those who count. */
export type NightCall = Pick<Call, 'at' | 'service' | 'operation' | 'outcome' | 'write'>;

/** A night in which every tenant is known and nothing has drifted. */
export interface Night {
  readonly startedAt: number;
  /** When the report of the night went out. */
  readonly endedAt: number;
  /** How many tenants were compared. */
  readonly compared: number;
  readonly calls: readonly NightCall[];
}

/** Vending thousands takes an hour of this machine, and a night asks the same about each tenant. */
const MOST_VENDED = 100;

/** Control Tower takes no more accounts (its user guide, limits): a larger organization goes without. */
const MOST_GOVERNED = 10_000;

/**
 * Vends tenants, and then lets the reconciliation of a night go over them, with AWS's own quotas. More than a hundred
 * are copies: the ledger knows each of them, and its dry run is asked about the account that it was copied from.
 *
 * @throws SandboxError where Lambda has cut a chain of messages
 * @throws Error where the night brought one of them back or failed at it: nothing had drifted
 */
export async function observeNight(tenants: number, seed: number, configuration: Configuration): Promise<Night> {
  const calls: NightCall[] = [];
  const vended = Math.min(tenants, MOST_VENDED);
  const ledger = crowdedLedger(memoryLedgerStore());
  const scenario: Scenario = {
    name: 'night',
    requests: vended,
    controlTower: tenants <= MOST_GOVERNED,
    organizationSize: vended,
    throttledShare: 0,
    stackSet: 'one-operation',
    stretch: 1,
  };
  const clock = new VirtualClock(START, () => application.busy, randomFor(seed, 'jitter'));
  const application = new EmbeddedApplication({
    organization: benchOrganization(scenario, seed, {
      called: ({ callerFunction, at, service, operation, outcome, write }) => {
        if (callerFunction !== null) calls.push({ at, service, operation, outcome, write });
      },
    }),
    configuration,
    externalId: EXAMPLE_EXTERNAL_ID,
    ledger: ledger.store,
    previewedAs: ledger.originalOf,
  });
  try {
    for (const request of requestsOf(scenario)) application.sendEvent(request);
    await clock.runUntil(() => application.outcomes.length === vended);
    const uuids = application.outcomes.map(({ detail }) => detail.tenantUuid);
    if (tenants > vended) ledger.crowd(tenants, uuids);
    calls.length = 0;
    const startedAt = Date.now();
    application.startNight();
    await clock.runUntil(() => application.driftReports.length > 0);
    const { unchanged: compared } = quietReport(application);
    return { startedAt, endedAt: Date.now(), compared, calls };
  } finally {
    clock.uninstall();
  }
}
