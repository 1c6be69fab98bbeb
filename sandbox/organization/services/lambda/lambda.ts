import * as z from 'zod';
import type { FunctionSeed } from '../../organization-seed';
import { ServiceError } from '../../service-error';
import { lambdaJson } from '../../wire/lambda-json';
import { operation, operationsByName, type CallContext, type Service } from '../operation';
import { arnIn } from '../../arn';

const invokeInput = z.object({
  FunctionName: z.string().min(1).max(256),
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).default('RequestResponse'),
  Payload: z.string(),
});

type InvokeInput = z.infer<typeof invokeInput>;

function findFunction(context: CallContext, arn: string): FunctionSeed {
  const seed = context.state.seed.functions?.find((one) => functionArn(context, one) === arn);
  if (seed === undefined) {
    // @evidence documented "botocore lambda.GetFunctionConfiguration": ResourceNotFoundException for a function that
    //   does not exist
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, { status: 404 });
  }
  return seed;
}

function invoke(context: CallContext, input: InvokeInput): object {
  const { state, now } = context;
  const arn = arnOf(context, input.FunctionName);
  const seed = findFunction(context, arn);
  const payload = parsePayload(input.Payload);
  if (input.InvocationType === 'DryRun') {
    return { StatusCode: 204, Payload: '' };
  }
  state.invocations.push({ at: now, functionArn: arn, payload });
  const result = run(context, seed, payload);
  return input.InvocationType === 'Event' ? { StatusCode: 202, Payload: '' } : { StatusCode: 200, ...result };
}

const asking = z.object({ AccountId: z.string() });

function run(context: CallContext, seed: FunctionSeed, payload: unknown): object {
  switch (seed.does) {
    case 'record':
      return { Payload: 'null' };
    case 'recall':
      return { Payload: JSON.stringify(recall(context, payload)) };
    case 'fail':
      return {
        FunctionError: 'Unhandled',
        Payload: JSON.stringify({ errorType: 'Error', errorMessage: `${seed.name} always fails.`, trace: [] }),
      };
  }
}

/** What the recording functions were given for an account, oldest first. */
function recall(context: CallContext, question: unknown): readonly unknown[] {
  const { invocations, seed } = context.state;
  const functions = seed.functions ?? [];
  const recording = functions.filter(({ does }) => does === 'record').map((one) => functionArn(context, one));
  const wanted = asking.safeParse(question).data?.AccountId;
  return invocations
    .filter((one) => recording.includes(one.functionArn) && asking.safeParse(one.payload).data?.AccountId === wanted)
    .map(({ payload }) => payload);
}

function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    // @evidence recorded "localstack lambda_/test_lambda test_lambda_invoke_payload_encoding_error, 2025-11-24":
    //   InvalidRequestContentException, "Could not parse request body into json"
    throw new ServiceError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}

const functionArn = ({ state }: CallContext, { region, accountId, name }: FunctionSeed): string =>
  arnIn(state.seed, `lambda:${region}:${accountId}:function:${name}`);

/** A plain name means the caller's account and region; a function elsewhere is not found from here. */
function arnOf({ state, principal, region }: CallContext, name: string): string {
  const here = arnIn(state.seed, `lambda:${region}:${principal.accountId}:function:`);
  const [, , , , , , plain = ''] = name.startsWith('arn:') ? name.split(':') : ['', '', '', '', '', '', name];
  return name.startsWith('arn:') && !name.startsWith(here) ? name : `${here}${plain}`;
}

/**
 * How many functions may run at once in the caller's account and region.
 *
 * @evidence documented lambda/dg/gettingstarted-limits: 1,000 executions at once by default, in each region; new
 *   accounts have reduced quotas
 * @evidence documented lambda/api/API_AccountLimit: what functions have reserved is taken off
 *   UnreservedConcurrentExecutions
 */
function accountSettings({ state }: CallContext): object {
  const { concurrency = 1000, reserved = 0 } = state.seed.meshcloudLambda ?? {};
  const sizes = { TotalCodeSize: 322_122_547_200, CodeSizeUnzipped: 262_144_000, CodeSizeZipped: 52_428_800 };
  return {
    AccountLimit: {
      ...sizes,
      ConcurrentExecutions: concurrency,
      UnreservedConcurrentExecutions: concurrency - reserved,
    },
    AccountUsage: { TotalCodeSize: 0, FunctionCount: 0 },
  };
}

const refuse = (error: z.ZodError): ServiceError =>
  new ServiceError('InvalidParameterValueException', error.issues[0]?.message ?? 'Invalid parameter.');

/**
 * Lambda as far as invoking, and what it allows an account: the functions of the organization record, recall or fail.
 */
export const lambda: Service = {
  signingName: 'lambda',
  actionPrefix: 'lambda',
  protocol: lambdaJson(),
  operations: operationsByName([
    operation(refuse, {
      // @evidence example "examples of AWS, lambda:Invoke": Invoke answers StatusCode, ExecutedVersion and Payload;
      //   FunctionError, which no example has, is in the description of its answer
      name: 'Invoke',
      write: true,
      input: invokeInput,
      targets: (context, input) => [{ action: 'lambda:InvokeFunction', resource: arnOf(context, input.FunctionName) }],
      answer: invoke,
    }),
    operation(refuse, {
      // @evidence example "examples of AWS, lambda:GetAccountSettings": GetAccountSettings answers AccountLimit and
      //   AccountUsage
      name: 'GetAccountSettings',
      write: false,
      input: z.object({}),
      answer: accountSettings,
    }),
    operation(refuse, {
      // @evidence documented "botocore lambda.GetFunctionConfiguration": GetFunctionConfiguration answers
      //   FunctionName, FunctionArn, Runtime, Version and State
      name: 'GetFunctionConfiguration',
      write: false,
      input: z.object({ FunctionName: z.string().min(1).max(256) }),
      targets: (context, input) => [{ resource: arnOf(context, input.FunctionName) }],
      answer: (context, input) => {
        const arn = arnOf(context, input.FunctionName);
        const { name } = findFunction(context, arn);
        return { FunctionName: name, FunctionArn: arn, Runtime: 'nodejs24.x', State: 'Active', Version: '$LATEST' };
      },
    }),
  ]),
  admit: () => undefined,
};
