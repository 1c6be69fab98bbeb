import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import openapi from '../../docs/openapi.json';
import { API_STAGE_NAME, EVENT_BUS_NAME } from '../../infra/names';
import { PolicySimulation } from '../../sandbox/organization/authorization/policy-simulation';
import { resourceOf, vendingTemplate, withMeshStack } from './synthesized-stack';

const ACCOUNT = '111111111111';
const here = (service: string, resource: string): string => `arn:aws:${service}:eu-central-1:${ACCOUNT}:${resource}`;
const BUS = here('events', `event-bus/${EVENT_BUS_NAME}`);
const STATES = 'execution:vend-account:7d0c1b1e-0000-4000-8000-000000000001-17';
const QUEUES = ['DesiredStatesDeadLetters', 'RunWatchQueue'].map((id) => here('sqs', `VendingStack-${id}1A2B3C4D-x`));

interface Call {
  readonly what: string;
  readonly action: string;
  readonly resource: string;
  readonly conditions?: Readonly<Record<string, string>>;
}

const withExamples = (route: string): string =>
  route.replaceAll('{month}', '2026-01').replaceAll(/\{\w+\}/gu, '7d0c1b1e-0000-4000-8000-000000000001');

/** Every call that the API has. */
const apiCalls: readonly Call[] = Object.entries(openapi.paths).flatMap(([route, methods]) =>
  Object.keys(methods).map((method) => ({
    what: `${method.toUpperCase()} ${route}`,
    action: 'execute-api:Invoke',
    resource: here('execute-api', `a1b2c3d4e5/${API_STAGE_NAME}/${method.toUpperCase()}${withExamples(route)}`),
  })),
);

