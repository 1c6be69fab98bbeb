import * as z from 'zod/mini';

import type { Configuration } from '../domain/configuration/configuration';
import { ModeSchema } from '../domain/configuration/landing-zone-mode';
import { configuredMode } from '../domain/planning/planned-platform';
import { readModes, switchMode, type LandingZoneMode } from '../ledger/fleet/landing-zone-modes';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log } from '../ports/log';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, jsonBody, pageSizeFaults } from './api-request';
import type { LandingZoneList, LandingZoneState } from './shadow-responses';

export interface LandingZonePorts {
  readonly ledger: LedgerStore;
  readonly configuration: Configuration;
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * `GET /landing-zones?limit=50&cursor=…`: whether each acts, and who has switched it. Without a limit it lists
 * all: there are as many as the configuration has.
 */
export async function getLandingZones(
  { ledger, configuration }: LandingZonePorts,
  request: ApiRequest,
): Promise<Answer> {
  const faults = pageSizeFaults(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const { limit, cursor = '' } = request.query;
  const all = Object.keys(configuration.landingZones);
  const rest = limit === undefined && cursor === '' ? all : all.toSorted().filter((name) => name > cursor);
  const names = limit === undefined ? rest : rest.slice(0, Number(limit));
  const switched = await readModes(ledger, names);
  const body: LandingZoneList = {
    landingZones: names.map((name, index) => stateOf(configuration, name, switched[index])),
    cursor: names.length < rest.length ? (names.at(-1) ?? null) : null,
  };
  return answer(200, body);
}

const SwitchSchema = z.object({ mode: ModeSchema });

/**
 * `POST /landing-zones/{landingZone}/mode`: lets a landing zone act, or sets it back to shadow mode. Runs that begin
 * after it go by it; a run that has begun goes on as it was planned.
 */
export async function postLandingZoneMode(ports: LandingZonePorts, request: ApiRequest): Promise<Answer> {
  const { ledger, configuration, log, now } = ports;
  const name = request.pathParameters['landingZone'] ?? '';
  const input = jsonBody(request, HINT);
  if (!input.ok) return input.answer;
  const wish = SwitchSchema.safeParse(input.value);
  if (!wish.success) {
    const fault = { field: 'mode', message: `has to be 'act' or 'shadow'. ${HINT}` };
    return problem('invalid-request', 'The body must be JSON with a mode.', [fault]);
  }
  if (!Object.hasOwn(configuration.landingZones, name)) return problem('not-found', unknown(name, configuration));
  const { mode } = wish.data;
  const switched = await switchMode(ledger, name, { mode, at: now(), by: request.caller });
  log.warn('A landing zone was switched', { landingZone: name, mode, by: request.caller });
  return answer(200, stateOf(configuration, name, switched));
}

const HINT = 'Send { "mode": "act" } or { "mode": "shadow" }.';

const unknown = (name: string, { landingZones }: Configuration): string =>
  `There is no landing zone '${name}'. Those of the configuration are ${Object.keys(landingZones).join(', ')}.`;

function stateOf(configuration: Configuration, name: string, switched: LandingZoneMode | undefined): LandingZoneState {
  const configured = configuredMode(configuration, name);
  const { mode = configured, switches = [] } = switched ?? {};
  return { name, mode, configuredMode: configured, switches: [...switches] };
}
