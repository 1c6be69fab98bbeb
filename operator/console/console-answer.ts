export interface ConsoleAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export const textAnswer = (status: number, body: string, type = 'text/plain'): ConsoleAnswer => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' },
  body,
});

/** In the form of the API's own problems (RFC 9457), so that the page shows both alike. */
export const problem = (status: number, title: string, detail: string): ConsoleAnswer =>
  textAnswer(
    status,
    JSON.stringify({ type: `urn:account-vending:console:${status}`, title, status, detail, errors: [] }),
    'application/problem+json',
  );
