import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { consoleBundle } from '../../operator/console/console-bundle';
import { serveConsole } from '../../operator/console/console-server';
import type { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import { LOCAL_ACCESS } from '../../sandbox/runtime/stage/shell-environment';

export interface ServedApplication {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The console over the API of an application in this process, which is read alone. */
export async function servedApplication(application: EmbeddedApplication): Promise<ServedApplication> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api');
    const query = Object.fromEntries(searchParams);
    void application.callApi({ method: 'GET', path: pathname, query }).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': status < 300 ? 'application/json' : 'application/problem+json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const served = await serveConsole({ bundle: consoleBundle() ?? '', apiUrl, access: LOCAL_ACCESS, version: '0' });
  return {
    url: served.url,
    stop: async () => {
      await served.stop();
      server.close();
      server.closeAllConnections();
    },
  };
}
