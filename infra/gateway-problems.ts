import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

import { named } from './deployment-rules';
import { physicalName } from './names';

/** An answer that API Gateway gives by itself, in the words of the API: a problem of RFC 9457. */
export interface GatewayProblem {
  readonly response: ResponseType;
  readonly status: number;
  /** The last part of `type`. */
  readonly name: string;
  readonly title: string;
  /** Absent: what API Gateway says, which names the principal and the action that was refused. */
  readonly detail?: string;
}

/**
 * All that this API can meet. Each has its status written out, because the body repeats it; what AWS may add later
 * falls to the last two.
 */
export const gatewayProblems: readonly GatewayProblem[] = [
  { response: ResponseType.ACCESS_DENIED, status: 403, name: 'access-denied', title: 'Access denied' },
  {
    response: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 403,
    name: 'not-signed-or-unknown',
    title: 'Not signed, or no such path',
    detail:
      'Sign the request with AWS Signature Version 4 for the service execute-api. If it is signed, there is no such path or method.',
  },
  { response: ResponseType.INVALID_SIGNATURE, status: 403, name: 'invalid-signature', title: 'Invalid signature' },
  { response: ResponseType.EXPIRED_TOKEN, status: 403, name: 'expired-token', title: 'Expired credentials' },
  { response: ResponseType.WAF_FILTERED, status: 403, name: 'filtered', title: 'Refused by the firewall' },
  { response: ResponseType.RESOURCE_NOT_FOUND, status: 404, name: 'not-found', title: 'No such path' },
  {
    response: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    name: 'too-large',
    title: 'Request too large',
    detail: 'A desired state has at most 256 KB. Send a smaller one.',
  },
  {
    response: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    name: 'unsupported-media-type',
    title: 'Unsupported media type',
    detail: 'Send application/json.',
  },
  {
    response: ResponseType.THROTTLED,
    status: 429,
    name: 'throttled',
    title: 'Too many requests',
    detail: 'Send the request again a little later: the same desired state twice is taken once.',
  },
  {
    response: ResponseType.INTEGRATION_FAILURE,
    status: 502,
    name: 'function-failed',
    title: 'The function has failed',
    detail: 'Send the request again; if it fails again, look into the log of the function vending-Api.',
  },
  {
    response: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    name: 'timeout',
    title: 'The function took too long',
    detail: 'Send the request again: the same desired state twice is taken once.',
  },
  {
    response: ResponseType.API_CONFIGURATION_ERROR,
    status: 500,
    name: 'api-configuration',
    title: 'The API is not configured as it should be',
    detail: 'Deploy the application again.',
  },
  { response: ResponseType.DEFAULT_4XX, status: 400, name: 'bad-request', title: 'Bad request' },
  {
    response: ResponseType.DEFAULT_5XX,
    status: 500,
    name: 'internal',
    title: 'Internal error',
    detail: 'Send the request again; if it fails again, look into the logs of the API.',
  },
];

/**
 * The body of the answer. `$context.error.messageString` is a JSON string already, quotes included.
 *
 * @public
 */
export function problemTemplate({ status, name, title, detail }: GatewayProblem): string {
  const type = `urn:account-vending:problem:${name}`;
  const before = JSON.stringify({ type, title, status }).slice(0, -1);
  return `${before},"detail":${detail === undefined ? '$context.error.messageString' : JSON.stringify(detail)},"errors":[]}`;
}

/** Has an API answer in these words. */
export function addGatewayProblems(restApi: RestApi, problems: readonly GatewayProblem[]): void {
  for (const problem of problems) {
    restApi.addGatewayResponse(problem.response.responseType, {
      type: problem.response,
      statusCode: String(problem.status),
      // Spelt so and no other way: any other spelling adds a second header instead of replacing the default.
      responseHeaders: { 'Content-Type': "'application/problem+json'" },
      templates: { 'application/json': problemTemplate(problem).replaceAll(FUNCTION, named(restApi, FUNCTION)) },
    });
  }
}

/** The function behind, which problems name. */
const FUNCTION = physicalName('Api');
