import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Lets another server answer, with the bytes of both sides as they are. */
export function forwardRequest(incoming: IncomingMessage, outgoing: ServerResponse, { hostname, port }: URL): void {
  const { method, url: path, headers } = incoming;
  const sent = request({ hostname, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  // A server that breaks a connection off breaks this one off, too.
  sent.once('error', () => outgoing.destroy());
  incoming.pipe(sent);
}
