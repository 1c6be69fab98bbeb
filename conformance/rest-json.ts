import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';

import { hostOf } from '../functions/aws/base/signed-client';
import { parsedJson } from '../functions/domain/base/json';
import type { ClientSettings } from './client-settings';

/** Where the path is not the operation's name in small letters with hyphens. */
const PATHS: Readonly<Record<string, string>> = {
  ListLandingZones: '/list-landingzones',
  GetLandingZone: '/get-landingzone',
  ListLandingZoneOperations: '/list-landingzone-operations',
  GetLandingZoneOperation: '/get-landingzone-operation',
  GetContactInformation: '/getContactInformation',
  PutContactInformation: '/putContactInformation',
  GetAlternateContact: '/getAlternateContact',
  PutAlternateContact: '/putAlternateContact',
  DeleteAlternateContact: '/deleteAlternateContact',
  ListRegions: '/listRegions',
  GetRegionOptStatus: '/getRegionOptStatus',
  GetPrimaryEmail: '/getPrimaryEmail',
  GetAccountInformation: '/getAccountInformation',
  PutAccountName: '/putAccountName',
};

const pathOf = (operation: string): string =>
  PATHS[operation] ?? `/${operation.replaceAll(/(?<=[a-z])[A-Z]/gu, (letter) => `-${letter}`).toLowerCase()}`;

/**
 * Account Management and Control Tower, of which npm has no client that knows every operation: each is a POST to a path
 * of its own, JSON in and JSON out.
 */
export function restJsonClient(
  settings: ClientSettings,
  service: 'account' | 'controltower',
): (operation: string, input: object) => Promise<unknown> {
  const lender = new STSClient(settings);
  const { sha256, credentials } = lender.config;
  const signer = new SignatureV4({ service, region: settings.region, sha256, credentials });
  const endpoint = new URL(settings.endpoint ?? `https://${hostOf(service, settings.region)}`);
  return async (operation, input) => {
    const path = pathOf(operation);
    const body = JSON.stringify(input);
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port === '' ? {} : { port: Number(endpoint.port) }),
      path,
      query: {},
      headers: { host: endpoint.host, 'content-type': 'application/json' },
      body,
    });
    const response = await fetch(new URL(path, endpoint), { method: 'POST', headers, body }).catch(unanswered);
    const said = await response.text();
    if (!response.ok) throw refusal(response, said);
    return said === '' ? {} : parsedJson(said);
  };
}

/** The SDK gives such an error `$metadata`, too: a case differs by it, and those after it are run. */
function unanswered(cause: unknown): never {
  throw Object.assign(new Error('Nothing was answered.', { cause }), { name: 'NO_ANSWER', $metadata: {} });
}

/** In the shape of the SDK's errors. The name may be followed by a colon and a URL. */
function refusal({ status, headers }: Response, said: string): Error {
  const name = headers.get('x-amzn-errortype') ?? /"(?:__type|code|Code)":\s*"(?:[^"#]*#)?([^"]+)"/u.exec(said)?.[1];
  return Object.assign(new Error(said), {
    name: (name ?? 'UnknownError').split(':')[0],
    $metadata: { httpStatusCode: status },
  });
}
