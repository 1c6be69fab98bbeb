import path from 'node:path';

import type { CheckReport, PreflightRecord } from '../../functions/domain/fleet/preflight';
import { preflightByProfile, type ProfileOptions } from '../../operator/preflight/preflight-by-profile';
import type { ProfileSettings } from '../../operator/discover/profile-settings';
import { deployedRoles, synthesizedTemplates } from '../../sandbox/organization/authorization/deployed-roles';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import type { Organization } from '../../sandbox/organization/organization';
import type { OrganizationSeed } from '../../sandbox/organization/organization-seed';
import {
  organizationWithAft,
  organizationWithConfigBaseline,
  organizationWithoutControlTower,
  OTHER_ACCOUNTS,
} from '../../sandbox/organization/other-organizations';
import { configurationIn, discovered, modelOf } from './discover/discovered';

const EXTERNAL_ID = 'an-external-id-of-a-test-0002';

describe('preflight --direct --profile, with a person’s own rights', () => {
  const as = (organization: Organization, account: keyof typeof OTHER_ACCOUNTS): ProfileSettings => ({
    region: 'eu-central-1',
    requestHandler: inProcessRequestHandler(organization),
    credentials: { accessKeyId: OTHER_ACCOUNTS[account], secretAccessKey: 'not-verified' },
  });

  const look = (
    organization: Organization,
    folder: string,
    given: Partial<ProfileOptions> = {},
  ): Promise<PreflightRecord> =>
    preflightByProfile(
      {
        configurationFolder: path.join(folder, 'config'),
        externalId: undefined,
        management: as(organization, 'management'),
        automation: as(organization, 'automation'),
        ...given,
      },
      { print: () => undefined, notify: () => undefined, pause: () => Promise.resolve(), now: () => new Date() },
    );

  const findings = ({ checks }: PreflightRecord) =>
    checks.filter(({ result }) => result === 'failed' || result === 'unknown').map(({ id, detail }) => [id, detail]);

  const found = ({ checks }: PreflightRecord, id: string): CheckReport | undefined =>
    checks.find((one) => one.id === id);

  it.each([
    ['no Control Tower', organizationWithoutControlTower()],
    ['landing zone 3.3 and AFT', organizationWithAft()],
    ['4.0 with ConfigBaseline alone', organizationWithConfigBaseline(true)],
  ] as const)(
    'accepts what init has written for %s, before anything is deployed',
    async (_what, seed: OrganizationSeed) => {
      const organization = modelOf(seed);
      const { folder } = await discovered(organization);
      const calls = organization.calls.length;

      const record = await look(organization, folder);

      expect(findings(record)).toEqual([]);
      expect(record.status).toBe('PASSED');
      expect(found(record, 'role-exists:MeshfedServiceRole-Create')).toMatchObject({
        result: 'skipped',
        detail: 'There is no role MeshfedServiceRole-Create yet: npx account-vending deploy makes it.',
      });
      expect(found(record, 'unit-exists:aws-workloads')?.result).toBe('ok');
      expect(found(record, 'account-quota')?.result).toBe('ok');
      expect(organization.calls.slice(calls).filter(({ write }) => write)).toEqual([]);
    },
  );

  it('finds what is wrong, as the application would', async () => {
    const seed = organizationWithAft();
    const { folder } = await discovered(modelOf(seed));
    const without = {
      ...seed,
      organizationalUnits: seed.organizationalUnits.filter(({ name }) => name !== 'Prod'),
      accounts: seed.accounts.filter(({ name }) => name !== 'claims-prod'),
    };

    expect(findings(await look(modelOf(without), folder)).map(([id]) => id)).toEqual(['unit-exists:aws-prod']);
  });

  it('skips the automation account where nobody looks there, and says how', async () => {
    const organization = modelOf(organizationWithoutControlTower());
    const { folder } = await discovered(organization);

    const record = await look(organization, folder, { automation: undefined });

    expect(found(record, 'caller-reads:automation')).toMatchObject({
      result: 'skipped',
      detail: 'Nobody can look there: name a profile of the automation account by --profile-automation.',
    });
    expect(findings(record)).toEqual([]);
  });

  it('judges the trust of roles that are there, once the ExternalId is known', async () => {
    const seed = organizationWithoutControlTower();
    const { folder } = await discovered(modelOf(seed));
    const place = { region: 'eu-central-1', partition: 'aws', externalId: EXTERNAL_ID };
    const deployed = modelOf({
      ...seed,
      serviceRoles: deployedRoles(synthesizedTemplates(configurationIn(folder)), seed, place),
    });
    const trust = 'role-trust:MeshfedServiceRole-Create';

    expect(found(await look(deployed, folder), trust)?.detail).toContain('The ExternalId is not known here');
    expect(found(await look(deployed, folder, { externalId: EXTERNAL_ID }), trust)?.result).toBe('ok');
    expect(found(await look(deployed, folder, { externalId: 'another-one-0000000000' }), trust)?.result).toBe('failed');
  });

  it('refuses a profile of another account', async () => {
    const organization = modelOf(organizationWithoutControlTower());
    const { folder } = await discovered(organization);

    await expect(look(organization, folder, { management: as(organization, 'meshcloud') })).rejects.toThrow(
      '--profile is a profile of account 640000000003, and accessConfig.organizationRootAccountRole in platform.json is in 640000000001.',
    );
  });
});
