import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** When a call is held: before the service has seen it, or after it has done its work, with the answer on the way. */
type Moment = 'before' | 'after';

interface Expected {
  readonly operation: string;
  readonly moment: Moment;
  readonly arrived: () => void;
}

/** A call that nobody has made by then is not made any more. */
const PATIENCE_SECONDS = 300;

/**
 * Stands between the functions and a service that speaks AWS's JSON protocol, and passes every call on, except for
 * those that a test has asked for. Those are held for good: anyone who made them is to be killed while it waits.
 */
export class Detour {
  readonly #server: Server;
  #service = '';
  #expected: readonly Expected[] = [];

  private constructor() {
    this.#server = createServer((incoming, outgoing) => {
      this.#pass(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  static async open(): Promise<Detour> {
    const detour = new Detour();
    await new Promise<void>((resolve) => detour.#server.listen(0, '127.0.0.1', resolve));
    return detour;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  leadTo(service: string): void {
    this.#service = service;
  }

  /**
   * Holds the next call of an operation that no earlier wish holds. Resolves when it is held, and rejects when nobody
   * makes it.
   */
  hold(moment: Moment, operation: string): Promise<void> {
    const held = new Promise<void>((resolve, reject) => {
      const tooLong = setTimeout(() => {
        reject(new Error(`Nobody has called ${operation} for ${PATIENCE_SECONDS} seconds.`));
      }, PATIENCE_SECONDS * 1000).unref();
      const arrived = (): void => {
        clearTimeout(tooLong);
        resolve();
      };
      this.#expected = [...this.#expected, { operation, moment, arrived }];
    });
    // The test may have failed before it waits for this one.
    held.catch(() => undefined);
    return held;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [, operation] = String(incoming.headers['x-amz-target']).split('.');
    const expected = this.#expected.find((one) => one.operation === operation);
    this.#expected = this.#expected.filter((one) => one !== expected);
    const body = await bytesOf(incoming);
    if (expected?.moment === 'before') {
      expected.arrived();
      return;
    }
    const answer = await this.#ask(incoming, body);
    const content = await bytesOf(answer);
    if (expected !== undefined) {
      expected.arrived();
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'content-length': content.byteLength });
    outgoing.end(content);
  }

  #ask({ method, url = '/', headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { method, headers: { ...headers, connection: 'close' } };
      request(new URL(url, this.#service), options, resolve).once('error', reject).end(body);
    });
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
