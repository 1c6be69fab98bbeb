import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';

/**
 * TestState, as its page in the guide says (step-functions/dg/test-state-isolation). Its refusals are those that
 * LocalStack's tests have recorded on AWS: test_state_mock_validation, test_test_state_machine_scenarios and
 * test_state_context_object, in November and December 2025.
 */
export async function serveTestState(
  /** Changes an answer: a server that is wrong. */
  spoilt: (stateName: string, answer: object) => object = (_, answer) => answer,
): Promise<{ readonly endpoint: string; readonly stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const reply = ({ status, body }: Reply): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    };
    answered(request, spoilt).then(reply, (fault: unknown) => {
      reply({ status: 500, body: { __type: 'InternalFailure', message: String(fault) } });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => closed(server) };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

async function answered(
  request: IncomingMessage,
  spoilt: (stateName: string, answer: object) => object,
): Promise<Reply> {
  if (request.headers['x-amz-target'] !== 'AWSStepFunctions.TestState') return refusal('UnknownOperationException', '');
  const asked = RequestSchema.parse(JSON.parse(await text(request)));
  const refused = refusalOf(asked);
  if (refused !== undefined) return refused;
  return { status: 200, body: spoilt(asked.stateName, await tested(asked)) };
}

const refusal = (type: string, message: string): Reply => ({ status: 400, body: { __type: type, message } });

const RetrierSchema = z.looseObject({
  ErrorEquals: z.array(z.string()),
  MaxAttempts: z.number().default(3),
  IntervalSeconds: z.number().default(1),
  BackoffRate: z.number().default(2),
});
const StateSchema = z.looseObject({
  Type: z.string(),
  Resource: z.string().default(''),
  Retry: z.array(RetrierSchema).default([]),
  Next: z.string().optional(),
  get ItemProcessor() {
    return MachineSchema.optional();
  },
});
const MachineSchema = z.looseObject({
  get States() {
    return z.record(z.string(), StateSchema);
  },
});
type State = z.infer<typeof StateSchema>;

const RequestSchema = z.strictObject({
  definition: z.string().transform((definition) => MachineSchema.parse(JSON.parse(definition))),
  stateName: z.string(),
  input: z.string().transform((input): unknown => JSON.parse(input)),
  inspectionLevel: z.enum(['INFO', 'DEBUG']),
  mock: z
    .strictObject({
      result: z.string().optional(),
      errorOutput: z.strictObject({ error: z.string(), cause: z.string().optional() }).optional(),
      fieldValidationMode: z.enum(['STRICT', 'PRESENT', 'NONE']).optional(),
    })
    .optional(),
  context: z
    .string()
    .transform((context) => z.looseObject({ Task: z.unknown() }).parse(JSON.parse(context)))
    .optional(),
  stateConfiguration: z
    .strictObject({ retrierRetryCount: z.number().default(0), errorCausedByState: z.string().optional() })
    .default({ retrierRetryCount: 0 }),
});
type Asked = z.infer<typeof RequestSchema>;

/** Within a Map, too. */
function stateNamed(states: Readonly<Record<string, State>>, name: string): State | undefined {
  if (Object.hasOwn(states, name)) return states[name];
  for (const { ItemProcessor } of Object.values(states)) {
    const found = ItemProcessor === undefined ? undefined : stateNamed(ItemProcessor.States, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

const MOCKED = new Set(['Task', 'Map']);

const invalid = (message: string): Reply => refusal('ValidationException', message);

function refusalOf({ definition, stateName, ...asked }: Asked): Reply | undefined {
  const state = stateNamed(definition.States, stateName);
  if (state === undefined) return invalid('State not found in definition');
  if (!MOCKED.has(state.Type)) {
    if (asked.mock === undefined) return undefined;
    return invalid(`State type '${state.Type}' is not supported when a mock is specified`);
  }
  if (asked.context !== undefined && !state.Resource.endsWith('.waitForTaskToken')) {
    return invalid('Only a state that waits for a token has a Task in its context.');
  }
  return refusalOfMock(state, asked);
}

/** Here no state but a mocked one may call something, since no role is given. */
function refusalOfMock(state: State, { mock, stateConfiguration }: Pick<Asked, 'mock' | 'stateConfiguration'>) {
  if (mock === undefined) return invalid('A mock is missing.');
  if (mock.result !== undefined && mock.errorOutput !== undefined) {
    return invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (state.Type !== 'Map') return undefined;
  if (mock.errorOutput !== undefined && stateConfiguration.errorCausedByState === undefined) {
    return invalid('The state that has caused the error is missing.');
  }
  const isList = mock.result === undefined || Array.isArray(JSON.parse(mock.result));
  return isList ? undefined : invalid('Mocked result must be an array.');
}

async function tested({ definition, stateName, input, mock, context, stateConfiguration }: Asked): Promise<object> {
  const state = stateNamed(definition.States, stateName);
  if (state === undefined) throw new Error(`${stateName} is no state.`);
  if (mock?.errorOutput !== undefined) return failed(state, mock.errorOutput, stateConfiguration.retrierRetryCount);
  const result: unknown = JSON.parse(mock?.result ?? 'null');
  const { output, nextState } = await left(stateName, state, { input, result, context });
  const items =
    state.Type === 'Map' ? { afterItemSelector: JSON.stringify(await selected(stateName, state, input)) } : {};
  return {
    ...{
      status: 'SUCCEEDED',
      output: JSON.stringify(output),
      inspectionData: { input: JSON.stringify(input), ...items },
    },
    ...(nextState === undefined ? {} : { nextState }),
  };
}

function failed(
  { Retry }: State,
  { error, cause }: { error: string; cause?: string | undefined },
  count: number,
): object {
  const retryIndex = Retry.findIndex(
    ({ ErrorEquals }) =>
      ErrorEquals.includes(error) ||
      ErrorEquals.includes('States.ALL') ||
      (ErrorEquals.includes('States.TaskFailed') && error !== 'States.Timeout'),
  );
  const { MaxAttempts = 0, IntervalSeconds = 1, BackoffRate = 1 } = Retry[retryIndex] ?? {};
  const told = { error, ...(cause === undefined ? {} : { cause }) };
  if (count >= MaxAttempts) return { status: 'FAILED', ...told };
  const retryBackoffIntervalSeconds = Math.round(IntervalSeconds * BackoffRate ** count);
  return {
    status: 'RETRIABLE',
    ...told,
    inspectionData: { errorDetails: { retryIndex, retryBackoffIntervalSeconds } },
  };
}

interface Given {
  readonly input: unknown;
  readonly result: unknown;
  readonly context: unknown;
}

/** A machine of this one state, behind which each other one tells that it was come to. */
async function left(
  name: string,
  state: State,
  { input, result, context }: Given,
): Promise<{ readonly output: unknown; readonly nextState: string | undefined }> {
  // No mock takes time, and the interpreter looks for the path of a time-out in what a function is given.
  const { Retry: _, ItemProcessor: __, ItemSelector: ___, TimeoutSecondsPath: ____, ...fields } = state;
  const single = state.Type === 'Map' ? { ...fields, Type: 'Task', Resource: 'items' } : fields;
  const names = targetsIn(single);
  const targets = names.map((target): readonly [string, object] => [
    target,
    { Type: 'Pass', Parameters: { target, 'output.$': '$' }, End: true },
  ]);
  const States: Readonly<Record<string, object>> = { [name]: single, ...Object.fromEntries(targets) };
  const output = await run({ StartAt: name, States }, input, { name, result, context });
  const reached = ReachedSchema.safeParse(output);
  return reached.success && names.includes(reached.data.target)
    ? { output: reached.data.output, nextState: reached.data.target }
    : { output, nextState: undefined };
}

const ReachedSchema = z.strictObject({ target: z.string(), output: z.unknown() });

const targetsIn = (state: object): readonly string[] => [
  ...new Set([...JSON.stringify(state).matchAll(/"(?:Next|Default)":"(\w+)"/gu)].map(([, target = '']) => target)),
];

/** Each item as ItemSelector makes it. */
const selected = (name: string, { ItemsPath, ItemSelector }: State, input: unknown): Promise<unknown> => {
  const echo = { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } };
  const map = { Type: 'Map', ItemsPath, ItemSelector, ItemProcessor: echo, End: true };
  return run({ StartAt: name, States: { [name]: map } }, input, { name, result: null, context: undefined });
};

async function run(
  definition: object,
  input: unknown,
  { name, result, context }: Omit<Given, 'input'> & { readonly name: string },
): Promise<unknown> {
  const machine = new StateMachine(z.custom<ConstructorParameters<typeof StateMachine>[0]>().parse(definition), {
    validationOptions: { noValidate: true },
  });
  const ran = machine.run(z.custom<Parameters<StateMachine['run']>[0]>().parse(input), {
    ...(context === undefined ? {} : { context: z.looseObject({}).parse(context) }),
    overrides: { taskResourceLocalHandlers: { [name]: () => Promise.resolve(result) as Promise<never> } },
  });
  return ran.result;
}
