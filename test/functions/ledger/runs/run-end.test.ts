import type { RunRecord } from '../../../../functions/domain/records/ledger-records';
import { ended, hasEnded, lostSince, type RunEnd } from '../../../../functions/ledger/runs/run-end';
import { after, NOW, tenant } from '../../../fakes/vending';
import { closed, failed, stepError, vended } from '../ledger-calls';

const shadow = { landingZone: 'aws-dev', accountId: null, changes: [], refusal: null };
const shadowed: RunEnd = { status: 'SHADOWED', shadow };
const superseded: RunEnd = { status: 'SUPERSEDED', by: 18 };

const run: RunRecord = {
  replicationSequence: 17,
  run: 1,
  workflow: 'vend-account',
  status: 'RUNNING',
  executionArn: null,
  startedAt: NOW.toISOString(),
  resumedAt: NOW.toISOString(),
  finishedAt: null,
  error: stepError,
  supersededBy: null,
  reconciledIn: null,
  steps: [],
};

const LATER = after(60);

it.each(['VENDED', 'FAILED', 'SUPERSEDED', 'CLOSED', 'SHADOWED'] as const)('has ended once it is %s', (status) => {
  expect(hasEnded({ ...run, status })).toBe(true);
});

it.each(['ACCEPTED', 'RUNNING'] as const)('has not ended as long as it is %s', (status) => {
  expect(hasEnded({ ...run, status })).toBe(false);
});

describe('a run that ends', () => {
  it.each([vended, closed, failed, superseded, shadowed])('says how and when: $status', (end) => {
    const { shadow: found, ...record } = ended(run, end, LATER);
    expect(record).toEqual({
      ...run,
      status: end.status,
      finishedAt: LATER.toISOString(),
      error: end === failed ? stepError : null,
      supersededBy: end === superseded ? 18 : null,
    });
    expect(found).toEqual(end === shadowed ? shadow : undefined);
  });

  it('says as much of what a shadow run has found as there is room for', () => {
    const change = {
      service: 'tags',
      action: 'add',
      subject: 'x',
      before: null,
      after: 'x'.repeat(150 * 1024),
    } as const;
    const found = { state: 'TagAccount', ...change };
    const shadowOf = (more: object): unknown => {
      const end = { status: 'SHADOWED', shadow: { ...shadow, ...more } } as const;
      return ended(run, end, LATER).shadow;
    };
    const three = { changes: [found, found, found], changesLeftOut: 4 };
    expect(shadowOf(three)).toEqual({ ...shadow, changes: [found], changesLeftOut: 6 });
    expect(shadowOf({ changes: [found] })).toEqual({ ...shadow, changes: [found] });
    expect(shadowOf({ changes: null })).toEqual({ ...shadow, changes: null });
    const refusal = { state: 'GuardAccount', message: 'It is not ours.', remedy: 'Look at it.' };
    expect(shadowOf({ changes: null, refusal })).toEqual({ ...shadow, changes: null, refusal });
    const long = { ...refusal, message: 'x'.repeat(100_000) };
    const { message } = (shadowOf({ changes: null, refusal: long }) as { readonly refusal: typeof refusal }).refusal;
    expect(message.length).toBeGreaterThan(100);
    expect(message.length).toBeLessThan(100_000);
  });

  it('says in its timeline at which state it was killed, where it is known', () => {
    const known = ended(run, { ...failed, state: 'TagAccount' } as RunEnd, LATER);
    expect(known.steps).toMatchObject([
      { state: 'TagAccount', startedAt: LATER.toISOString(), finishedAt: null, error: stepError },
    ]);
    expect(ended(run, { ...failed, state: null } as RunEnd, LATER).steps).toEqual([]);
  });
});

describe('an account that is lost', () => {
  const since = NOW.toISOString();
  const lost: RunEnd = { status: 'FAILED', error: { ...stepError, accountLost: true } };

  it('is known since a run has failed for it', () => {
    expect(lostSince(tenant(), lost, LATER)).toBe(LATER.toISOString());
  });

  it.each([vended, closed, failed, superseded])('is not lost any more after another end: $status', (end) => {
    expect(lostSince(tenant({ accountLostSince: since }), end, LATER)).toBeNull();
  });

  it('stays lost after a run that has only looked', () => {
    expect(lostSince(tenant({ accountLostSince: since }), shadowed, LATER)).toBe(since);
    expect(lostSince(tenant(), shadowed, LATER)).toBeNull();
  });
});
