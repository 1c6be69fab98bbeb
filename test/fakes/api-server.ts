import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server in the place of the API, with credentials in the environment that sign calls to it. */
export interface ApiServer {
  /** With the stage, as people give it to a command. */
  readonly url: string;
  /** Ends the server and puts the environment back. */
  readonly close: () => Promise<void>;
}

export async function serveApi(listener: RequestListener): Promise<ApiServer> {
  const environment = { ...process.env };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  process.env['AWS_ACCESS_KEY_ID'] = '000000000000';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  process.env['AWS_REGION'] = 'eu-central-1';
  process.env['VENDING_API'] = url;
  return {
    url,
    close: async () => {
      process.env = environment;
      await closed(server);
    },
  };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** `GET /v1/vendings`, followed by the body where there is one. */
export async function callIn(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return `${request.method ?? ''} ${request.url ?? ''} ${body}`.trim();
}
