import {
  instanceRemovals,
  plannedRemoval,
  recordsOf,
  removalKey,
  removalsAsked,
  withRemovals,
} from '../../../../functions/domain/stack-sets/stack-set-removal';
import type { OperationStatus, SeenInstance } from '../../../../functions/domain/stack-sets/stack-instance-work';
import type { StackInstanceRecord } from '../../../../functions/domain/records/account-records';
import { NOW, plan, vending } from '../../../fakes/vending';
import { configuration } from '../examples';

const removal = { name: 'old', homeRegion: 'eu-west-1', regions: ['eu-west-1', 'eu-central-1'] };
const record = (changes: Partial<StackInstanceRecord> = {}): StackInstanceRecord => ({
  stackSet: 'old',
  homeRegion: 'eu-west-1',
  region: 'eu-west-1',
  removable: true,
  phase: 'current',
  contentHash: 'h',
  n: 1,
  operationId: 'op-1',
  askedAt: NOW.toISOString(),
  failures: 0,
  pauses: 0,
  ...changes,
});
const seen = (changes: Partial<SeenInstance> = {}): SeenInstance => ({
  region: 'eu-west-1',
  status: 'CURRENT',
  detailedStatus: 'SUCCEEDED',
  reason: null,
  lastOperationId: 'op-0',
  ...changes,
});

const QUEUE = 30 * 60;

describe('a removal', () => {
  it('is found by the region and the name of its stack set', () => {
    const context = vending({ plan: { stackSetRemovals: [{ ...removal, homeRegion: 'us-east-1' }, removal] } });
    expect(removalKey(removal)).toBe('eu-west-1/old');
    expect(plannedRemoval(context, 'eu-west-1/old')).toBe(removal);
    expect(() => plannedRemoval(context, 'eu-west-1/other')).toThrow(
      'The plan of this run has no stack set "eu-west-1/other" to be removed. Replay this run: a new one plans again what is to be removed.',
    );
  });

  it.each<[string, Partial<StackInstanceRecord>, boolean]>([
    ['in its regions', {}, true],
    ['in the other one', { region: 'eu-central-1' }, true],
    ['that an earlier release has recorded', { homeRegion: null }, true],
    ['in a region that stays', { region: 'us-east-1' }, false],
    ['of another stack set', { stackSet: 'other' }, false],
    ['of one in another home region', { homeRegion: 'us-east-1' }, false],
    ['that has gone', { phase: 'removed' }, false],
  ])('is of instances %s: %s', (_, changes, expected) => {
    expect(recordsOf([record(changes)], removal)).toHaveLength(expected ? 1 : 0);
  });

  it('has the operations that were asked for, once', () => {
    const records = [
      record({ phase: 'removalAsked' }),
      record({ phase: 'removalAccepted', region: 'eu-central-1' }),
      record({ phase: 'removalAccepted', operationId: 'op-2', region: 'eu-central-1' }),
      record({ phase: 'removalFailed', operationId: 'op-3' }),
      record({ phase: 'accepted', operationId: 'op-4' }),
    ];
    expect(removalsAsked(vending({ tenant: { stackInstances: records } }), removal)).toStrictEqual(['op-1', 'op-2']);
  });
});