/** What `vendings dead-letters` calls by the SDK. A right to call one is that of its batch as well. */
const lettersOperations = [
  ...readdirSync('operator/dead-letters').map((name) => path.join('operator/dead-letters', name)),
  'functions/aws/messaging/sqs-letter-queues.ts',
]
  .map((file) => readFileSync(file, 'utf8'))
  .flatMap((source) => [...source.matchAll(/new (\w+?)(?:Batch)?Command\(/gu)].map(([, operation = '']) => operation));

const commandCalls: readonly Call[] = [...new Set(lettersOperations)].flatMap((operation) =>
  operation === 'DescribeStacks'
    ? [
        {
          what: operation,
          action: `cloudformation:${operation}`,
          resource: here('cloudformation', 'stack/VendingStack/1'),
        },
      ]
    : QUEUES.map((queue) => ({ what: `${operation} ${queue}`, action: `sqs:${operation}`, resource: queue })),
);

const consoleCalls: readonly Call[] = ['DescribeExecution', 'GetExecutionHistory', 'RedriveExecution'].map(
  (operation) => ({
    what: operation,
    action: `states:${operation}`,
    resource: here('states', STATES),
  }),
);

const put = (source: string, detailType: string): Call => ({
  what: `PutEvents ${source}`,
  action: 'events:PutEvents',
  resource: BUS,
  conditions: { 'events:source': source, 'events:detail-type': detailType },
});
const desiredState = put('meshstack.replicator', 'meshTenant Desired State');

/** What only the application itself may do. */
const nobodysCalls: readonly Call[] = [
  put('account-vending', 'Account Vended'),
  { what: 'StopExecution', action: 'states:StopExecution', resource: here('states', STATES) },
  { what: 'StartExecution', action: 'states:StartExecution', resource: here('states', 'stateMachine:vend-account') },
  { what: 'SendTaskSuccess', action: 'states:SendTaskSuccess', resource: '*' },
  { what: 'GetItem', action: 'dynamodb:GetItem', resource: here('dynamodb', 'table/VendingStack-Ledger') },
  { what: 'PutItem', action: 'dynamodb:PutItem', resource: here('dynamodb', 'table/VendingStack-Ledger') },
  {
    what: 'GetSecretValue',
    action: 'secretsmanager:GetSecretValue',
    resource: here('secretsmanager', 'secret:ExternalId'),
  },
  { what: 'InvokeFunction', action: 'lambda:InvokeFunction', resource: here('lambda', 'function:vending-Api') },
];

const calls = [...apiCalls, ...commandCalls, ...consoleCalls, desiredState, ...nobodysCalls];

const isRead = ({ what }: Call): boolean => what.startsWith('GET ');
const isSent = ({ what }: Call): boolean => what === 'POST /vendings';
const isOperated = (call: Call): boolean => /^(?:POST|DELETE) /u.test(call.what) && !isSent(call);
const among = (some: readonly Call[]) => (call: Call) => some.includes(call);

const allowed: Readonly<Record<string, (call: Call) => boolean>> = {
  reader: isRead,
  sender: (call) => isSent(call) || call === desiredState,
  operator: (call) => isRead(call) || isOperated(call) || among([...commandCalls, ...consoleCalls])(call),
};

describe('the example policies of docs/policies', () => {
  const simulation = new PolicySimulation();

  it('are these', () => {
    expect(readdirSync('docs/policies').toSorted()).toEqual(
      Object.keys(allowed)
        .map((name) => `${name}.json`)
        .toSorted(),
    );
    expect(apiCalls.length).toBeGreaterThan(8);
    expect(commandCalls.length).toBeGreaterThan(8);
  });

  it.each(Object.entries(allowed))('let the %s make its calls, and no other', async (name, isAllowed) => {
    const document = readFileSync(`docs/policies/${name}.json`, 'utf8');
    const may = async ({ action, resource, conditions = {} }: Call): Promise<boolean> =>
      (
        await simulation.judge({
          principalArn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
          action,
          resource,
          resourceAccountId: ACCOUNT,
          conditions,
          identityPolicies: [{ name, document }],
          scpLevels: [],
        })
      ).allowed;
    const judged = await Promise.all(calls.map(async (call) => [call.what, await may(call)] as const));
    expect(Object.fromEntries(judged)).toEqual(Object.fromEntries(calls.map((call) => [call.what, isAllowed(call)])));
  });
});

describe('the policy of the bus', () => {
  const simulation = new PolicySimulation();
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' }],
  });

  /** As CloudFormation resolves it in the example's account. */
  function busPolicy(eventSenders: readonly string[]): string {
    const template = vendingTemplate({ eventSenders, configuration: withMeshStack() });
    const { Policy } = resourceOf(template, 'AWS::Events::EventBus', 'EventBus').Properties;
    return JSON.stringify(Policy, (_, value: unknown) => joined(value));
  }

  interface Sender {
    readonly name: string;
    readonly account: string;
    readonly organization?: string;
  }

  const put = async (
    policy: string,
    { name, account, organization }: Sender,
    call = desiredState,
  ): Promise<boolean> => {
    const principalArn = `arn:aws:iam::${account}:role/${name}`;
    const conditions = {
      ...call.conditions,
      'aws:PrincipalArn': principalArn,
      'aws:PrincipalAccount': account,
      ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
    };
    const { action, resource } = call;
    const verdict = await simulation.judge({
      principalArn,
      action,
      resource,
      resourceAccountId: ACCOUNT,
      conditions,
      identityPolicies: [{ name: 'all', document }],
      resourcePolicy: policy,
      scpLevels: [],
    });
    return verdict.allowed;
  };

  const senders = {
    replicator: { name: 'Replicator', account: '444444444444' },
    neighbour: { name: 'Neighbour', account: '444444444444' },
    member: { name: 'Any', account: '555555555555', organization: 'o-ab12cd34ef' },
    stranger: { name: 'Any', account: '666666666666', organization: 'o-zz99zz99zz' },
    own: { name: 'Administrator', account: ACCOUNT, organization: 'o-own1own1own' },
    poll: { name: 'vending-PollMeshStack', account: ACCOUNT, organization: 'o-own1own1own' },
  } satisfies Readonly<Record<string, Sender>>;

  it.each([
    { who: 'an account', list: ['444444444444'], may: ['replicator', 'neighbour', 'poll'] },
    { who: 'an organization', list: ['o-ab12cd34ef'], may: ['member', 'poll'] },
    { who: 'a role', list: ['arn:aws:iam::444444444444:role/Replicator'], may: ['replicator', 'poll'] },
    { who: 'a role of its own account', list: [`arn:aws:iam::${ACCOUNT}:role/Administrator`], may: ['own', 'poll'] },
    {
      who: 'one of each kind',
      list: ['o-ab12cd34ef', ACCOUNT, 'arn:aws:iam::444444444444:role/Replicator'],
      may: ['replicator', 'member', 'own', 'poll'],
    },
  ])('lets $who put desired states there, and nobody else', async ({ list, may }) => {
    const policy = busPolicy(list);
    const judged = await Promise.all(
      Object.entries(senders).map(async ([name, sender]) => ((await put(policy, sender)) ? [name] : [])),
    );
    expect(judged.flat()).toEqual(may);
  });

  it('leaves outcomes to the functions of its own account', async () => {
    const policy = busPolicy(['444444444444']);
    const outcome = nobodysCalls[0];
    expect(await put(policy, senders.own, outcome)).toBe(true);
    expect(await put(policy, senders.replicator, outcome)).toBe(false);
  });
});

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': ACCOUNT,
};

/** Texts that CloudFormation puts together. JSON.stringify comes to the outside first, so the parts are joined here. */
function joined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('Fn::Join' in value)) return value;
  const [separator, parts] = value['Fn::Join'] as readonly [string, readonly (string | { readonly Ref: string })[]];
  return parts.map((part) => (typeof part === 'string' ? part : PSEUDO[part.Ref])).join(separator);
}
