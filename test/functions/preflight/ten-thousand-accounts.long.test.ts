import { functions } from '../../../infra/functions';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { awsLimits } from '../../../sandbox/organization/organization-limits';
import { plantProduct } from '../../../sandbox/organization/services/service-catalog/plant-product';
import { findingsIn, PreflightWorld } from './preflight-world';

beforeAll(loadPolicyTables);

const COUNT = 9990;
const LONG_AGO = Date.parse('2026-01-01T00:00:00.000Z');

describe('a preflight of an organization of ten thousand accounts', () => {
  it('asks for a page again that AWS turns away, and not for the whole list', async () => {
    let refusals = 2;
    const world = new PreflightWorld({
      faults: {
        beforeCall: ({ operation }) => {
          if (operation !== 'ListAccounts' || refusals === 0) return undefined;
          refusals -= 1;
          return { kind: 'error', code: 'TooManyRequestsException', status: 400, message: 'Slow down' };
        },
      },
    });

    expect(findingsIn(await world.look())).toEqual([]);
    expect(world.pauses).toEqual([]);
  });

  it('ends within the time-out of its function, at the rates of AWS and 200 ms a call', async () => {
    const { accounts } = exampleOrganization();
    const members = Array.from({ length: COUNT }, (_one, index) => ({
      id: String(500_000_000_000 + index),
      name: `member-${index}`,
      email: `aws+${index}@corp.example`,
      parentId: 'ou-ab12-legacy01',
    }));
    const world = new PreflightWorld({
      seed: { accounts: [...accounts, ...members] },
      limits: { ...awsLimits, accounts: 50_000 },
      secondsPerCall: 0.2,
    });
    members.forEach(({ id, name }) => {
      plantProduct(world.organization.state, {
        id: `pp-${id}`,
        name,
        accountId: id,
        status: 'AVAILABLE',
        hasSucceeded: true,
        createdAt: LONG_AGO,
      });
    });

    const reports = await world.look();
    const seconds = world.pauses.reduce((sum, one) => sum + one, 0);

    expect(findingsIn(reports)).toEqual(['fleet-limit:identity-center']);
    expect(reports.find(({ id }) => id === 'account-factory-products')?.detail).toBe(`${COUNT} provisioned products.`);
    // Measured: 140 s. The other half is for a bad day.
    expect(seconds).toBeLessThan(functions.RunPreflight.timeoutSeconds / 2);
  });
});
