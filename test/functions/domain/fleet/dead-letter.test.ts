import {
  ageSecondsOf,
  deadLetterQueuesIn,
  destinationOf,
  faultyFieldOf,
  type Letter,
  reasonOf,
} from '../../../../functions/domain/fleet/dead-letter';
import { after, NOW } from '../../../fakes/vending';

const source = (name: string) => ({
  url: `https://sqs.eu-central-1.amazonaws.com/1/${name}`,
  reader: `read-${name}`,
  mostReceives: 3,
});
const queue = {
  name: 'letters',
  url: 'https://sqs.eu-central-1.amazonaws.com/1/letters',
  sources: [source('a'), source('b')],
};
const arn = (name: string): string => `arn:aws:sqs:eu-central-1:1:${name}`;
const letter = (changes: Partial<Letter> = {}): Letter => ({
  id: '1',
  receipt: 'r',
  sentAt: NOW,
  body: '{}',
  attributes: {},
  movedFrom: undefined,
  ...changes,
});

describe('a dead letter', () => {
  it.each([
    ['from which SQS has moved it', letter({ movedFrom: arn('b') }), source('b')],
    ['into which EventBridge could not put it', letter({ attributes: { TARGET_ARN: arn('a') } }), source('a')],
    [
      'from which SQS has moved it, whatever else it says',
      letter({ movedFrom: arn('b'), attributes: { TARGET_ARN: arn('a') } }),
      source('b'),
    ],
    ['that is not known', letter({ movedFrom: arn('c') }), undefined],
    ['that nothing tells', letter(), undefined],
  ])('was meant for the queue %s', (_, found, expected) => {
    expect(destinationOf(queue, found)).toEqual(expected);
  });

  it('was meant for the only queue that there is', () => {
    expect(destinationOf({ ...queue, sources: [source('a')] }, letter())).toEqual(source('a'));
    expect(destinationOf({ ...queue, sources: [] }, letter())).toBeUndefined();
  });

  it.each([
    [
      'what the application says',
      { attributes: { reason: 'no JSON', ERROR_CODE: 'NO_PERMISSIONS' }, movedFrom: arn('a') },
      'no JSON',
    ],
    [
      'what EventBridge says',
      { attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'denied' } },
      'NO_PERMISSIONS: denied',
    ],
    ['the code alone', { attributes: { ERROR_CODE: 'NO_PERMISSIONS' }, movedFrom: arn('a') }, 'NO_PERMISSIONS'],
    ['the message alone', { attributes: { ERROR_MESSAGE: 'denied' } }, 'denied'],
  ])('has a reason: %s', (_, changes, reason) => {
    expect(reasonOf(queue, letter(changes))).toBe(reason);
  });

  it('was given to its reader in vain where SQS has moved it, and came by hand where nothing says so', () => {
    const moved = reasonOf(queue, letter({ movedFrom: arn('b') }));
    expect(moved).toContain('read-b has got it 3 times and has not finished it');
    expect(moved).toContain('when the cause is gone, send the letter back.');
    expect(reasonOf(queue, letter())).toContain('somebody has put it there by hand.');
    expect(reasonOf({ ...queue, sources: [source('a')] }, letter())).toContain('by hand');
  });

  it('names the faulty field where it knows it', () => {
    expect(faultyFieldOf(letter({ attributes: { field: 'tenant' } }))).toBe('tenant');
    expect(faultyFieldOf(letter())).toBeNull();
  });

  it.each([
    [10, 10],
    [1.4, 1],
    [1.5, 2],
    [0, 0],
    [-5, 0],
  ])('is %s seconds old: %s', (seconds, age) => {
    expect(ageSecondsOf(letter(), after(seconds))).toBe(age);
  });

  it('is read from queues that the environment names', () => {
    expect(deadLetterQueuesIn(JSON.stringify([queue]))).toEqual([queue]);
    expect(() => deadLetterQueuesIn('[{"name":"letters"}]')).toThrow();
    for (const field of ['url', 'reader', 'mostReceives'] as const) {
      const { [field]: _, ...incomplete } = source('a');
      expect(() => deadLetterQueuesIn(JSON.stringify([{ ...queue, sources: [incomplete] }]))).toThrow(field);
    }
    expect(() => deadLetterQueuesIn(JSON.stringify([{ name: 'a', url: 'b' }]))).toThrow('sources');
  });
});
