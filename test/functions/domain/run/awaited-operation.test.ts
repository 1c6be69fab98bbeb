import { type Awaited, awaitedOperation, endedOperation } from '../../../../functions/domain/run/awaited-operation';
import type { Closure, Enrollment, StackInstanceRecord } from '../../../../functions/domain/records/account-records';
import type { TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { closureEnd, creationEnd, deploymentEnd, lifecycleEnd } from '../../../fakes/aws-events';
import { account, creation, tenant } from '../../../fakes/vending';

const REQUEST = 'car-0123456789abcdef';

const enrollment: Enrollment = {
  phase: 'asked',
  kind: 'provision',
  attempt: 1,
  recordId: 'rec-1',
  requestHash: null,
  productName: 'p',
  askedAt: '2026-11-24T10:00:00.000Z',
  busySince: null,
  hasPaused: false,
  failures: 0,
};

const instance: StackInstanceRecord = {
  stackSet: 'baseline',
  homeRegion: 'eu-central-1',
  region: 'eu-west-1',
  removable: false,
  phase: 'accepted',
  contentHash: 'a',
  n: 1,
  operationId: 'op-1',
  askedAt: '2026-11-24T10:00:00.000Z',
  failures: 0,
  pauses: 0,
};

const removal: StackInstanceRecord = { ...instance, phase: 'removalAccepted', operationId: 'op-2' };

const closure: Closure = { phase: 'accepted', askedAt: '2026-11-24T10:00:00.000Z', failures: 0 };

const requested = creation({ phase: 'requested', requestId: REQUEST });
const ofStackSet: Awaited = { operation: 'stackSet', stackSet: 'baseline' };
const ofRemoval: Awaited = { operation: 'removal', stackSet: 'eu-central-1/baseline' };
const ofClosure: Awaited = { operation: 'closure' };

describe('what a run waits for', () => {
  it.each<[string, Awaited, Partial<TenantRecord>, unknown]>([
    ['its request for an account', { operation: 'account' }, { creation: requested }, creationEnd(REQUEST)],
    ['its enrollment', { operation: 'enrollment' }, { account, enrollment }, lifecycleEnd('create', account.id)],
    ['an update of it', { operation: 'enrollment' }, { account, enrollment }, lifecycleEnd('update', account.id)],
    ['a baseline', { operation: 'enrollment' }, { account, enrollment }, lifecycleEnd('baseline', account.id)],
    ['its operation of a stack set', ofStackSet, { account, stackInstances: [instance] }, deploymentEnd('op-1')],
    ['one that has failed', ofStackSet, { account, stackInstances: [instance] }, deploymentEnd('op-1', 'FAILED')],
    ['a removal of it', ofRemoval, { account, stackInstances: [instance, removal] }, deploymentEnd('op-2')],
    ['the end of its account', ofClosure, { account, closure }, closureEnd(account.id)],
  ])('is known by the event that tells its end: %s', (_, awaited, changes, event) => {
    const awaitedKey = awaitedOperation(tenant({ account: null, creation: null, ...changes }), awaited);

    expect(awaitedKey).toBeDefined();
    expect(endedOperation(event)).toBe(awaitedKey);
  });

  it.each<[string, Awaited, Partial<TenantRecord>]>([
    ['nothing was asked', { operation: 'account' }, {}],
    ['the answer was lost', { operation: 'account' }, { creation: creation({ phase: 'intended', requestId: null }) }],
    ['the request is over', { operation: 'account' }, { creation: { ...requested, madeAccountId: account.id } }],
    ['the request has failed', { operation: 'account' }, { creation: { ...requested, failure: { reason: null } } }],
    ['the account is there', { operation: 'account' }, { account, creation: requested }],
    ['a pause is made', { operation: 'enrollment' }, { account, enrollment: { ...enrollment, phase: 'waiting' } }],
    ['it has ended', { operation: 'enrollment' }, { account, enrollment: { ...enrollment, phase: 'ended' } }],
    ['the stack set is busy', ofStackSet, { account, stackInstances: [{ ...instance, phase: 'asked' }] }],
    ['a pause follows a failure', ofStackSet, { account, stackInstances: [{ ...instance, phase: 'failed' }] }],
    ['another stack set is at work', ofStackSet, { account, stackInstances: [{ ...instance, stackSet: 'other' }] }],
    ['nothing is removed', ofRemoval, { account, stackInstances: [instance] }],
    ['the removal is over', ofRemoval, { account, stackInstances: [{ ...removal, phase: 'removed' }] }],
    [
      'one of another region is removed',
      ofRemoval,
      { account, stackInstances: [{ ...removal, homeRegion: 'eu-west-1' }] },
    ],
    ['an earlier release removes it', ofRemoval, { account, stackInstances: [{ ...removal, homeRegion: null }] }],
    ['a closing has only been written down', ofClosure, { account, closure: { ...closure, phase: 'asked' } }],
    ['the account is closed', ofClosure, { account, closure: { ...closure, phase: 'closed' } }],
    ['no account is there to close', ofClosure, { closure }],
  ])('is nothing that AWS tells where %s', (_, awaited, changes) => {
    expect(awaitedOperation(tenant({ account: null, creation: null, ...changes }), awaited)).toBeUndefined();
  });
});

describe('an event', () => {
  it.each<[string, unknown]>([
    ['of an operation that goes on', deploymentEnd('op-1', 'RUNNING')],
    ['of an operation in a queue', deploymentEnd('op-1', 'QUEUED')],
    ['of another call', { ...creationEnd(REQUEST), detail: { eventName: 'CreateAccount' } }],
    ['that somebody has made up', { ...creationEnd(REQUEST), source: 'my.own' }],
    [
      'of a control',
      { ...lifecycleEnd('create', account.id), detail: { serviceEventDetails: { enableControlStatus: {} } } },
    ],
    ['that is none', 'text'],
    ['that is nothing', undefined],
  ])('tells no end: one %s', (_, event) => {
    expect(endedOperation(event)).toBeUndefined();
  });

  it('of a unit names no account', () => {
    expect(endedOperation(lifecycleEnd('baseline', 'ou-ab12-workload'))).not.toBe(
      awaitedOperation(tenant({ account, enrollment }), { operation: 'enrollment' }),
    );
  });
});
