import * as fc from 'fast-check';

import {
  ACCOUNT_SEARCH_KEY,
  accountClaim,
  aliasClaim,
  budgetKey,
  claimKey,
  contentKey,
  desiredStateKey,
  emailClaim,
  errorOf,
  groupClaim,
  historyKey,
  LANE_AND_LINE,
  landingZoneKey,
  laneKey,
  lineKey,
  outdatedKey,
  placeInLine,
  planKey,
  preflightKey,
  rejectionKey,
  runKey,
  sourceKey,
  sourceNumbersKey,
  sourceTenantKey,
  tenantFilters,
  tenantKey,
  tenantUuidOf,
  usageContentKey,
  usageKey,
  usageRequestsKey,
  waiterKey,
  WAITERS,
} from '../../../../functions/ledger/base/keys';
import { account, NOW, OTHER_TENANT, TENANT, tenant } from '../../../fakes/vending';

const run = { replicationSequence: 17, run: 2 };

/** A ledger that is there already has its items under these keys: another one would not be found. */
it.each([
  [tenantKey('t'), 'TENANT#t', 'TENANT'],
  [desiredStateKey('t', 17), 'TENANT#t', 'DESIRED#0000000000000017'],
  [contentKey('t', 17), 'TENANT#t', 'CONTENT#0000000000000017'],
  [rejectionKey('t', 17), 'TENANT#t', 'REJECTION#0000000000000017'],
  [outdatedKey('t'), 'TENANT#t', 'OUTDATED'],
  [runKey('t', 17, 2), 'TENANT#t', 'RUN#0000000000000017#2'],
  [planKey('t', 17, 2), 'TENANT#t', 'PLAN#0000000000000017#2'],
  [claimKey(emailClaim('Jane@Corp.Example')), 'EMAIL#jane@corp.example', 'CLAIM'],
  [claimKey(aliasClaim('corp-Retail')), 'ALIAS#corp-Retail', 'CLAIM'],
  [claimKey(groupClaim('Admins')), 'GROUP#admins', 'CLAIM'],
  [claimKey(accountClaim('444444444444')), 'ACCOUNT#444444444444', 'CLAIM'],
  [laneKey('account-creation'), 'LANE#account-creation', 'LANE'],
  [lineKey('account-creation'), 'LANE#account-creation', 'LINE'],
  [waiterKey('l', NOW.toISOString(), 't', run), 'LANE#l', 'WAITER#2026-11-24T10:00:00.000Z#t#17#2'],
  [landingZoneKey('aws-dev'), 'LANDING_ZONE#aws-dev', 'MODE'],
  [historyKey('vend'), 'HISTORY#vend', 'HISTORY'],
  [budgetKey('organizations:ListParents'), 'BUDGET#organizations:ListParents', 'BUDGET'],
  [preflightKey('p'), 'PREFLIGHT#p', 'PREFLIGHT'],
  [sourceKey('aws.global'), 'MESHSTACK#aws.global', 'SOURCE'],
  [sourceNumbersKey('aws.global'), 'MESHSTACK#aws.global', 'NUMBERS'],
  [sourceTenantKey('aws.global', 't'), 'MESHSTACK#aws.global', 'TENANT#t'],
  [usageKey('2026-11'), 'USAGE#2026-11', 'USAGE'],
  [usageRequestsKey('2026-11'), 'USAGE#2026-11', 'REQUESTS'],
  [usageContentKey('2026-11', 'hash', 3), 'USAGE#2026-11', 'CONTENT#hash#3'],
  [ACCOUNT_SEARCH_KEY, 'SEARCH#accounts', 'SEARCH'],
])('%j is the key of an item', (key, partition, sort) => {
  expect(key).toEqual({ partition, sort });
});

it('finds the tenant of an item by its key', () => {
  expect(tenantUuidOf(runKey(TENANT, 17, 1))).toBe(TENANT);
});

it('tells the lane and its line from those that wait there', () => {
  expect(laneKey('l').sort.startsWith(LANE_AND_LINE)).toBe(true);
  expect(lineKey('l').sort.startsWith(LANE_AND_LINE)).toBe(true);
  expect(WAITERS).toBe('WAITER#');
  expect(WAITERS.startsWith(LANE_AND_LINE)).toBe(false);
});

describe('placeInLine', () => {
  const placeOf = (since: Date, tenantUuid = TENANT): string =>
    placeInLine(waiterKey('l', since.toISOString(), tenantUuid, run).sort);

  it('is the instant in eight characters, and eight of the tenant', () => {
    expect(placeOf(NOW)).toBe(`${NOW.getTime().toString(36)}7d0c0001`);
    expect(placeOf(new Date(1000))).toBe('000000rs7d0c0001');
  });

  it('stands in the order of the instants, and tells tenants of one instant apart', () => {
    const instants = fc.date({ min: new Date(0), max: new Date('2059-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        fc.pre(one.getTime() !== other.getTime());
        expect(placeOf(one) < placeOf(other)).toBe(one < other);
      }),
      { numRuns: 50 },
    );
    expect(placeOf(NOW, OTHER_TENANT)).not.toBe(placeOf(NOW));
  });
});

describe('tenantFilters', () => {
  it('are those of the tenant, and its error as long as it is failed', () => {
    const failed = tenant({ status: 'FAILED', failedWith: 'RejectedError', landingZone: 'aws-dev' });
    expect(tenantFilters(failed)).toEqual({
      workspace: 'retail',
      project: 'webshop-dev',
      landingZone: 'aws-dev',
      error: 'RejectedError',
      email: null,
    });
    expect(tenantFilters({ ...failed, status: 'RUNNING' })).toMatchObject({ error: null });
  });

  it('say nothing of a landing zone or an error that no release has recorded', () => {
    expect(tenantFilters(tenant({ status: 'FAILED' }))).toMatchObject({ landingZone: null, error: null });
  });

  it('are none where the tenant is nothing but rejected: its rejection is listed', () => {
    expect(tenantFilters(tenant({ status: 'REJECTED' }))).toEqual({});
  });

  it('name the e-mail of an account to which no claim leads, in the case in which it is looked for', () => {
    const known = { ...account, email: 'Jane@Corp.Example' };
    expect(tenantFilters(tenant({ account: known }))).toMatchObject({ email: 'jane@corp.example' });
    const claims = [emailClaim(known.email)];
    expect(tenantFilters(tenant({ account: known, claims }))).toMatchObject({ email: null });
    expect(tenantFilters(tenant({ claims }))).toMatchObject({ email: null });
  });
});

it('has an error only where the tenant is failed', () => {
  expect(errorOf(tenant({ status: 'FAILED', failedWith: 'TransientError' }))).toBe('TransientError');
  expect(errorOf(tenant({ status: 'VENDED', failedWith: 'TransientError' }))).toBeNull();
});
