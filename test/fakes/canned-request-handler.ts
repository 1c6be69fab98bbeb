import { Readable } from 'node:stream';

interface SdkRequest {
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer, or what makes one of the request's body. */
export type CannedAnswering = CannedAnswer | ((body: string) => CannedAnswer);

export interface CannedAnswer {
  readonly status?: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as the JSON protocols of AWS carry it. */
export const awsError = (code: string, further: object = {}): CannedAnswer => ({
  status: 400,
  body: { __type: code, message: `${code}, as a test has it.`, ...further },
});

/** Answers an SDK client of a JSON service with what a test has prepared, and keeps what it was asked. */
export class CannedRequestHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly requests: {
    readonly path: string;
    readonly target: string;
    readonly userAgent: string;
    /** By which Lambda counts the invocations of a chain; undefined outside of Lambda. */
    readonly lineage: string | undefined;
    readonly body: unknown;
  }[] = [];
  readonly #answers: CannedAnswering[];

  /** The last answer stays. */
  constructor(...answers: readonly CannedAnswering[]) {
    this.#answers = [...answers];
  }

  handle({ path = '/', headers, body }: SdkRequest): Promise<{ response: object }> {
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
    this.requests.push({
      path,
      target: headers['x-amz-target'] ?? '',
      userAgent: headers['user-agent'] ?? '',
      lineage: headers['X-Amzn-Trace-Id'],
      body: text === '' ? undefined : JSON.parse(text),
    });
    const answering = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    if (answering === undefined) return Promise.reject(new Error('The test has prepared no answer.'));
    const answer = typeof answering === 'function' ? answering(text) : answering;
    return Promise.resolve({
      response: {
        statusCode: answer.status ?? 200,
        headers: { 'content-type': 'application/x-amz-json-1.1', ...answer.headers },
        body: Readable.from([Buffer.from(JSON.stringify(answer.body))]),
      },
    });
  }

  destroy(): void {
    // Nothing is open.
  }

  updateHttpClientConfig(): void {
    // Nothing can be configured.
  }

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  get settings(): {
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly requestHandler: CannedRequestHandler;
  } {
    return {
      region: 'eu-central-1',
      credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
      requestHandler: this,
    };
  }
}
