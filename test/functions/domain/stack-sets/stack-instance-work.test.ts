import {
  afterFailures,
  areOurOperationsOver,
  isAtWork,
  isCurrent,
  mergedRecords,
  operationIdOf,
  rejectIfAtWorkTooLong,
  rejectIfBusyTooLong,
  type SeenInstance,
  stackInstancePoll,
  statusOf,
} from '../../../../functions/domain/stack-sets/stack-instance-work';
import type { StackInstanceRecord } from '../../../../functions/domain/records/account-records';
import { after, NOW, TENANT, vending } from '../../../fakes/vending';

const HOUR = 3600;

const asked = (changes: Partial<StackInstanceRecord> = {}): StackInstanceRecord => ({
  stackSet: 'baseline',
  region: 'eu-central-1',
  phase: 'accepted',
  contentHash: 'content',
  n: 1,
  operationId: 'op-1',
  askedAt: NOW.toISOString(),
  pauses: 0,
  failures: 0,
  homeRegion: null,
  removable: false,
  ...changes,
});

const seen = (changes: Partial<SeenInstance> = {}): SeenInstance => ({
  region: 'eu-central-1',
  status: 'CURRENT',
  detailedStatus: 'SUCCEEDED',
  reason: null,
  lastOperationId: 'op-1',
  ...changes,
});

describe('how a stack instance stands', () => {
  it.each<[string, StackInstanceRecord | undefined, SeenInstance | undefined, string]>([
    ['never asked for, not there', undefined, undefined, 'missing'],
    ['never asked for, there', undefined, seen(), 'stale'],
    ['asked for with other content, not there', asked({ contentHash: 'other' }), undefined, 'missing'],
    ['asked for with other content, there', asked({ contentHash: 'other' }), seen(), 'stale'],
    ['found gone, and there again', asked({ phase: 'removed' }), seen(), 'stale'],
    ['found gone', asked({ phase: 'removed' }), undefined, 'missing'],
    ['our operation has failed', asked({ phase: 'failed' }), seen(), 'failed'],
    ['our operation does not show', asked(), seen({ lastOperationId: 'op-0' }), 'unseen'],
    ['our operation does not show, nor the instance', asked(), undefined, 'unseen'],
    ['our operation has ended well', asked(), seen(), 'current'],
    ['our operation is at work', asked(), seen({ detailedStatus: 'RUNNING' }), 'running'],
    ['our operation has ended, and the instance is behind', asked(), seen({ status: 'OUTDATED' }), 'running'],
    ['our operation waits', asked(), seen({ status: 'OUTDATED', detailedStatus: 'PENDING' }), 'running'],
    ['our operation has failed in AWS', asked(), seen({ detailedStatus: 'FAILED' }), 'failed'],
    ['our operation was cancelled', asked(), seen({ detailedStatus: 'CANCELLED' }), 'failed'],
    ['its import has failed', asked(), seen({ detailedStatus: 'FAILED_IMPORT' }), 'failed'],
    ['the account is suspended', asked(), seen({ detailedStatus: 'SKIPPED_SUSPENDED_ACCOUNT' }), 'failed'],
    ['CloudFormation has given it up', asked(), seen({ status: 'INOPERABLE' }), 'inoperable'],
    ['CloudFormation has given its stack up', undefined, seen({ detailedStatus: 'INOPERABLE' }), 'inoperable'],
    ['deployed once, and there', asked({ phase: 'current' }), seen({ lastOperationId: 'theirs' }), 'current'],
    ['deployed once, and gone', asked({ phase: 'current' }), undefined, 'missing'],
    [
      'deployed once, and others are at it',
      asked({ phase: 'current' }),
      seen({ detailedStatus: 'RUNNING' }),
      'running',
    ],
    ['deployed once, and others wait', asked({ phase: 'current' }), seen({ detailedStatus: 'PENDING' }), 'running'],
    ['deployed once, and others have failed', asked({ phase: 'current' }), seen({ detailedStatus: 'FAILED' }), 'stale'],
    ['deployed once, and outdated', asked({ phase: 'current' }), seen({ status: 'OUTDATED' }), 'stale'],
  ])('%s', (_, record, instance, expected) => {
    expect(statusOf('content', record, instance)).toBe(expected);
  });

  it.each([
    ['SUCCEEDED', true, false],
    ['PENDING', false, true],
    ['RUNNING', false, true],
    ['FAILED', false, false],
  ])('%s: current %s, at work %s', (detailedStatus, current, atWork) => {
    expect(isCurrent(seen({ detailedStatus }))).toBe(current);
    expect(isAtWork(seen({ detailedStatus }))).toBe(atWork);
  });
});