describe('how the removal of an instance stands', () => {
  const asked = { phase: 'removalAsked' } as const;
  const accepted = { phase: 'removalAccepted' } as const;

  it.each<[string, Partial<StackInstanceRecord>, SeenInstance | undefined, OperationStatus | undefined, string]>([
    ['its operation has ended well, whatever the list says', accepted, seen(), 'succeeded', 'gone'],
    ['its operation waits', asked, undefined, 'waiting', 'running'],
    ['its operation is at work', accepted, seen(), 'running', 'running'],
    ['its operation has failed, and it is there', accepted, seen(), 'failed', 'failed'],
    ['its operation has failed, and it has gone', accepted, undefined, 'failed', 'gone'],
    ['its operation is not known, and it has gone', accepted, undefined, 'unknown', 'gone'],
    ['its operation is not known, and does not show', accepted, seen(), 'unknown', 'unseen'],
    [
      'its operation was not asked about, and shows as over',
      asked,
      seen({ lastOperationId: 'op-1' }),
      undefined,
      'failed',
    ],
    ['others are at work on it', asked, seen({ detailedStatus: 'RUNNING' }), undefined, 'running'],
    ['it is there', {}, seen(), undefined, 'due'],
    [
      'it is there, and another operation than a removal has ended',
      {},
      seen({ lastOperationId: 'op-1' }),
      'succeeded',
      'due',
    ],
    ['its removal has failed before', { phase: 'removalFailed' }, seen(), 'failed', 'due'],
    [
      'others are at work on it, and nothing was asked for',
      {},
      seen({ detailedStatus: 'PENDING' }),
      undefined,
      'running',
    ],
    ['it has gone by itself', {}, undefined, undefined, 'gone'],
    ['it may be about to come', { phase: 'asked' }, undefined, undefined, 'running'],
    ['it may be about to come, since it was accepted', { phase: 'accepted' }, undefined, undefined, 'running'],
    ['it has failed to come', { phase: 'failed' }, undefined, undefined, 'gone'],
  ])('%s', (_, changes, instance, end, standing) => {
    const one = record(changes);
    const context = vending({ tenant: { stackInstances: [one] } });
    const instances = [
      seen({ region: 'us-east-1', detailedStatus: 'RUNNING' }),
      ...(instance === undefined ? [] : [instance]),
    ];
    const ends = end === undefined ? undefined : new Map([['op-1', end]]);
    expect(instanceRemovals(context, removal, instances, ends)).toStrictEqual([
      { record: one, seen: instance, standing },
    ]);
  });

  it.each([
    [QUEUE - 1, 'running'],
    [QUEUE, 'gone'],
  ])('%s seconds after it was asked for it comes no more: %s', (at, standing) => {
    const context = vending({ tenant: { stackInstances: [record({ phase: 'asked' })] }, at });
    expect(instanceRemovals(context, removal, [])[0]?.standing).toBe(standing);
  });
});

describe('what a plan removes', () => {
  const zones = (stackSets: readonly object[]) => configuration(['landingZone.stackSets', stackSets]);
  const set = { name: 'old', homeRegion: 'eu-west-1', regions: ['eu-west-1'] };
  const remarks = (stackSets: readonly object[]) =>
    withRemovals(plan({ remarks: ['first'] }), { stackInstances: [record()] }, zones(stackSets));

  it('is what a landing zone lets go', () => {
    const planned = remarks([
      { name: 'a', regions: ['eu-west-1'] },
      { ...set, removeStackInstances: true },
    ]);
    expect(planned.stackSetRemovals).toEqual([{ ...removal, regions: ['eu-west-1'] }]);
    expect(planned.remarks).toEqual(['first']);
  });

  it.each([
    ['none names it', []],
    ['none lets it go', [set]],
    ['one lets it go that lives elsewhere', [{ ...set, homeRegion: 'us-east-1', removeStackInstances: true }]],
    ['one lets another go', [{ ...set, name: 'other', removeStackInstances: true }]],
  ])('is not what no landing zone lets go, which is told: %s', (_, stackSets) => {
    const planned = remarks(stackSets);
    expect(planned.stackSetRemovals).toEqual([]);
    expect(planned.remarks).toEqual([
      'first',
      'The instances of stack set "old" (eu-west-1) in eu-west-1 stay: no landing zone has it with removeStackInstances any more, so there is no right to remove them. Name it in a landing zone again, or remove them in the StackSets console.',
    ]);
  });

  it('is what one of several landing zones lets go', () => {
    const [one] = Object.values(zones([{ ...set, removeStackInstances: true }]).landingZones);
    const both = {
      ...zones([]),
      landingZones: { ...zones([]).landingZones, ...(one === undefined ? {} : { other: one }) },
    };
    expect(withRemovals(plan(), { stackInstances: [record()] }, both).stackSetRemovals).toHaveLength(1);
  });
});
