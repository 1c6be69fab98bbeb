import { answers, asMember, type ConformanceCase, inSession, refuses } from '../../conformance/case';
import { runCase, type Subject } from '../../conformance/run-case';

const refusal = (name: string) => Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });

/** Answers each operation by what is given for it, the last answer for ever. */
function subjectOf(said: Readonly<Record<string, readonly unknown[]>>) {
  const calls: string[] = [];
  const left = new Map(Object.entries(said).map(([name, all]) => [name, [...all]]));
  let waited = 0;
  const subject: Subject = {
    region: 'eu-central-1',
    call: ({ service, operation, input }, roleArn, session) => {
      const said = [service, operation, JSON.stringify(input), roleArn, session?.Policy];
      calls.push(said.filter((one) => one !== undefined).join(' '));
      const answers = left.get(operation) ?? [];
      const answer: unknown = answers.length > 1 ? answers.shift() : answers[0];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    wait: (seconds) => {
      waited += seconds;
      return Promise.resolve();
    },
    isMissing: ({ name }) => name === 'Missing',
  };
  return { subject, calls, waited: () => waited };
}

const one = (steps: ConformanceCase['steps'], cleanup?: ConformanceCase['steps']): ConformanceCase => ({
  name: 'one',
  evidence: 'a page',
  steps,
  ...(cleanup === undefined ? {} : { cleanup }),
});

describe('a case', () => {
  it('agrees where every step does, and hands answers on', async () => {
    const { subject, calls } = subjectOf({ CreateThing: [{ Id: 7 }], GetThing: [{ Id: 7, $metadata: {} }] });
    const steps = [
      answers('CreateThing', { Name: '{{unique}}-a' }, {}, { save: 'made' }),
      answers('sts:GetThing', { Id: '{{made.Id}}' }, { Id: '{{made.Id}}' }, { as: 'member' }),
    ];
    const facts = { unique: 'u', partition: 'aws', member: '1' };
    expect(await runCase(subject, 'iam', one(steps), facts)).toEqual({
      verdict: 'agrees',
      said: [
        { call: 'CreateThing', input: { Name: 'u-a' }, answer: { Id: 7 } },
        { call: 'sts:GetThing', input: { Id: 7 }, answer: { Id: 7 } },
      ],
    });
    expect(calls).toEqual([
      'iam CreateThing {"Name":"u-a"}',
      'sts GetThing {"Id":7} arn:aws:iam::1:role/OrganizationAccountAccessRole',
    ]);
  });

  it('calls in sessions with policies of their own', async () => {
    const { subject, calls } = subjectOf({ GetThing: [{}] });
    const steps = inSession({ Policy: 'of {{unique}}' }, asMember([answers('GetThing')]));
    const facts = { unique: 'u', partition: 'aws', member: '1' };
    expect(await runCase(subject, 'iam', one(steps), facts)).toMatchObject({ verdict: 'agrees' });
    expect(calls).toEqual(['iam GetThing {} arn:aws:iam::1:role/OrganizationAccountAccessRole of u']);
  });

  it('differs from the first step on that is answered otherwise, and cleans up all the same', async () => {
    const { subject, calls } = subjectOf({ CreateThing: [{}], GetThing: [refusal('NoSuchThing')], DeleteThing: [{}] });
    const steps = [answers('CreateThing'), answers('GetThing'), answers('ListThings')];
    expect(await runCase(subject, 'iam', one(steps, [answers('DeleteThing')]), {})).toMatchObject({
      verdict: 'differs',
      why: 'GetThing: refused with NoSuchThing: no',
    });
    expect(calls).toEqual(['iam CreateThing {}', 'iam GetThing {}', 'iam DeleteThing {}']);
  });

  it.each([
    ['another error', [refusal('Other')], 'GetThing: refused with Other, not NoSuchThing'],
    ['an answer', [{}], 'GetThing: answered, not refused with NoSuchThing'],
  ])('differs by %s than the one that is expected', async (_, said, why) => {
    const { subject } = subjectOf({ GetThing: said });
    expect(await runCase(subject, 'iam', one([refuses('GetThing', {}, 'NoSuchThing')]), {})).toMatchObject({
      verdict: 'differs',
      why,
    });
  });

  it('waits for what takes its time, and no longer', async () => {
    const said = { GetThing: [{ State: 'IN_PROGRESS' }, { State: 'IN_PROGRESS' }, { State: 'DONE' }] };
    const patient = subjectOf(said);
    const step = (within: number) => [answers('GetThing', {}, { State: 'DONE' }, { within })];
    expect(await runCase(patient.subject, 'iam', one(step(60)), {})).toMatchObject({ verdict: 'agrees' });
    expect(patient.waited()).toBe(10);
    expect(await runCase(subjectOf(said).subject, 'iam', one(step(5)), {})).toMatchObject({ verdict: 'differs' });
  });

  it('is not implemented where an operation is missing, and does not wait for it', async () => {
    const { subject, waited } = subjectOf({ GetThing: [refusal('Missing')] });
    const steps = [answers('GetThing', {}, {}, { within: 60 })];
    expect(await runCase(subject, 'iam', one(steps), {})).toMatchObject({
      verdict: 'not implemented',
      why: 'GetThing',
    });
    expect(waited()).toBe(0);
  });

  it('is not reached where it needs what is not known', async () => {
    const { subject, calls } = subjectOf({});
    const steps = [answers('GetThing', { Id: '{{store}}' })];
    expect(await runCase(subject, 'iam', one(steps), {})).toMatchObject({
      verdict: 'not reached',
      why: 'Nothing is known of store.',
    });
    expect(calls).toEqual([]);
  });

  it('lets a fault of the suite itself through', async () => {
    const { subject } = subjectOf({ GetThing: [new TypeError('a bug')] });
    await expect(runCase(subject, 'iam', one([answers('GetThing')]), {})).rejects.toThrow('a bug');
  });
});