describe('whether our operations are over', () => {
  const isOver = (
    records: readonly StackInstanceRecord[],
    status: 'unknown' | 'waiting' | 'running' | 'succeeded' | 'failed',
  ) => {
    const lookedAt: string[] = [];
    const over = areOurOperationsOver(records, (id) => {
      lookedAt.push(id);
      return Promise.resolve(status);
    });
    return over.then((answer) => ({ answer, lookedAt }));
  };

  it.each([
    ['waiting', false],
    ['running', false],
    ['succeeded', true],
    ['failed', true],
    ['unknown', true],
  ] as const)('%s: %s', async (status, answer) => {
    expect(await isOver([asked()], status)).toEqual({ answer, lookedAt: ['op-1'] });
  });

  it.each(['asked', 'accepted', 'removalAsked', 'removalAccepted'] as const)('%s is looked at', async (phase) => {
    expect((await isOver([asked({ phase })], 'running')).answer).toBe(false);
  });

  it.each(['current', 'failed', 'removed'] as const)('%s is not', async (phase) => {
    expect(await isOver([asked({ phase })], 'running')).toEqual({ answer: true, lookedAt: [] });
  });

  it('each operation is asked once, however many regions it has', async () => {
    const records = [asked(), asked({ region: 'eu-west-1' }), asked({ operationId: 'op-2' })];
    expect(await isOver(records, 'succeeded')).toEqual({ answer: true, lookedAt: ['op-1', 'op-2'] });
  });
});

describe('the id of an operation', () => {
  const idOf = (changes: Partial<StackInstanceRecord> = {}, tenant = TENANT, regions = ['eu-central-1']) =>
    operationIdOf(tenant, asked(changes), regions);

  it('is the same for the same, and has a length that CloudFormation takes', () => {
    expect(idOf()).toBe(idOf({ region: 'eu-west-1', phase: 'failed' }));
    expect(idOf()).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['another content', idOf({ contentHash: 'other' })],
    ['another number', idOf({ n: 2 })],
    ['another stack set', idOf({ stackSet: 'other' })],
    ['another tenant', idOf({}, 'other')],
    ['other regions', idOf({}, TENANT, ['eu-central-1', 'eu-west-1'])],
  ])('is another one for %s', (_, id) => {
    expect(id).not.toBe(idOf());
  });
});

describe('records of instances', () => {
  it.each([
    ['the same instance', asked({ homeRegion: 'eu-west-1' }), true],
    ['the same instance, of a release that did not record its home region', asked(), true],
    ['one in another region', asked({ homeRegion: 'eu-west-1', region: 'eu-west-3' }), false],
    ['one of another stack set', asked({ homeRegion: 'eu-west-1', stackSet: 'other' }), false],
    ['one of a stack set of that name in another home region', asked({ homeRegion: 'us-east-1' }), false],
  ])('replace %s', (_, known, isReplaced) => {
    const record = asked({ homeRegion: 'eu-west-1', n: 2 });
    expect(mergedRecords([known], [record])).toEqual(isReplaced ? [record] : [known, record]);
  });
});

describe('how long an operation is waited for', () => {
  it.each([
    [0, 1, false, 66],
    [10, 1, false, 56],
    [0, 3, false, 198],
    [66, 1, false, 5],
    [400, 1, false, 20],
    [1000, 1, false, 30],
    [66, 1, true, 4],
    [1000, 1, true, 30],
  ])('after %s seconds, in %s regions, awaited: %s: %s more', (elapsed, regions, awaited, expected) => {
    expect(stackInstancePoll(elapsed, regions, awaited)).toBe(expected);
  });

  it.each([
    [1, 20],
    [2, 40],
    [3, 80],
    [4, 160],
  ])('after %s failures: %s seconds', (failures, seconds) => {
    expect(afterFailures(failures)).toBe(seconds);
  });

  it.each([
    [
      'busy with others',
      rejectIfBusyTooLong,
      4 * HOUR,
      'has been busy with other operations for 4 hours: nothing was done in eu-central-1. Look at its operations in the StackSets console, end those that hang (or activate managed execution, which lets several work at once), and replay',
    ],
    [
      'at work',
      rejectIfAtWorkTooLong,
      2 * HOUR,
      'has been at work in eu-central-1 for 2 hours. Look at its operations in the StackSets console; when they',
    ],
  ])('%s', (_, reject, budget, message) => {
    expect(() => {
      reject(vending({ at: budget - 1 }), asked());
    }).not.toThrow();
    expect(() => {
      reject(vending({ at: budget }), asked());
    }).toThrow(`The stack set "baseline" ${message}`);
    // What was asked for later has its own time.
    expect(() => {
      reject(vending({ at: budget }), asked({ askedAt: after(1).toISOString() }));
    }).not.toThrow();
  });
});
