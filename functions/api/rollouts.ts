import { contentHash, isContentHash } from '../domain/base/json';
import { faultsOf } from '../domain/base/schema-faults';
import { isOver, newRollout, type RolloutRecord, type RolloutTenant } from '../domain/rollout/rollout';
import { rolloutToken } from '../domain/rollout/rollout-actions';
import { rolloutLimits, type RolloutRequest, RolloutRequestSchema } from '../domain/rollout/rollout-request';
import { ConfigurationError } from '../domain/base/errors';
import { type LandingZoneUpdate, secondsLeft } from '../domain/rollout/landing-zone-update';
import { runningOf } from '../domain/rollout/told-rollout';
import { releaseFirst } from '../ledger/rollout/releases';
import { beginPlanning, listRollouts, readRollout } from '../ledger/rollout/rollouts';
import { listRolloutTenants } from '../ledger/rollout/rollout-tenants';
import type { LedgerStore } from '../ports/ledger-store';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { PartMessages } from '../ports/queues';
import type { ConfiguredDeps } from '../runtime/configuration-for';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, jsonBody, pageSizeFaults, pageSizeOf } from './api-request';
import type { Rollout, RolloutAccepted, RolloutList, RolloutTenants } from './rollout-responses';

export interface RolloutPorts extends ConfiguredDeps {
  readonly ledger: LedgerStore;
  readonly rollouts: PartMessages;
  readonly outcomes: OutcomePublisher;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** `POST /rollouts`: plans one over all tenants, and changes nothing. What takes longer than a call RollOut does. */
export async function postRollouts(ports: RolloutPorts, request: ApiRequest): Promise<Answer> {
  const read = request.body === null ? { ok: true as const, value: {} } : jsonBody(request, HINT);
  if (!read.ok) return read.answer;
  const parsed = RolloutRequestSchema.safeParse(read.value, { reportInput: true });
  if (!parsed.success) return refused(faultsOf(parsed.error, RolloutRequestSchema, 'body'));
  const limits = rolloutLimits(parsed.data);
  if (!limits.ok) return refused(limits.faults);
  const { kind = 'configuration' } = parsed.data;
  const target = await targetOf(ports, parsed.data);
  if (!target.ok) return refused(target.faults);
  const { ledger, rollouts, configuration, now, newId } = ports;
  const { configurationHash: fromHash } = await releaseFirst(ledger, contentHash(configuration), now());
  const targetHash = target.hash ?? fromHash;
  const wanted = { id: newId(), kind, fromHash, targetHash, limits: limits.value, plannedBy: request.caller };
  const other = await beginPlanning(ledger, newRollout(wanted, now()), now());
  if (other !== null) return problem('conflict', isInTheWay(other));
  await rollouts.send({ id: wanted.id, part: 0 }, 0);
  const accepted: RolloutAccepted = { id: wanted.id };
  return answer(202, accepted);
}

const HINT = 'Send {} to plan the deployed configuration with the default waves.';

const refused = (faults: Parameters<typeof problem>[2]): Answer =>
  problem('invalid-desired-state', 'Nothing was planned; every fault is listed.', faults);

const isInTheWay = (id: string): string =>
  `The rollout ${id} is not over. Let it end, or abort it with POST /rollouts/${id}/abort; then plan another one.`;

/** Null: that which is released. */
async function targetOf(
  { configuration, configurationAt }: RolloutPorts,
  { kind, configurationHash: asked }: RolloutRequest,
): Promise<{ readonly ok: true; readonly hash: string | null } | { readonly ok: false; readonly faults: Faults }> {
  if (kind === 'landing-zone') {
    const faults = landingZoneFaults(configuration, asked);
    return faults.length === 0 ? { ok: true, hash: null } : { ok: false, faults };
  }
  const deployed = contentHash(configuration);
  if (asked === undefined || asked === deployed) return { ok: true, hash: deployed };
  const message = 'names no configuration that was deployed here. GET /rollouts lists those of earlier rollouts.';
  const unknown = { ok: false, faults: [{ field: 'configurationHash', message, value: asked }] } as const;
  // Any other text may be no key of S3.
  if (!isContentHash(asked)) return unknown;
  try {
    await configurationAt(asked);
    return { ok: true, hash: asked };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return unknown;
  }
}

function landingZoneFaults({ platform }: RolloutPorts['configuration'], hash: string | undefined): Faults {
  const ofHash =
    'is for rollouts of a configuration. Leave it out: the landing zone is brought to what Control Tower says.';
  const ofKind =
    'is landing-zone, but platform.json has no enrollmentConfiguration. Name there the region of Control Tower, and deploy.';
  return [
    ...(hash === undefined ? [] : [{ field: 'configurationHash', message: ofHash, value: hash }]),
    ...(platform.enrollmentConfiguration === undefined
      ? [{ field: 'kind', message: ofKind, value: 'landing-zone' }]
      : []),
  ];
}

type Faults = NonNullable<Parameters<typeof problem>[2]>;

/** `GET /rollouts`: newest first. */
export async function getRollouts(
  { ledger, now }: Pick<RolloutPorts, 'ledger' | 'now'>,
  request: ApiRequest,
): Promise<Answer> {
  const faults = pageSizeFaults(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const { rollouts, cursor } = await listRollouts(ledger, {
    limit: pageSizeOf(request),
    cursor: request.query['cursor'],
  });
  const body: RolloutList = { rollouts: rollouts.map((record) => shownRollout(record, now())), cursor };
  return answer(200, body);
}

/** `GET /rollouts/{id}`. */
export async function getRollout(
  { ledger, rollouts, now }: Pick<RolloutPorts, 'ledger' | 'rollouts' | 'now'>,
  { pathParameters: { id = '' } }: ApiRequest,
): Promise<Answer> {
  const record = await readRollout(ledger, id);
  if (record === undefined) return noRollout(id);
  // Somebody was killed before the first message went out.
  if (record.part === 0 && record.takenUntil === null) await rollouts.send({ id, part: 0 }, 0);
  return answer(200, shownRollout(record, now()));
}

/** `GET /rollouts/{id}/tenants?state=FAILED`: what is planned for each, and what has become of it. */
export async function getRolloutTenants(ledger: LedgerStore, request: ApiRequest): Promise<Answer> {
  const faults = pageSizeFaults(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const id = request.pathParameters['id'] ?? '';
  if ((await readRollout(ledger, id)) === undefined) return noRollout(id);
  const limit = pageSizeOf(request);
  const found = await listRolloutTenants(ledger, id, { after: request.query['cursor'] ?? null, limit: limit + 1 });
  const page = found.slice(0, limit);
  const { state } = request.query;
  const body: RolloutTenants = {
    tenants: page.filter((tenant) => state === undefined || tenant.state === state).map(shownTenant),
    cursor: found.length > limit ? (page.at(-1)?.tenantUuid ?? null) : null,
  };
  return answer(200, body);
}

function shownTenant(known: RolloutTenant): RolloutTenants['tenants'][number] {
  const { part: _, ...tenant } = known;
  return tenant;
}

export const noRollout = (id: string): Answer =>
  problem('not-found', `There is no rollout '${id}'. GET /rollouts lists them, and POST /rollouts plans one.`);

export function shownRollout(record: RolloutRecord, now: Date): Rollout {
  const { id, kind, landingZone, status, fromHash, targetHash, limits, plannedAt, plannedBy, groups, severe } = record;
  const { startedAt, startedBy, wave, done, failed, overtaken, unexpected, reason, endedAt } = record;
  const { changing, unchanged, refused: refusedTenants, leftAlone } = record;
  return {
    id,
    kind,
    ...(landingZone === undefined ? {} : shownLandingZone(record, landingZone, now)),
    status,
    fromHash,
    targetHash,
    limits,
    plannedAt,
    plannedBy,
    token: rolloutToken(record),
    changing,
    unchanged,
    refused: refusedTenants,
    leftAlone,
    groups,
    severe,
    startedAt,
    startedBy,
    wave,
    running: runningOf(record),
    done,
    failed,
    overtaken,
    unexpected,
    reason,
    endedAt,
  };
}

function shownLandingZone(
  record: RolloutRecord,
  update: LandingZoneUpdate,
  now: Date,
): Pick<Rollout, 'landingZone' | 'secondsLeft'> {
  const { version, baselineVersion, updatedAt, units, single } = update;
  return {
    landingZone: {
      version,
      baselineVersion,
      updatedAt,
      single,
      units: units.map(({ id, accounts, behind }) => ({ id, accounts, behind })),
    },
    ...(isOver(record) ? {} : { secondsLeft: secondsLeft(update, record.wave, now) }),
  };
}
