import { TransientError } from '../domain/base/errors';
import type { Log } from '../ports/log';
import { type Answer, problem } from './answer';
import { apiRequest, type ApiRequest } from './api-request';
import { getDriftReport } from './get-drift-report';
import { getPreflight, postPreflight, type PreflightPorts } from './preflights';
import { getTenantUsage, getUsage } from './get-usage';
import { getVending, getVendings } from './get-vendings';
import { type ApprovalPorts, postApproval } from './post-approval';
import { postReplay, type ReplayPorts } from './post-replay';
import { postStop, type StopPorts } from './post-stop';
import { postVendings, type VendingPorts } from './post-vendings';

export interface ApiPorts extends VendingPorts, ReplayPorts, PreflightPorts, StopPorts, ApprovalPorts {
  readonly log: Log;
}

/** Answers every call of the API; a failure of ours is a problem document too, and a log entry. */
export async function route(ports: ApiPorts, event: unknown): Promise<Answer> {
  const request = apiRequest(event);
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

async function dispatch(ports: ApiPorts, request: ApiRequest): Promise<Answer> {
  switch (`${request.method} ${request.resource}`) {
    case 'POST /vendings':
      return postVendings(ports, request);
    case 'GET /vendings':
      return getVendings(ports.ledger, request);
    case 'GET /vendings/{tenantUuid}':
      return getVending(ports.ledger, request, ports.now());
    case 'POST /vendings/{tenantUuid}/replay':
      return postReplay(ports, request);
    case 'POST /vendings/{tenantUuid}/stop':
      return postStop(ports, request);
    case 'POST /vendings/{tenantUuid}/approval':
      return postApproval(ports, request);
    case 'POST /preflight':
      return postPreflight(ports);
    case 'GET /preflight/{id}':
      return getPreflight(ports.ledger, ports.now(), request);
    case 'GET /tenants/{tenantUuid}/usage-reports/{month}':
      return getTenantUsage(ports.ledger, ports.now(), request);
    case 'GET /usage-reports/{month}':
      return getUsage(ports.ledger, ports.now(), request);
    case 'GET /drift-reports/{pass}':
      return getDriftReport(ports.ledger, request);
    default:
      return problem(
        'not-found',
        `There is no ${request.method} ${request.resource}. docs/openapi.json lists all calls.`,
      );
  }
}
