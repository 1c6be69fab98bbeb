import { createServer, type IncomingMessage } from 'node:http';

import { readCaller } from '../../organization/caller';
import { forwardRequest } from '../../organization/forward-request';
import type { PlaneEndpoints } from './planes';

/** Both planes behind one address, as AWS has them. */
export interface OneEndpoint {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Services that the organization alone has, as requests are signed for them. */
const OF_ORGANIZATION = new Set([
  'organizations',
  'servicecatalog',
  'sso',
  'identitystore',
  'controltower',
  'servicequotas',
  'ce',
  'config',
]);

/**
 * Leads each call to the plane of its account: the application runs on one, and everybody else is of the organization.
 *
 * @param applicationAccountId the access key of its administrator
 */
export async function oneEndpoint(planes: PlaneEndpoints, applicationAccountId: string): Promise<OneEndpoint> {
  const server = createServer((incoming, outgoing) => {
    forwardRequest(incoming, outgoing, new URL(planeOf(planes, incoming, applicationAccountId)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function planeOf(planes: PlaneEndpoints, { headers }: IncomingMessage, applicationAccountId: string): string {
  const authorization = headers.authorization ?? '';
  const caller = readCaller({ method: '', path: '', query: {}, headers: { authorization }, body: Buffer.of() });
  if (caller === undefined) return planes.runtime;
  const isOfAnother = /^\d{12}$/u.test(caller.accessKeyId) && caller.accessKeyId !== applicationAccountId;
  return isOfAnother || OF_ORGANIZATION.has(caller.service) ? planes.organization : planes.runtime;
}
