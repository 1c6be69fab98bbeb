import { serveOrganization } from '../../../sandbox/organization/http-server';
import { behaviours } from '../../../sandbox/evidence/known-evidence';
import { botocoreReadings } from '../botocore-readings';
import { callsOf, openGround } from '../ground';
import { readWithBotocore, type Seen } from '../read-with-botocore';
import { callerOf, organizationOfExamples } from './example-organization-of-aws';
import { differences } from './differences';
import { awsExamples, type AwsExample } from './examples';
import { SHORTCOMINGS } from './shortcomings';

/** In what an answer falls short of the example; that there is no answer is one thing, too. */
const shortcomings = ({ output }: AwsExample, seen: Seen | undefined): readonly string[] =>
  seen?.answer === undefined ? [`no answer: ${seen?.error ?? 'not called'}`] : differences(output, seen.answer);

/** What the model answers to every operation, by the readings that botocore makes of it. */
async function answersByOperation(): Promise<ReadonlyMap<string, Seen>> {
  const { test, ground } = await openGround();
  const server = await serveOrganization(test.organization);
  try {
    const readings = botocoreReadings(ground);
    const seen = await readWithBotocore(server.endpoint, callsOf(readings, ground));
    return new Map(readings.map(({ operation }, index) => [operation, seen[2 * index] ?? {}]));
  } finally {
    await server.close();
  }
}

/** What the organization that the examples speak of answers to their own calls. */
async function answersToExamples(examples: readonly AwsExample[]): Promise<readonly Seen[]> {
  const server = await serveOrganization(organizationOfExamples().organization);
  try {
    const calls = examples.map(({ operation, input }) => {
      const name = operation.split(':')[1];
      return {
        service: 'organizations',
        operation: name,
        region: 'us-east-1',
        accessKeyId: callerOf(operation),
        input,
      };
    });
    return await readWithBotocore(server.endpoint, calls);
  } finally {
    await server.close();
  }
}

describe('the examples of AWS', () => {
  let examples: readonly AwsExample[] = [];
  const found = new Map<string, readonly string[]>();

  beforeAll(async () => {
    examples = await awsExamples();
    const answers = await answersByOperation();
    for (const example of examples) found.set(example.name, shortcomings(example, answers.get(example.operation)));
  });

  it('are read from botocore and from the AWS CLI', () => {
    expect(examples.filter(({ name }) => name.startsWith('botocore ')).length).toBeGreaterThan(30);
    expect(examples.filter(({ name }) => name.startsWith('aws-cli ')).length).toBeGreaterThan(60);
  });

  it('are answered with the same members, of the same types', () => {
    const short = Object.fromEntries([...found].filter(([, all]) => all.length > 0));
    expect(short).toEqual(
      Object.fromEntries(Object.entries(SHORTCOMINGS).map(([name, one]) => [name, one.differences])),
    );
  });

  it('of Organizations can be called as they are', async () => {
    const own = examples.filter(({ name }) => name.startsWith('botocore organizations:'));
    const seen = await answersToExamples(own);
    const short = own.map((example, index) => [example.name, shortcomings(example, seen[index])] as const);
    expect(Object.fromEntries(short.filter(([, all]) => all.length > 0))).toEqual(NOT_AS_THEY_ARE);
  });

  it('are the evidence of each operation that agrees with one, and of no other', () => {
    const agreeing = examples.filter(({ name }) => found.get(name)?.length === 0).map(({ operation }) => operation);
    const told = behaviours().flatMap(({ source }) => /^examples of AWS, ([\w-]+:\w+)$/u.exec(source)?.[1] ?? []);
    expect(told.toSorted()).toEqual([...new Set(agreeing)].toSorted());
  });
});

/** Calls whose answer differs on the organization of the examples. */
const NOT_AS_THEY_ARE: Readonly<Record<string, readonly string[]>> = {
  // AWS has taken Status out, and tells State.
  'botocore organizations:ListAccounts 1': ['Accounts[].Status is missing'],
  'botocore organizations:ListAccountsForParent 1': ['Accounts[].Status is missing'],
  // Ids of policies follow from their names here.
  'botocore organizations:DescribePolicy 1': ['no answer: PolicyNotFoundException'],
};

describe('what an answer falls short of', () => {
  it.each([
    ['a member', { a: 1, b: 2 }, { a: 1 }, ['b is missing']],
    ['a type', { a: '1' }, { a: 1 }, ['a is number, not string']],
    ['a list', { a: [{ b: 1 }] }, { a: [] }, ['a is empty']],
    ['an item', { a: [{ b: 1 }] }, { a: [{ c: 1 }, { c: 2 }] }, ['a[].b is missing']],
    ['nothing', { a: [{ b: 1 }], At: { Timestamp: 7 } }, { a: [{ c: 1 }, { b: 2 }], At: { Timestamp: 'x' } }, []],
  ])('is %s', (_, example, answer, short) => {
    expect(differences(example, answer)).toEqual(short);
  });
});
