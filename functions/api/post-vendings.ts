import { within } from '../domain/base/plain-schemas';
import { deletionRemark } from '../domain/desired-state/deletion';
import type { Deletion } from '../domain/desired-state/parse-deletion';
import type { Checked } from '../domain/base/fault';
import type { VendingPlan } from '../domain/plan/plan';
import type { Preview } from '../domain/run/preview';
import { planClosing } from '../domain/planning/plan-closing';
import { planOfTenant } from '../domain/planning/judge-desired-state';
import { readTenant, unknownTenant } from '../ledger/tenants/tenant-items';
import { deletionAtTheDoor, judgeAtTheDoor } from '../intake/judge-at-the-door';
import { type IntakePorts, takeDesiredState, type Taken } from '../intake/take-desired-state';
import type { ChangePreview } from '../ports/invoked-functions';
import { type Answer, answer, problem } from './answer';
import { type ApiRequest, jsonBody } from './api-request';
import type { VendingAccepted } from './responses';
import type { VendingPreview } from './vending-responses';

export interface VendingPorts extends IntakePorts {
  readonly previews: ChangePreview;
}

/** Whether a dry run is to go by the configuration that is deployed, which no rollout may have released yet. */
export const asksForDeployed = ({ query }: ApiRequest): boolean => query['configuration'] === 'deployed';

/** `POST /vendings`: takes a desired state, or with `?dryRun=true` only says what would be done. */
export async function postVendings(ports: VendingPorts, request: ApiRequest): Promise<Answer> {
  const flags = flagsOf(request);
  if (!flags.ok) return flags.answer;
  const input = jsonBody(request, 'Send one desired state, as docs/input.md describes it.');
  if (!input.ok) return input.answer;
  if (flags.dryRun) return dryRun(ports, input.value);
  const options = { trigger: 'api', force: flags.force, requestedBy: request.caller } as const;
  return answerTo(await takeDesiredState(ports, input.value, options));
}

/** The plan, and beside it what a run of it would change in AWS now. Nothing is written, neither here nor there. */
async function dryRun(ports: VendingPorts, input: unknown): Promise<Answer> {
  const deletion = deletionAtTheDoor(ports, input);
  const planned = deletion === undefined ? await plannedVending(ports, input) : await plannedClosing(ports, deletion);
  if (!planned.ok) {
    return problem('invalid-desired-state', 'The plan cannot be made; every fault is listed.', planned.faults);
  }
  const { changes, ...preview } = await ports.previews.preview(planned.value);
  const body: VendingPreview = { ...planned.value, ...shownChanges(changes), ...preview };
  return answer(200, body);
}

/** Beside the plan, so that no answer is larger than a megabyte. */
const MAX_CHANGE_BYTES = 400 * 1024;

function shownChanges(all: Preview['changes']): Pick<Preview, 'changes' | 'changesLeftOut'> {
  if (all === null) return { changes: null };
  const changes = within(all, MAX_CHANGE_BYTES);
  const changesLeftOut = all.length - changes.length;
  return { changes: [...changes], ...(changesLeftOut === 0 ? {} : { changesLeftOut }) };
}

async function plannedVending(ports: VendingPorts, input: unknown): Promise<Checked<VendingPlan>> {
  const judged = await judgeAtTheDoor(ports, input);
  if (!judged.ok) return judged;
  const { plan } = judged.value;
  const tenant = await readTenant(ports.ledger, plan.tenantUuid);
  return { ok: true, value: planOfTenant(plan, tenant, ports.configuration) };
}

/** What its closing would carry out, were the deletion to come now. */
async function plannedClosing(
  { configuration, ledger, now }: VendingPorts,
  deletion: Checked<Deletion>,
): Promise<Checked<VendingPlan>> {
  if (!deletion.ok) return deletion;
  const { replicationSequence, tenant } = deletion.value;
  const { uuid } = tenant.metadata;
  const known = (await readTenant(ledger, uuid)) ?? unknownTenant(uuid, now());
  const landingZone = tenant.spec.landingZoneRef.name;
  const asked = { replicationSequence, at: now().toISOString(), landingZone };
  return { ok: true, value: planClosing({ ...known, deletion: asked }, configuration) };
}

function answerTo(taken: Taken): Answer {
  switch (taken.kind) {
    case 'unreadable':
    case 'refused':
      return problem('invalid-desired-state', 'Nothing was written; every fault is listed.', taken.faults);
    case 'accepted':
      return answer(202, accepted(taken));
    case 'unchanged':
      return answer(200, accepted(taken));
    case 'deletion':
      return answer(taken.isKnown ? 200 : 202, marked(taken));
    case 'content-differs':
      return problem(
        'conflict',
        `Sequence ${taken.replicationSequence} of this tenant is known with other content. ` +
          'Send the changed desired state with a higher replicationSequence.',
      );
    case 'older':
      return problem(
        'conflict',
        `Sequence ${taken.replicationSequence} is older than ${taken.latestSequence}, the newest one of this tenant. ` +
          'Send a higher replicationSequence, or add ?force=true to go back deliberately.',
      );
    case 'overruled':
      return problem(
        'conflict',
        `Sequence ${taken.replicationSequence} is known, and sequence ${taken.latestSequence} was put in its place with ?force=true. ` +
          'Send a higher replicationSequence, or add ?force=true to take this one again.',
      );
  }
}

function accepted(taken: Extract<Taken, { readonly kind: 'accepted' | 'unchanged' }>): VendingAccepted {
  const { tenantUuid, replicationSequence, executionArn } = taken;
  return { tenantUuid, replicationSequence, executionArn, status: executionArn === null ? 'QUEUED' : 'ACCEPTED' };
}

function marked(taken: Extract<Taken, { readonly kind: 'deletion' }>): VendingAccepted {
  const { tenant, replicationSequence, executionArn } = taken;
  const { tenantUuid, status } = tenant;
  return { tenantUuid, replicationSequence, executionArn, status, remark: deletionRemark(tenant) };
}

type Flags =
  | { readonly ok: true; readonly dryRun: boolean; readonly force: boolean }
  | { readonly ok: false; readonly answer: Answer };

function flagsOf(request: ApiRequest): Flags {
  const { query } = request;
  const faults = ['dryRun', 'force'].flatMap((name) => {
    const value = query[name];
    return value === undefined || value === 'true' || value === 'false'
      ? []
      : [{ field: name, message: `is '${value}'; it may be true or false. Leave it out for false.`, value }];
  });
  faults.push(...configurationFaults(request));
  return faults.length === 0
    ? { ok: true, dryRun: query['dryRun'] === 'true', force: query['force'] === 'true' }
    : { ok: false, answer: problem('invalid-request', 'A query parameter is invalid.', faults) };
}

function configurationFaults(request: ApiRequest): readonly { field: string; message: string; value: string }[] {
  const { configuration: value, dryRun: flag } = request.query;
  if (value === undefined || value === 'released' || (asksForDeployed(request) && flag === 'true')) return [];
  const message = asksForDeployed(request)
    ? "may be 'deployed' with dryRun=true alone: what is accepted goes by the released one. Add dryRun=true, or leave it out."
    : `is '${value}'; it may be deployed or released. Leave it out for released.`;
  return [{ field: 'configuration', message, value }];
}
