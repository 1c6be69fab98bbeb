import { changesNothing, type PreviewedChange } from '../../../../functions/domain/run/preview';
import {
  acting,
  shadowRecord,
  shadowTold,
  shadowVerdict,
  isForbidden,
  shadowed,
} from '../../../../functions/domain/run/shadow';
import { hasStartedNothing } from '../../../../functions/domain/run/step-context';
import { account, creation, plan, tenant } from '../../../fakes/vending';

const change: PreviewedChange = { state: 'TagAccount', what: 'tag stage', from: null, to: 'dev' };
const refusal = { state: 'ImportAccount', message: 'No.', remedy: 'Do not.' };

describe('what a shadow run has found', () => {
  it.each([
    [{ changes: [], refusal: null }, 'SAME', true],
    [{ changes: [change], refusal: null }, 'CHANGE', false],
    [{ changes: null, refusal: null }, 'CREATE', false],
    [{ changes: [], refusal }, 'REFUSED', false],
    [{ changes: null, refusal }, 'REFUSED', false],
  ])('%o is %s', (found, verdict, isNothing) => {
    expect(shadowVerdict(found)).toBe(verdict);
    expect(changesNothing(found)).toBe(isNothing);
  });

  const record = { landingZone: 'aws-dev', accountId: null, changes: [change, change, change], refusal: null };
  const bytes = JSON.stringify(change).length;

  it.each([
    [3 * bytes, 3, 0],
    [3 * bytes - 1, 2, 1],
    [bytes - 1, 0, 3],
  ])('is cut to %s bytes: %s changes, and %s left out', (mostBytes, kept, leftOut) => {
    const told = shadowTold(record, mostBytes);
    expect(told).toMatchObject({ changes: Array(kept).fill(change), changesLeftOut: leftOut, verdict: 'CHANGE' });
    expect(shadowTold({ ...record, changesLeftOut: 7 }, mostBytes).changesLeftOut).toBe(7 + leftOut);
  });

  it('has room for 128 KB of changes in an event', () => {
    const large = { ...change, to: 'x'.repeat(1024 - bytes + 'dev'.length) };
    const told = shadowTold({ ...record, changes: Array(129).fill(large) });
    expect(told).toMatchObject({ changesLeftOut: 1 });
    expect(told.changes).toHaveLength(128);
  });

  it('is nothing left out where everything is created', () => {
    expect(shadowTold({ ...record, changes: null })).toMatchObject({ changes: null, changesLeftOut: 0 });
  });

  it.each([
    ['the account that was found', '444444444444', '555555555555', '444444444444'],
    ['the account that the plan names', null, '555555555555', '555555555555'],
    ['no account', null, null, null],
  ])('is kept with %s', (_, found, existingAccountId, accountId) => {
    const kept = shadowRecord({ changes: [change], refusal: null }, plan({ existingAccountId }), found);
    expect(kept).toEqual({ landingZone: 'aws-dev', accountId, changes: [change], refusal: null });
  });
});

describe('a run that only looks', () => {
  const looking = shadowed(plan({ remarks: ['first'] }));

  it('says so, after its other remarks, and acts without the word', () => {
    expect(looking).toMatchObject({ shadow: true });
    expect(looking.remarks).toEqual(['first', "The landing zone 'aws-dev' is in shadow mode: nothing is changed."]);
    expect(acting(looking).shadow).toBeUndefined();
  });

  it.each([
    ['AwaitReconciliationTurn', looking, false],
    ['CompleteShadow', looking, false],
    ['TagAccount', looking, true],
    ['TagAccount', plan({ shadow: false }), false],
    ['TagAccount', plan(), false],
  ])('may not enter %s: %#', (state, { shadow }, expected) => {
    expect(isForbidden(state, { shadow })).toBe(expected);
  });
});

describe('a run that has started nothing', () => {
  const steps = (...states: readonly string[]) => ({
    steps: states.map((state) => ({
      state,
      startedAt: '',
      finishedAt: null,
      attempts: 1,
      remark: null,
      error: null,
      changes: [],
    })),
  });
  const hasNone = (record: Parameters<typeof tenant>[0], ...states: readonly string[]) =>
    hasStartedNothing(tenant(record), steps(...states) as unknown as Parameters<typeof hasStartedNothing>[1]);

  it.each([
    ['AWS was not asked for an account', { account: null, creation: null }, ['CreateAccount'], true],
    ['it is certain that AWS has made none', { account: null, creation: creation({ phase: 'cleared' }) }, [], true],
    ['AWS is being asked', { account: null, creation: creation({ phase: 'intended' }) }, [], false],
    ['AWS was asked', { account: null, creation: creation() }, [], false],
    ['a known account was only planned', { account }, ['PlanVending', 'AwaitReconciliationTurn'], true],
    ['a known account was looked at', { account }, ['PlanVending', 'CheckAccount'], false],
    ['a known account has no steps', { account }, [], true],
  ])('%s', (_, record, states, expected) => {
    expect(hasNone(record, ...states)).toBe(expected);
  });
});
