import type * as z from 'zod';

import { type ApiCall, signedCall } from '../api/signed-call';
import { OperatorError } from '../operator-error';

/** @throws OperatorError where the API refuses, or what answers is not the API */
export async function apiAnswer<Schema extends z.ZodType>(
  apiUrl: string,
  call: ApiCall,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const { data, success } = schema.safeParse(await signedCall(apiUrl)(call));
  if (success) return data;
  throw new OperatorError(
    `${apiUrl} does not answer like this API. Check --api: it is the output ApiUrl of VendingStack.`,
  );
}
