import type { Configuration } from '../../functions/domain/configuration/configuration';
import { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import { VirtualClock } from '../../sandbox/runtime/embedded/virtual-clock';
import type { Call } from '../../sandbox/organization/call-log';
import { EXAMPLE_EXTERNAL_ID } from '../../sandbox/organization/example-organization';
import { randomFor } from '../../sandbox/simulation/rng';
import { benchOrganization } from '../bench-organization';
import { requestsOf } from '../requests';
import { START } from '../start';
import { quietReport } from './quiet-report';

/** What a call of a night was, for those who count. */
export type NightCall = Pick<Call, 'at' | 'service' | 'operation' | 'outcome' | 'write'>;

/** A night in which every tenant is known and nothing has drifted. */
export interface Night {
  readonly startedAt: number;
  /** When the report of the night went out. */
  readonly endedAt: number;
  readonly reconciled: number;
  readonly calls: readonly NightCall[];
}

/**
 * Vends so many tenants, and then lets the reconciliation of a night go over them, with AWS's own quotas.
 *
 * @throws SandboxError where Lambda has cut a chain of messages
 * @throws Error where the night brought one of them back or failed at it: nothing had drifted
 */
export async function observeNight(tenants: number, seed: number, configuration: Configuration): Promise<Night> {
  const calls: NightCall[] = [];
  const scenario = {
    name: 'night',
    requests: tenants,
    controlTower: false,
    organizationSize: tenants,
    throttledShare: 0,
    ...({ stackSet: 'one-operation', stretch: 1 } as const),
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
  });
  try {
    for (const request of requestsOf(scenario)) application.sendEvent(request);
    await clock.runUntil(() => application.outcomes.length === tenants);
    calls.length = 0;
    const startedAt = Date.now();
    application.startNight();
    await clock.runUntil(() => application.driftReports.length > 0);
    const { reconciled } = quietReport(application);
    return { startedAt, endedAt: Date.now(), reconciled, calls };
  } finally {
    clock.uninstall();
  }
}
