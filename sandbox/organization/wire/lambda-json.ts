import * as z from 'zod';
import { ServiceError } from '../service-error';
import { textOf, type Protocol } from './wire-message';

const invocation = z.object({ StatusCode: z.number(), Payload: z.string(), FunctionError: z.string().optional() });

/** REST-JSON of Lambda's Invoke: the function in the path, the payload as body, the rest in headers. */
export function lambdaJson(): Protocol {
  return {
    decode: (request) => {
      const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.path)?.[1];
      if (name === undefined || request.method !== 'POST') {
        throw new ServiceError(
          'ResourceNotFoundException',
          `This model of AWS Lambda only has Invoke, not ${request.path}.`,
          {
            status: 404,
          },
        );
      }
      const type = request.headers['x-amz-invocation-type'];
      const input = { FunctionName: decodeURIComponent(name), Payload: textOf(request.body) };
      return { operation: 'Invoke', input: type === undefined ? input : { ...input, InvocationType: type } };
    },
    encode: (_operation, answer, requestId) => {
      const { StatusCode, Payload, FunctionError } = invocation.parse(answer);
      return {
        status: StatusCode,
        headers: {
          'content-type': 'application/json',
          'x-amzn-requestid': requestId,
          'x-amz-executed-version': '$LATEST',
          ...(FunctionError === undefined ? {} : { 'x-amz-function-error': FunctionError }),
        },
        body: Buffer.from(Payload),
      };
    },
    refuse: (error, requestId) => ({
      status: error.status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.code },
      body: Buffer.from(JSON.stringify({ Type: 'User', Message: error.message })),
    }),
  };
}
