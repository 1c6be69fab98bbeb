/** An HTTP request as an AWS SDK has serialised it, whichever transport brought it. Header names are lower case. */
export interface WireRequest {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** How one AWS service puts operations and answers on the wire. */
export interface Protocol {
  decode(request: WireRequest): WireCall;
  encode(operation: string, answer: object, requestId: string): WireResponse;
  refuse(error: WireFault, requestId: string): WireResponse;
}

export interface WireCall {
  readonly operation: string;
  readonly input: unknown;
}

export interface WireFault {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
}

export function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
