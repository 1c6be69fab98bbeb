import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import express, { type Request, type RequestHandler } from 'express';
import SCIMMYRouters from 'scimmy-routers';

import type { Organization } from '../organization';
import { refuseAsAwsDoes } from './aws-scim-limits';
import { scimError } from './scim-error';
import { declareScimResources, type ScimContext } from './scim-resources';

export interface ServedScim {
  /** `http://127.0.0.1:…/<tenant>/scim/v2/` */
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface ScimServerOptions {
  /** What a bearer has to show; read at each call, so that it can be changed. */
  readonly token: () => string;
  /** Answers a call instead of the server. */
  readonly interrupt?: (request: Request) => Interruption | undefined;
}

/** `lost-answer`: the call is carried out, and the connection breaks. */
export type Interruption =
  | 'lost-answer'
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Absent: a SCIM error of this status. */
      readonly body?: string;
    };

const BASE = '/8b1e6a53-3f3a-4f0e-9c1d-2d7f0c9a1b11/scim/v2';

/**
 * The SCIM endpoint of the organization's identity store, on 127.0.0.1 only. A SCIM server library answers; what AWS's
 * own endpoint does not do is refused before, and what it does otherwise is done in the resources behind.
 */
export async function serveScim(
  organization: Organization,
  { token, interrupt = () => undefined }: ScimServerOptions,
): Promise<ServedScim> {
  declareScimResources();
  const application = express();
  application.disable('x-powered-by');
  application.use(interruptedBy(interrupt));
  application.use(BASE, express.json({ type: 'application/scim+json' }), refuseAsAwsDoes);
  application.use(
    BASE,
    new SCIMMYRouters({
      type: 'bearer',
      handler: (request) => {
        if (request.header('authorization') === `Bearer ${token()}`) return 'token';
        throw new Error('UnauthorizedException');
      },
      context: ({ method }): ScimContext => ({ state: organization.state, method }),
    }),
  );
  const server = createServer(application);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}${BASE}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const interruptedBy =
  (interrupt: NonNullable<ScimServerOptions['interrupt']>): RequestHandler =>
  (request, response, next) => {
    const interruption = interrupt(request);
    if (interruption === undefined) {
      next();
    } else if (interruption === 'lost-answer') {
      response.send = () => response.destroy();
      next();
    } else {
      const { status, headers = {}, body = JSON.stringify(scimError(status, 'As a test has it.')) } = interruption;
      response.status(status).set(headers).end(body);
    }
  };

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('The SCIM server has no TCP address.');
  return address.port;
}
