import type { RunningMiniStack } from './ministack';
import { SandboxError } from './sandbox-error';

/**
 * Puts what AWS tells on a bus, as a rule in another account forwards it (`gap_service_events.py`).
 *
 * @throws SandboxError when MiniStack does not take it
 */
export async function forwardServiceEvent(
  { endpoint, region, accountId }: RunningMiniStack,
  bus: string,
  event: unknown,
): Promise<void> {
  const scope = `${accountId}/20260101/${region}/events/aws4_request`;
  const { ok, status } = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.ForwardServiceEvent',
    },
    body: JSON.stringify({ bus, event }),
  });
  if (!ok) throw new SandboxError(`MiniStack did not take an event of AWS (HTTP ${status}). Run the command again.`);
}
