import createClient from 'openapi-fetch';

import type { components, paths } from '../generated/api';
import { session } from './session';

export type Schemas = components['schemas'];
export type VendingStatus = Schemas['VendingStatus'];
export type VendingSummary = Schemas['VendingSummary'];
export type VendingDetail = Schemas['VendingDetail'];
export type Fault = Schemas['Fault'];

/** The API stands beside the page: its address begins with the same random path. */
const addressOf = (path: string): string => new URL(path, document.baseURI).href;

export const api = createClient<paths>({ baseUrl: addressOf('api') });

/* On the own machine, the server beside the page signs each call; on AWS, it has the token of a sign-in. */
api.use({
  onRequest({ request }) {
    const token = session()?.token;
    if (token !== undefined) request.headers.set('Authorization', token);
    return request;
  },
});

export interface Installation {
  readonly apiUrl: string;
  readonly version: string;
  /** Where people sign in; null: on the own machine, nowhere. */
  readonly login: Login | null;
}

/** Of Cognito. */
export interface Login {
  readonly issuer: string;
  readonly url: string;
  readonly clientId: string;
  /** Of IAM Identity Center, in the pool. */
  readonly provider: string;
}

/** Where the console calls, and of which release it is. */
export async function installation(): Promise<Installation> {
  const answer = await fetch(addressOf('installation.json'));
  const said: unknown = await answer.json();
  return { apiUrl: textIn(said, 'apiUrl'), version: textIn(said, 'version'), login: loginIn(valueIn(said, 'login')) };
}

const loginIn = (said: unknown): Login | null =>
  said === undefined
    ? null
    : {
        issuer: textIn(said, 'issuer'),
        url: textIn(said, 'url'),
        clientId: textIn(said, 'clientId'),
        provider: textIn(said, 'provider'),
      };

function textIn(value: unknown, name: string): string {
  const text = valueIn(value, name);
  return typeof text === 'string' ? text : '';
}

function valueIn(value: unknown, name: string): unknown {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value ?? {});
  return entries.find(([key]) => key === name)?.[1];
}

/** What the API has refused, with its reason and the faults by field. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly title: string;
  readonly faults: readonly Fault[];

  constructor({ status, title, detail, errors }: Schemas['Problem']) {
    super(detail);
    this.status = status;
    this.title = title;
    this.faults = errors;
  }
}

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** @throws ApiProblem with what the API says; another error where nothing has answered */
export async function dataOf<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer;
  if (data !== undefined) return data;
  throw new ApiProblem(problemIn(error, response));
}

function problemIn(error: unknown, { status }: Response): Schemas['Problem'] {
  const given: Partial<Schemas['Problem']> = typeof error === 'object' && error !== null ? error : {};
  return {
    type: given.type ?? 'about:blank',
    title: given.title ?? 'The API has refused the request',
    status,
    detail: given.detail ?? `It answered with status ${status} and no explanation.`,
    errors: given.errors ?? [],
  };
}
