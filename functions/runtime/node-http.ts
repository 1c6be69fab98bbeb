/*
 * What the AWS SDK and Middy take from `node:http`. Bundles have this file in its place (`infra/bundle.ts`): where a
 * module imports `node:http`, Node reads each of its exports, `WebSocket` too, and for that loads its whole HTTP client
 * of browsers (undici), a fifth of a cold start, which only `fetch` takes.
 */
const http = process.getBuiltinModule('node:http');

export const { Agent, request, STATUS_CODES } = http;

// The SDK imports it in both ways.
export { http as default };
