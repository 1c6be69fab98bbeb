import { recursiveFunctions } from '../../infra/recursive-functions';
import { functionsInLoops, type PlainTemplate } from './message-loops';
import { vendingTemplate, withMeshStack } from './synthesized-stack';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** A function whose role lets it do one thing. */
const sender = (id: string, Action: string, Resource: unknown): PlainTemplate['Resources'] => ({
  [id]: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf(`${id}Role`), FunctionName: `name-of-${id}` } },
  [`${id}Role`]: {
    Type: 'AWS::IAM::Role',
    Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } }] },
  },
});

const mapping = (queue: string, target: string): PlainTemplate['Resources'] => ({
  [`${queue}Mapping`]: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: arnOf(queue), FunctionName: { Ref: target } },
  },
});

const subscription = (topic: string, endpoint: string): PlainTemplate['Resources'] => ({
  [`${topic}Subscription`]: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: topic }, Endpoint: arnOf(endpoint) },
  },
});

const queue = { Type: 'AWS::SQS::Queue' };
const topic = { Type: 'AWS::SNS::Topic' };

describe('the functions that messages lead back to', () => {
  it.each<{ way: string; resources: PlainTemplate['Resources']; found: readonly string[] }>([
    {
      way: 'over a queue',
      resources: { ...sender('One', 'sqs:SendMessage', arnOf('Queue')), Queue: queue, ...mapping('Queue', 'One') },
      found: ['One'],
    },
    {
      way: 'over two functions and two queues',
      resources: {
        ...sender('One', 'sqs:SendMessage', arnOf('First')),
        ...sender('Two', 'sqs:*', '*'),
        First: queue,
        Second: queue,
        ...mapping('First', 'Two'),
        ...mapping('Second', 'One'),
      },
      found: ['One', 'Two'],
    },
    {
      way: 'over a topic that feeds a queue',
      resources: {
        ...sender('One', 'sns:Publish', { Ref: 'Topic' }),
        Topic: topic,
        Queue: queue,
        ...subscription('Topic', 'Queue'),
        ...mapping('Queue', 'One'),
      },
      found: ['One'],
    },
    {
      way: 'over a bucket that tells of its objects',
      resources: {
        ...sender('One', 's3:PutObject*', { 'Fn::Join': ['', [arnOf('Bucket'), '/*']] }),
        Bucket: {
          Type: 'AWS::S3::Bucket',
          Properties: { NotificationConfiguration: { LambdaConfigurations: [{ Function: arnOf('One') }] } },
        },
      },
      found: ['One'],
    },
    {
      way: 'over a function that is invoked by its name',
      resources: {
        ...sender('One', 'lambda:InvokeFunction', 'arn:aws:lambda:eu-central-1:000000000000:function:name-of-Two'),
        ...sender('Two', 'lambda:InvokeFunction', arnOf('One')),
      },
      found: ['One', 'Two'],
    },
    {
      way: 'over dead letters that feed the function',
      resources: {
        ...sender('One', 'sqs:SendMessage', arnOf('Queue')),
        Queue: { ...queue, Properties: { RedrivePolicy: { deadLetterTargetArn: arnOf('Dead') } } },
        Dead: queue,
        ...mapping('Dead', 'One'),
      },
      found: ['One'],
    },
  ])('are found $way', ({ resources, found }) => {
    expect(functionsInLoops({ Resources: resources })).toEqual(found);
  });

  it.each<{ way: string; resources: PlainTemplate['Resources'] }>([
    {
      way: 'a queue that nobody sends to',
      resources: { ...sender('One', 'sqs:SendMessage', arnOf('Other')), Queue: queue, ...mapping('Queue', 'One') },
    },
    {
      way: 'a queue that feeds another function',
      resources: {
        ...sender('One', 'sqs:SendMessage', arnOf('Queue')),
        ...sender('Two', 'events:PutEvents', '*'),
        Queue: queue,
        ...mapping('Queue', 'Two'),
      },
    },
    {
      way: 'a bus, behind which Lambda counts from one',
      resources: {
        ...sender('One', 'events:PutEvents', arnOf('Bus')),
        Bus: { Type: 'AWS::Events::EventBus' },
        Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: arnOf('One') }] } },
      },
    },
  ])('are none with $way', ({ resources }) => {
    expect(functionsInLoops({ Resources: resources })).toEqual([]);
  });
});

describe.each([
  ['the stack', vendingTemplate().toJSON()],
  ['the stack with meshStack', vendingTemplate({ configuration: withMeshStack() }).toJSON()],
])('in %s', (_, json) => {
  const template = json as PlainTemplate;
  const namesOf = (ids: readonly string[]): readonly string[] =>
    ids.map((id) => id.replace(/Function[0-9A-F]{8}$/u, '')).toSorted();

  it('the functions in loops may recur, and no other', () => {
    const allowed = Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
      (Properties as { readonly RecursiveLoop?: string } | undefined)?.RecursiveLoop === 'Allow' ? [id] : [],
    );

    expect(namesOf(allowed)).toEqual(namesOf(functionsInLoops(template)));
    expect(namesOf(allowed)).toEqual(Object.keys(recursiveFunctions).toSorted());
  });
});
