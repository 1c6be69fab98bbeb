import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { findingsIn, PreflightWorld } from './preflight-world';

beforeAll(loadPolicyTables);

describe('a preflight tells how many accounts the organization may have', () => {
  it('by AWS’s default where Service Quotas has no applied value', async () => {
    const reports = await new PreflightWorld({ seed: { hasAppliedAccountQuota: false } }).look();

    expect(findingsIn(reports)).toEqual([]);
    expect(reports.find(({ id }) => id === 'account-quota')).toMatchObject({
      result: 'ok',
      detail: expect.stringContaining('of 10 accounts') as string,
    });
  });
});
