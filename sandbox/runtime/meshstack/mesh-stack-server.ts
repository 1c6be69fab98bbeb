import { operationOf, problems, type Operation, tenantProblems } from './description';
import { answerTo, type Asked, type Said } from './answers';
import type { MeshStackModel } from './mesh-stack-model';
import { releasedTenantProblems } from './released-tenant';

export interface MeshStackServerOptions {
  readonly model: MeshStackModel;
  readonly now: () => Date;
  /** What the API key is; another one is refused. */
  readonly key: { readonly clientId: string; readonly clientSecret: string };
  /** Which meshTenant it serves beside v3: since 2026.34.0 the released one, before that the preview. */
  readonly tenants?: TenantVersion;
}

export type TenantVersion = 'v4' | 'v4-preview';

/**
 * Changes an answer on its way, as a meshStack that is broken, or another release, would give it; undefined: it stays
 * as it is. Asked before anything is done, without a content, and after it.
 */
export type Disturbance = (call: string, content: unknown) => { readonly content: unknown } | Response | undefined;

const TOKEN_SECONDS = 300;

/**
 * A small meshStack: as much of its API as its description in this folder has. Every request is held against the
 * description, and refused where it does not fit; every answer is held against it, too.
 */
export class MeshStackServer {
  readonly #options: MeshStackServerOptions;
  readonly #tokens = new Map<string, number>();
  /** Every request: method and path, without its query. */
  readonly calls: string[] = [];
  /** What was not as described, in requests or answers. */
  readonly violations: string[] = [];
  /** How often a version was asked for that it does not serve. */
  notServed = 0;
  /** Another one after an update. */
  tenants: TenantVersion;
  /** Whether the version before them is there, which alone tells whether a deletion is approved. */
  servesV3 = true;
  /** What answers are changed by. */
  disturbance: Disturbance = () => undefined;

  constructor(options: MeshStackServerOptions) {
    this.#options = options;
    this.tenants = options.tenants ?? 'v4';
  }

  /** Tokens end before their time. */
  revokeTokens(): void {
    this.#tokens.clear();
  }

  /** As `fetch` does. */
  readonly respond = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const call = `${request.method} ${url.pathname}`;
    this.calls.push(call);
    const found = operationOf(request.method, url.pathname);
    if (found === undefined) return this.#refused(404, call, ['is not described']);
    const { operation, values } = found;
    const body: unknown = request.method === 'GET' ? undefined : parsed(await request.text());
    const faults = requestProblems(operation, request, url, body);
    if (faults.length > 0) return this.#refused(400, call, faults);
    if (url.pathname === '/api/login') return this.#logIn(body, call);
    if (!this.#isIn(request)) return problem(401, 'The token is not valid.');
    const accept = request.headers.get('accept') ?? '';
    const notServed = this.#notServed(operation, accept);
    if (notServed !== undefined) return notServed;
    const before = this.disturbance(call, undefined);
    if (before instanceof Response) return before;
    const said = answerTo(this.#options.model, {
      template: operation.template,
      values,
      query: url.searchParams,
      mediaType: accept,
      body,
    });
    return this.#said(operation, call, accept, said, { values, query: url.searchParams, url });
  };

  /** A version of meshTenant that is not there is an unsupported media type to meshStack. */
  #notServed(operation: Operation, accept: string): Response | undefined {
    const version = /\.meshtenant\.(v4(?:-preview)?)\.hal/u.exec(accept)?.[1];
    if (!this.servesV3 && isOfTenants(operation) && accept.includes('.meshtenant.v3.'))
      return problem(406, `There is no ${accept}.`);
    if (version !== undefined && isOfTenants(operation)) {
      if (version === this.tenants) return undefined;
      this.notServed += 1;
      return problem(415, `There is no ${accept}.`);
    }
    return operation.answers.size > 0 && !operation.answers.has(accept)
      ? problem(406, `There is no ${accept}.`)
      : undefined;
  }

  #said(
    operation: Operation,
    call: string,
    accept: string,
    said: Said,
    asked: Pick<Asked, 'values' | 'query'> & { readonly url: URL },
  ): Response {
    if (said.kind === 'refused') return problem(said.status, said.why);
    const content = said.kind === 'list' ? page(said, asked.url) : said.content;
    const disturbed = this.disturbance(call, content);
    if (disturbed instanceof Response) return disturbed;
    if (disturbed !== undefined) return Response.json(disturbed.content);
    for (const one of answerProblems(operation, accept, said, content))
      this.violations.push(`answer to ${call}: ${one}`);
    return Response.json(content ?? {}, { status: said.kind === 'created' ? 201 : 200 });
  }

  #logIn(body: unknown, call: string): Response {
    const { clientId, clientSecret } = this.#options.key;
    const isKnown = JSON.stringify(body) === JSON.stringify({ clientId, clientSecret });
    const disturbed = this.disturbance(call, undefined);
    if (disturbed instanceof Response) return disturbed;
    if (!isKnown) return problem(401, 'The API key is not valid.');
    const token = `token-${this.calls.length}`;
    this.#tokens.set(token, this.#options.now().getTime() + TOKEN_SECONDS * 1000);
    return Response.json({
      access_token: token,
      expires_in: TOKEN_SECONDS,
      refresh_expires_in: 0,
      token_type: 'Bearer',
      'not-before-policy': 0,
      scope: 'meshapi',
    });
  }

  #isIn(request: Request): boolean {
    const token = /^Bearer (.+)$/u.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    return (this.#tokens.get(token) ?? 0) > this.#options.now().getTime();
  }

  #refused(status: number, call: string, faults: readonly string[]): Response {
    this.violations.push(...faults.map((fault) => `request ${call}: ${fault}`));
    return problem(status, faults.join('; '));
  }
}

