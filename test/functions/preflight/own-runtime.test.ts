import type { CheckReport } from '../../../functions/domain/fleet/preflight';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { findingsIn, type PlantedDefects, PreflightWorld } from './preflight-world';

beforeAll(loadPolicyTables);

describe('a preflight, of the account that it runs in', () => {
  const look = async (planted: PlantedDefects = {}): Promise<ReadonlyMap<string, CheckReport>> => {
    const reports = await new PreflightWorld(planted).look();
    return new Map(reports.map((report) => [report.id, report]));
  };

  it('tells how many functions Lambda runs at once, in which region, and by which role', async () => {
    const reports = await look();

    expect(findingsIn([...reports.values()])).toEqual([]);
    expect(reports.get('own-concurrency')).toMatchObject({ result: 'ok', detail: '1000 in eu-central-1.' });
    expect(reports.get('own-region')).toMatchObject({
      result: 'ok',
      detail: 'eu-central-1, which every account has.',
    });
    expect(reports.get('own-role')).toMatchObject({ result: 'ok', detail: 'vending-RunPreflight in 111111111111.' });
  });

  it.each([
    { account: 'young', lambda: { concurrency: 10 }, detail: /^Lambda runs 10 functions at once in eu-central-1/u },
    { account: 'shared', lambda: { reserved: 950 }, detail: /^Lambda runs 50 functions at once .*950 are reserved/u },
  ])('finds that a $account account runs too few', async ({ lambda, detail }) => {
    const reports = await look({ seed: { meshcloudLambda: lambda } });

    expect(findingsIn([...reports.values()])).toEqual(['own-concurrency']);
    expect(reports.get('own-concurrency')).toMatchObject({
      detail: expect.stringMatching(detail) as string,
      remedy: expect.stringMatching(
        /request-service-quota-increase --region eu-central-1 --service-code lambda --quota-code L-B99A9384/u,
      ) as string,
    });
  });

  it('knows the roles of functions by the prefix and the path that they have here', async () => {
    process.env['FUNCTION_ROLE_PREFIX'] = 'platform/corp-vending-';
    try {
      const reports = await look({
        roles: (all) =>
          all.map((role) => {
            const trust = JSON.stringify(role.trust).replaceAll('role/vending-', 'role/platform/corp-vending-');
            return { ...role, trust: JSON.parse(trust) as typeof role.trust };
          }),
      });

      // The functions of this test go by their own names all the same, and so are not let in.
      expect(reports.get('own-role')).toMatchObject({
        sentence: expect.stringContaining('the role corp-vending-RunPreflight,') as string,
      });
      expect(JSON.stringify([...reports.values()])).not.toContain('does not trust corp-vending');
    } finally {
      delete process.env['FUNCTION_ROLE_PREFIX'];
    }
  });

  it('takes a hundred for enough', async () => {
    expect(findingsIn([...(await look({ seed: { meshcloudLambda: { concurrency: 100 } } })).values()])).toEqual([]);
  });

  it('cannot tell without its right, and says so', async () => {
    const reports = await look({
      roles: (all) =>
        all.map((role) =>
          role.name === 'vending-RunPreflight'
            ? (JSON.parse(JSON.stringify(role).replace('lambda:GetAccountSettings', 'none:None')) as typeof role)
            : role,
        ),
    });

    expect(reports.get('own-concurrency')).toMatchObject({
      result: 'unknown',
      detail: expect.stringContaining('not authorized to perform: lambda:GetAccountSettings') as string,
    });
  });

  it('looks at nothing of it for anyone who looks by itself', async () => {
    const reports = await look({ hasLedger: false });

    expect(['own-concurrency', 'own-region', 'own-role'].map((id) => reports.get(id)?.result)).toEqual([
      'skipped',
      'skipped',
      'skipped',
    ]);
  });
});
