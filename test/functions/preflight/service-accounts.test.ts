import type { CheckReport } from '../../../functions/domain/fleet/preflight';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { OrganizationSeed } from '../../../sandbox/organization/organization-seed';
import { CONFIGURATION, PreflightWorld } from './preflight-world';

const [LOG_ARCHIVE, AUDIT] = ['777777777771', '777777777772'] as const;
function seed(): Partial<OrganizationSeed> {
  const { accounts } = exampleOrganization();
  const shared = { parentId: 'ou-ab12-infra001', email: 'aws+shared@corp.example' };
  return {
    accounts: [
      ...accounts,
      { ...shared, id: LOG_ARCHIVE, name: 'LogArchive' },
      { ...shared, id: AUDIT, name: 'Audit' },
    ],
    controlTower: { sharedAccounts: { logArchive: LOG_ARCHIVE, audit: AUDIT } },
  };
}

type Platform = (typeof CONFIGURATION)['platform'];

beforeAll(loadPolicyTables);

describe('a preflight, of accounts that serve others', () => {
  const look = async (changes: Partial<Platform> = {}, hasLedger = true): Promise<ReadonlyMap<string, CheckReport>> => {
    const configuration = { ...CONFIGURATION, platform: { ...CONFIGURATION.platform, ...changes } };
    const reports = await new PreflightWorld({ seed: seed(), configuration, hasLedger }).look();
    return new Map(reports.map((report) => [report.id, report]));
  };

  it('names those that Control Tower shares, and which of them the configuration does not', async () => {
    const { result, detail } = (await look({ sharedAccountIds: [AUDIT] })).get('shared-accounts') ?? {};
    expect(result).toBe('ok');
    expect(detail).toContain(`${LOG_ARCHIVE} (centralizedLogging), ${AUDIT} (securityRoles)`);
    expect(detail).toMatch(new RegExp(`Not among sharedAccountIds in platform\\.json: ${LOG_ARCHIVE}\\.$`, 'u'));
  });

  it.each([
    { configured: undefined, result: 'ok', detail: '111111111111' },
    { configured: '111111111111', result: 'ok', detail: '' },
    {
      configured: '999999999999',
      result: 'failed',
      detail: 'names 999999999999, and this application runs in 111111111111',
    },
  ])(
    'finds out whether $configured is the account of the application: $result',
    async ({ configured, result, detail }) => {
      const found = await look(configured === undefined ? {} : { meshcloudAccountId: configured });
      expect(found.get('meshcloud-account')?.result).toBe(result);
      expect(found.get('meshcloud-account')?.detail ?? '').toContain(detail);
    },
  );

  it('does not take the account of anyone who looks by itself for that of the application', async () => {
    expect((await look({ meshcloudAccountId: '999999999999' }, false)).get('meshcloud-account')?.result).toBe(
      'skipped',
    );
  });

  it('says which of them nothing but the tag keeps from being closed: those that the policy does not name', async () => {
    const { result, detail } = (await look()).get('account-closing-rights') ?? {};

    expect(result).toBe('ok');
    expect(detail).toContain(`Protected by lacking the tag of a tenant alone: ${LOG_ARCHIVE}, ${AUDIT} (parameter`);
    expect(detail).not.toContain('333333333333');
  });
});