const isOfTenants = ({ template }: Operation): boolean => template.startsWith('/api/meshobjects/meshtenants');

/** What is not as described in an answer. The released meshTenant has a description of its own. */
function answerProblems(
  operation: Operation,
  accept: string,
  said: Exclude<Said, { readonly kind: 'refused' }>,
  content: object | null,
): readonly string[] {
  const isReleased = isOfTenants(operation) && accept.includes('.v4.');
  const ofTenant = isReleased ? releasedTenantProblems : (tenant: unknown) => tenantProblems(tenant, accept);
  if (isReleased && said.kind !== 'list') return ofTenant(content);
  const validate = operation.answers.get(accept);
  const wrong = validate === undefined ? [] : problems(validate, content);
  const tenants = said.kind === 'list' && said.name === 'meshTenants' ? said.objects.flatMap(ofTenant) : [];
  return [...wrong, ...tenants];
}

/** A request that the description does not allow: a parameter that it does not have, a body of another shape. */
function requestProblems(operation: Operation, request: Request, url: URL, body: unknown): readonly string[] {
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  const known = new Set(inQuery.map(({ name }) => name));
  const unknown = [...new Set(url.searchParams.keys())].filter((name) => !known.has(name));
  const missing = inQuery.filter(({ name, required }) => required === true && !url.searchParams.has(name));
  const headers = operation.parameters.filter((parameter) => parameter.in === 'header' && parameter.required === true);
  const withoutHeader = headers.filter(({ name }) => !request.headers.has(name));
  const type = request.headers.get('content-type') ?? '';
  const validate = operation.bodies.get(type);
  const bodyFaults =
    operation.bodies.size === 0
      ? []
      : validate === undefined
        ? [`has a body of the type '${type}'`]
        : problems(validate, body);
  return [
    ...unknown.map((name) => `has an unknown parameter ${name}`),
    ...missing.map(({ name }) => `lacks the parameter ${name}`),
    ...withoutHeader.map(({ name }) => `lacks the header ${name}`),
    ...bodyFaults,
  ];
}

/** As HAL has it: the objects of one page, and the way to the next. */
function page({ name, objects }: Extract<Said, { readonly kind: 'list' }>, url: URL): object {
  const size = Math.min(Number(url.searchParams.get('size') ?? '50'), 1000);
  const number = Number(url.searchParams.get('page') ?? '0');
  const totalPages = Math.max(1, Math.ceil(objects.length / size));
  const link = (to: number): object => {
    const there = new URL(url);
    there.searchParams.set('page', `${to}`);
    return { href: there.href };
  };
  return {
    _embedded: { [name]: objects.slice(number * size, (number + 1) * size) },
    _links: { self: { href: url.href }, ...(number + 1 < totalPages ? { next: link(number + 1) } : {}) },
    page: { size, number, totalPages, totalElements: objects.length },
  };
}

function parsed(text: string): unknown {
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  return value;
}

const problem = (status: number, detail: string): Response => Response.json({ status, detail }, { status });
