import { createHash } from 'node:crypto';

import * as z from 'zod/mini';

import type { ConfigurationStore } from '../ports/configurations';

/**
 * What CloudFormation sends when a stack is made, changed or removed.
 *
 * @evidence documented AWSCloudFormation/latest/TemplateReference/crpg-ref-requests: "Custom resource request objects"
 */
const RequestSchema = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.optional(z.string()),
});

export interface StoreConfigurationPorts {
  readonly store: ConfigurationStore;
  /** The text of the configuration that is deployed. */
  readonly text: () => string;
  /** Sends the answer, as JSON. */
  readonly answer: (url: string, body: string) => Promise<void>;
}

/**
 * Puts the configuration of a deployment where functions read it, under the hash of its text. A second run writes the
 * same object. Nothing is ever deleted: plans name the configuration that they were made with.
 *
 * It answers in any case. CloudFormation waits for an answer, and rolls the deployment back on one that says FAILED.
 *
 * @throws the error of the answer, if even that could not be sent
 */
export async function storeConfiguration(
  { store, text, answer }: StoreConfigurationPorts,
  input: unknown,
): Promise<void> {
  const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId } =
    RequestSchema.parse(input);
  const answered = async (outcome: object): Promise<void> => {
    const known = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: PhysicalResourceId ?? 'configuration' };
    await answer(ResponseURL, JSON.stringify({ ...known, ...outcome }));
  };
  try {
    if (RequestType !== 'Delete') {
      const configuration = text();
      await store.keep(createHash('sha256').update(configuration).digest('hex'), configuration);
    }
  } catch (error) {
    await answered({ Status: 'FAILED', Reason: error instanceof Error ? error.message : String(error) });
    return;
  }
  await answered({ Status: 'SUCCESS' });
}
