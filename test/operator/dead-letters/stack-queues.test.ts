import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import { DEAD_LETTER_QUEUES } from '../../../infra/dead-letter-queues';
import { readStackOutputs, stackQueues } from '../../../operator/dead-letters/stack-queues';

const outputNames = DEAD_LETTER_QUEUES.flatMap(({ output, sourceOutputs }) => [output, ...sourceOutputs]);
const outputs = new Map(outputNames.map((name) => [name, `https://sqs.example/${name}`]));

describe('the queues of a stack', () => {
  it('are all that its outputs tell, with the way back', () => {
    const found = stackQueues('VendingStack', outputs);

    expect(found.map(({ name }) => name)).toEqual(DEAD_LETTER_QUEUES.map(({ name }) => name));
    expect(found[0]).toEqual({
      name: 'desired-states',
      url: 'https://sqs.example/UnreadableEventsQueueUrl',
      sources: [{ url: 'https://sqs.example/DesiredStatesQueueUrl', reader: 'vending-Intake', mostReceives: 5 }],
    });
  });

  it.each([...new Set(outputNames)])('are not guessed where there is no output %s', (name) => {
    const fewer = new Map([...outputs].filter(([output]) => output !== name));

    expect(() => stackQueues('Old', fewer)).toThrow(`The stack Old has no output ${name}. Deploy it with this release`);
  });

  it('cannot be read where nobody answers: the message says what to set', async () => {
    const credentials = { accessKeyId: '000000000000', secretAccessKey: 'test' };
    const client = new CloudFormationClient({
      endpoint: 'http://127.0.0.1:9',
      region: 'eu-central-1',
      credentials,
      maxAttempts: 1,
    });

    await expect(readStackOutputs('VendingStack', client)).rejects.toMatchObject({
      name: 'OperatorError',
      message: expect.stringMatching(/outputs of the stack VendingStack .*\S+.*Set credentials and region/su) as string,
    });
  });
});
