import {
  accountsInUnit,
  CONTROL_TOWER_ACCOUNTS,
  ENROLLMENTS_A_WEEK,
  IDENTITY_CENTER_ACCOUNTS,
  isLittle,
  MANAGED_ACCOUNTS_TIMES_REGIONS,
  SERVICE_CATALOG_ACCOUNTS,
} from '../../../../functions/domain/fleet/fleet-limits';
import {
  type CheckReport,
  PreflightRecordSchema,
  shownPreflight,
  statusOf,
} from '../../../../functions/domain/fleet/preflight';
import { after, NOW } from '../../../fakes/vending';

describe("AWS's limits", () => {
  it('are those of its guides', () => {
    expect({
      ENROLLMENTS_A_WEEK,
      MANAGED_ACCOUNTS_TIMES_REGIONS,
      CONTROL_TOWER_ACCOUNTS,
      IDENTITY_CENTER_ACCOUNTS,
      SERVICE_CATALOG_ACCOUNTS,
    }).toEqual({
      ENROLLMENTS_A_WEEK: 1000,
      MANAGED_ACCOUNTS_TIMES_REGIONS: 150_000,
      CONTROL_TOWER_ACCOUNTS: 10_000,
      IDENTITY_CENTER_ACCOUNTS: 7000,
      SERVICE_CATALOG_ACCOUNTS: 15_000,
    });
  });

  it.each([
    [14, 1000],
    [15, 1000],
    [16, 680],
    [22, 680],
  ])('with %s governed regions a unit takes %s accounts', (regions, accounts) => {
    expect(accountsInUnit(regions)).toBe(accounts);
  });

  it.each([
    [99, 1000, true],
    [100, 1000, false],
    [101, 1000, false],
    [4, 10, true],
    [5, 10, false],
    [6, 10, false],
    [5, 50, false],
    [5, 51, true],
    [-1, 10, true],
  ])('%s left of %s is little: %s', (left, most, expected) => {
    expect(isLittle(left, most)).toBe(expected);
  });
});

describe('a preflight', () => {
  const check = (result: CheckReport['result']): CheckReport => ({
    id: 'c',
    sentence: 's',
    result,
    detail: null,
    remedy: null,
  });

  it.each([
    [['ok', 'skipped'], 'PASSED'],
    [[], 'PASSED'],
    [['ok', 'failed'], 'FINDINGS'],
    [['unknown', 'ok'], 'FINDINGS'],
  ] as const)('with %o has %s', (results, status) => {
    expect(statusOf(results.map(check))).toBe(status);
  });

  const record = PreflightRecordSchema.parse({
    id: 'p',
    status: 'RUNNING',
    startedAt: NOW.toISOString(),
    finishedAt: null,
    checks: [check('ok')],
  });

  it.each([
    [1199, 'RUNNING'],
    [1200, 'RUNNING'],
    [1201, 'FAILED'],
  ])('that has run for %s seconds is shown as %s', (seconds, status) => {
    expect(shownPreflight(record, after(seconds))).toEqual({ ...record, status });
  });

  it('that has ended is shown as it is', () => {
    const ended = { ...record, status: 'PASSED' as const };
    expect(shownPreflight(ended, after(9999))).toBe(ended);
  });
});
