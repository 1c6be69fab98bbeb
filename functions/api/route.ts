import { TransientError } from '../domain/base/errors';
import type { Log } from '../ports/log';
import { type AdoptionPorts, getAdoption, postAdoptions } from './adoptions';
import { type Answer, problem } from './answer';
import { apiRequest, type ApiRequest } from './api-request';
import { deleteDeadLetter, getDeadLetter, postDeadLetterReplay } from './dead-letters';
import { admitted } from './console-call';
import { getDriftReport } from './get-drift-report';
import { getPreflight, postPreflight, type PreflightPorts } from './preflights';
import { getLandingZones, type LandingZonePorts, postLandingZoneMode } from './landing-zones';
import { getShadowReport } from './get-shadow-report';
import { getConfiguration } from './get-configuration';
import { getDesiredState, getDesiredStates } from './get-desired-states';
import { getLanes, getWaiters } from './get-lanes';
import { getEvents, getRun, getRuns } from './get-runs';
import { getSummary } from './get-summary';
import { getTenantUsage, getUsage } from './get-usage';
import { getVending } from './get-vendings';
import { type DeadLetterPorts, getDeadLetters } from './list-dead-letters';
import { getVendings } from './list-vendings';
import { postReindex } from './post-reindex';
import { abortRollout, pauseRollout, resumeRollout, retryRollout, startRollout } from './post-rollout-action';
import { getRollout, getRollouts, getRolloutTenants, postRollouts, type RolloutPorts } from './rollouts';
import { releasedConfiguration } from '../runtime/configuration-for';
import { type ApprovalPorts, postApproval } from './post-approval';
import { postReplay, type ReplayPorts } from './post-replay';
import { postReplays } from './post-replays';
import { postStop, type StopPorts } from './post-stop';
import { asksForDeployed, postVendings, type VendingPorts } from './post-vendings';

export interface ApiPorts
  extends
    VendingPorts,
    ReplayPorts,
    PreflightPorts,
    StopPorts,
    ApprovalPorts,
    AdoptionPorts,
    LandingZonePorts,
    RolloutPorts,
    DeadLetterPorts {
  readonly log: Log;
}

/** Answers every call of the API; a failure of our own is a problem document too, and a log entry. */
export async function route(ports: ApiPorts, event: unknown): Promise<Answer> {
  const admission = admitted(apiRequest(event), event);
  if (!admission.ok) return admission.answer;
  const { request } = admission;
  try {
    return await dispatch(ports, request);
  } catch (cause) {
    const { method, resource } = request;
    ports.log.error('A call of the API has failed', { method, resource }, cause);
    return cause instanceof TransientError
      ? problem('unavailable', 'AWS did not answer in time. Send the same request again: nothing is done twice.')
      : problem(
          'internal',
          'The call failed; its cause is in the log of the Api function. Nothing is lost: send it again.',
        );
  }
}

type Route = (ports: ApiPorts, request: ApiRequest) => Promise<Answer>;

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  [
    'POST /vendings',
    (ports, request) => (asksForDeployed(request) ? postVendings : byRelease(postVendings))(ports, request),
  ],
  ['GET /vendings', ({ ledger }, request) => getVendings(ledger, request)],
  ['GET /vendings/{tenantUuid}', ({ ledger, now }, request) => getVending(ledger, request, now())],
  ['GET /vendings/{tenantUuid}/runs', ({ ledger }, request) => getRuns(ledger, request)],
  ['GET /vendings/{tenantUuid}/runs/{run}', ({ ledger }, request) => getRun(ledger, request)],
  ['GET /vendings/{tenantUuid}/events', ({ ledger }, request) => getEvents(ledger, request)],
  ['GET /vendings/{tenantUuid}/desired-states', ({ ledger }, request) => getDesiredStates(ledger, request)],
  ['GET /vendings/{tenantUuid}/desired-states/{sequence}', ({ ledger }, request) => getDesiredState(ledger, request)],
  ['POST /vendings/{tenantUuid}/replay', postReplay],
  ['POST /vendings/{tenantUuid}/stop', postStop],
  ['POST /vendings/{tenantUuid}/approval', postApproval],
  ['POST /replays', postReplays],
  ['GET /lanes', getLanes],
  ['GET /lanes/{lane}/waiters', getWaiters],
  ['GET /dead-letters', getDeadLetters],
  ['GET /dead-letters/{queue}/{id}', getDeadLetter],
  ['POST /dead-letters/{queue}/{id}/replay', postDeadLetterReplay],
  ['DELETE /dead-letters/{queue}/{id}', deleteDeadLetter],
  ['GET /summary', ({ ledger, now }) => getSummary(ledger, now())],
  ['GET /configuration', getConfiguration],
  ['POST /reindex', ({ ledger }, request) => postReindex(ledger, request)],
  ['POST /preflight', postPreflight],
  ['GET /preflight/{id}', ({ ledger, now }, request) => getPreflight(ledger, now(), request)],
  ['POST /adoptions', byRelease(postAdoptions)],
  ['GET /adoptions/{id}', ({ ledger }, request) => getAdoption(ledger, request)],
  [
    'GET /tenants/{tenantUuid}/usage-reports/{month}',
    ({ ledger, now }, request) => getTenantUsage(ledger, now(), request),
  ],
  ['GET /usage-reports/{month}', ({ ledger, now }, request) => getUsage(ledger, now(), request)],
  ['GET /drift-reports/{pass}', ({ ledger }, request) => getDriftReport(ledger, request)],
  ['POST /rollouts', postRollouts],
  ['GET /rollouts', getRollouts],
  ['GET /rollouts/{id}', getRollout],
  ['GET /rollouts/{id}/tenants', ({ ledger }, request) => getRolloutTenants(ledger, request)],
  ['POST /rollouts/{id}/start', startRollout],
  ['POST /rollouts/{id}/pause', pauseRollout],
  ['POST /rollouts/{id}/resume', resumeRollout],
  ['POST /rollouts/{id}/retry', retryRollout],
  ['POST /rollouts/{id}/abort', abortRollout],
  ['GET /shadow-report', ({ ledger }, request) => getShadowReport(ledger, request)],
  ['GET /landing-zones', getLandingZones],
  ['POST /landing-zones/{landingZone}/mode', postLandingZoneMode],
]);

/** New desired states go by the configuration that is released, which may be an earlier one than that deployed. */
function byRelease(route: Route): Route {
  return async (ports, request) =>
    route({ ...ports, configuration: await releasedConfiguration(ports, ports) }, request);
}

/** The resources that the API declares, each once. */
export const RESOURCES: readonly string[] = [...new Set([...ROUTES.keys()].map((key) => key.replace(/^\w+ /u, '')))];

async function dispatch(ports: ApiPorts, request: ApiRequest): Promise<Answer> {
  const route = ROUTES.get(`${request.method} ${request.resource}`);
  return route === undefined
    ? problem('not-found', `There is no ${request.method} ${request.resource}. docs/openapi.json lists all calls.`)
    : route(ports, request);
}
