import type { Protocol, WireCall, WireRequest } from './wire-message';

const calls = new WeakMap<WireRequest, WireCall>();

/** Reads each request once, however many ask what it says. */
export function decodedCall(protocol: Protocol, request: WireRequest): WireCall {
  const call = calls.get(request) ?? protocol.decode(request);
  calls.set(request, call);
  return call;
}
