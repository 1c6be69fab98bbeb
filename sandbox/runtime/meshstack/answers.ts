import * as z from 'zod';

import {
  bindingObject,
  blockRunObject,
  eventObject,
  paymentMethodObject,
  projectObject,
  tenantObject,
  tenantObjectV3,
  userObject,
  workspaceObject,
} from './mesh-objects';
import type { MeshStackModel, Tenant } from './mesh-stack-model';
import { releasedTenantObject } from './released-tenant';

/** A request that fits its description. */
export interface Asked {
  readonly template: string;
  /** The values of the parameters in the path. */
  readonly values: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The version that is asked for. */
  readonly mediaType: string;
  readonly body: unknown;
}

export type Said =
  | { readonly kind: 'list'; readonly name: string; readonly objects: readonly object[] }
  | { readonly kind: 'object' | 'created'; readonly content: object | null }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string };

type Answering = (model: MeshStackModel, asked: Asked) => Said;

const UpdateSchema = z.object({
  status: z.string().nullish(),
  steps: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** What meshStack answers, by what is asked. */
export function answerTo(model: MeshStackModel, asked: Asked): Said {
  const answering = ANSWERS[asked.template];
  return answering === undefined ? refused(404, 'There is nothing.') : answering(model, asked);
}

const refused = (status: number, why: string): Said => ({ kind: 'refused', status, why });

const object = (content: object | undefined): Said =>
  content === undefined ? refused(404, 'It does not exist.') : { kind: 'object', content };

const list = (name: string, objects: readonly object[]): Said => ({ kind: 'list', name, objects });

const ANSWERS: Readonly<Record<string, Answering>> = {
  '/api/meshobjects/mesheventlogs': (model, { query }) => {
    const from = query.get('from') ?? '';
    const until = query.get('until') ?? '9999';
    const events = model.events.filter(({ createdAt }) => createdAt >= from && createdAt < until);
    return list('meshEventLogs', events.map(eventObject));
  },
  '/api/meshobjects/meshtenants': (model, { query, mediaType }) => {
    const isV3 = mediaType.includes('.v3.');
    const stands = isV3 ? deletionStateIn(query) : stateIn(query);
    const tenants = [...model.tenants.values()].filter(
      (tenant) =>
        stands(tenant) &&
        fits(query, 'platformIdentifier', tenant.platform) &&
        fits(query, 'workspaceIdentifier', tenant.workspace) &&
        fits(query, 'projectIdentifier', tenant.project),
    );
    return list(
      'meshTenants',
      tenants.map((tenant) => tenantIn(mediaType)(model, tenant)),
    );
  },
  '/api/meshobjects/meshtenants/{uuid}': (model, { values, mediaType }) => {
    const tenant = model.tenants.get(values['uuid'] ?? '');
    return object(tenant === undefined ? undefined : tenantIn(mediaType)(model, tenant));
  },
  '/api/meshobjects/meshworkspaces/{identifier}': (model, { values }) =>
    object(workspaceObject(model, values['identifier'] ?? '')),
  '/api/meshobjects/meshprojects/{fullProjectIdentifier}': (model, { values }) =>
    object(projectObject(model, values['fullProjectIdentifier'] ?? '')),
  '/api/meshobjects/meshpaymentmethods/{paymentMethodIdentifier}': (model, { values }) =>
    object(paymentMethodObject(model, values['paymentMethodIdentifier'] ?? '')),
  '/api/meshobjects/meshprojectbindings/userbindings': (model, asked) =>
    bindings(model, asked, 'meshProjectUserBinding', 'user'),
  '/api/meshobjects/meshprojectbindings/groupbindings': (model, asked) =>
    bindings(model, asked, 'meshProjectGroupBinding', 'group'),
  '/api/meshobjects/meshusers': (model, { query }) => {
    const part = (name: string): string => query.get(name) ?? '';
    const users = model.usersWithRole(part('workspaceIdentifier'), part('projectIdentifier'), part('projectRole'));
    return list('meshUsers', users.map(userObject));
  },
  '/api/meshobjects/meshbuildingblockruns/create': (model) => {
    const run = model.claimRun();
    return run === undefined ? refused(404, 'No run waits.') : { kind: 'created', content: blockRunObject(run) };
  },
  '/api/meshobjects/meshbuildingblockruns/{blockRunUuid}/status/source': updateRun,
  '/api/meshobjects/meshbuildingblockruns/{blockRunUuid}/status/source/{sourceId}': updateRun,
};

function tenantIn(mediaType: string): (model: MeshStackModel, tenant: Tenant) => object {
  if (mediaType.includes('.v3.')) return tenantObjectV3;
  return mediaType.includes('.v4.') ? releasedTenantObject : tenantObject;
}

function updateRun(model: MeshStackModel, { values, body }: Asked): Said {
  const { status, steps } = UpdateSchema.parse(body);
  const isTaken = model.updateRun(values['blockRunUuid'] ?? '', status ?? null, steps);
  return isTaken ? { kind: 'object', content: { runAborted: false } } : refused(409, 'The run is over.');
}

function bindings(model: MeshStackModel, { query }: Asked, kind: string, of: 'user' | 'group'): Said {
  const found = model.bindings.filter(
    (binding) =>
      binding[of] !== null &&
      fits(query, 'workspaceIdentifier', binding.workspace) &&
      fits(query, 'projectIdentifier', binding.project),
  );
  return list(
    `${kind}s`,
    found.map((binding) => bindingObject(kind, binding)),
  );
}

const fits = (query: URLSearchParams, name: string, value: string): boolean => (query.get(name) ?? value) === value;

type Standing = (tenant: Tenant) => boolean;

function stateIn(query: URLSearchParams): Standing {
  const states = query.getAll('state');
  return (tenant) => (states.length === 0 ? ['ACTIVE'] : states).includes(stateOf(tenant));
}

/**
 * As its description says: `MARKED_FOR_DELETION` are those that await approval, `DELETED` those that are submitted for
 * deletion, too.
 */
function deletionStateIn(query: URLSearchParams): Standing {
  const wanted = query.get('deletionState') ?? 'ACTIVE';
  return (tenant) => {
    const state = stateOf(tenant);
    if (state !== 'MARKED_FOR_DELETION') return state === wanted;
    return wanted === (tenant.awaitsApproval ? 'MARKED_FOR_DELETION' : 'DELETED');
  };
}

function stateOf({ deletedOn, markedForDeletionOn }: Tenant): string {
  if (deletedOn !== null) return 'DELETED';
  return markedForDeletionOn === null ? 'ACTIVE' : 'MARKED_FOR_DELETION';
}
