import * as z from 'zod';
import { ServiceError } from '../service-error';
import { textOf, type Protocol } from './wire-message';

const invocation = z.object({ StatusCode: z.number(), Payload: z.string(), FunctionError: z.string().optional() });

/** REST-JSON of Lambda: the function in the path; of Invoke the payload as body and the rest in headers. */
export function lambdaJson(): Protocol {
  return {
    decode: (request) => {
      if (request.path.replace(/\/$/, '') === '/2016-08-19/account-settings' && request.method === 'GET') {
        return { operation: 'GetAccountSettings', input: {} };
      }
      const asked = /^\/2015-03-31\/functions\/([^/]+)\/configuration$/.exec(request.path)?.[1];
      if (asked !== undefined && request.method === 'GET') {
        return { operation: 'GetFunctionConfiguration', input: { FunctionName: decodeURIComponent(asked) } };
      }
      const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.path)?.[1];
      if (name === undefined || request.method !== 'POST') {
        throw new ServiceError(
          'ResourceNotFoundException',
          `This model of AWS Lambda only has Invoke, GetFunctionConfiguration and GetAccountSettings, not ${request.path}.`,
          {
            status: 404,
          },
        );
      }
      const type = request.headers['x-amz-invocation-type'];
      const input = { FunctionName: decodeURIComponent(name), Payload: textOf(request.body) };
      return { operation: 'Invoke', input: type === undefined ? input : { ...input, InvocationType: type } };
    },
    encode: (operation, answer, requestId) => {
      if (operation !== 'Invoke') {
        const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
        return { status: 200, headers, body: Buffer.from(JSON.stringify(answer)) };
      }
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
