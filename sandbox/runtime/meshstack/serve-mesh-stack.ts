import { createServer, type IncomingMessage } from 'node:http';

import type { MeshStackServer } from './mesh-stack-server';

export interface ServedMeshStack {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Serves a small meshStack on a free port of 127.0.0.1, for functions that are processes of their own. */
export async function serveMeshStack(meshStack: MeshStackServer): Promise<ServedMeshStack> {
  const server = createServer((incoming, outgoing) => {
    void requestOf(incoming)
      .then((request) => meshStack.respond(request))
      .then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        outgoing.end(await response.text());
      })
      .catch((error: unknown) => {
        outgoing.writeHead(500);
        outgoing.end(String(error));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
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

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const method = incoming.method ?? 'GET';
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = Buffer.concat(chunks).toString('utf8');
  return new Request(`http://127.0.0.1${incoming.url ?? '/'}`, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body }),
  });
}
