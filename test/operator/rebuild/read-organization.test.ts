import type { PlatformConfiguration } from '../../../functions/domain/configuration/platform-configuration';
import { groupMark } from '../../../functions/domain/access/tenant-groups';
import { TENANT_TAG_KEY } from '../../../functions/domain/plan/plan';
import { loadConfiguration } from '../../../infra/config';
import { readOrganization } from '../../../operator/rebuild/read-organization';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import type { Organization } from '../../../sandbox/organization/organization';
import { joinByInvitation } from '../../../sandbox/organization/organization-planting';
import { plantProduct } from '../../../sandbox/organization/services/service-catalog/plant-product';
import { administrator, LEGACY, MANAGEMENT } from '../../sandbox/organization/organization-under-test';
import { modelOf } from '../discover/discovered';

const TENANT = '7d0c1b1e-0000-4000-8000-000000000001';
const MADE = '444444444444';
const INVITED = '555555555555';
const NOW = Date.UTC(2026, 10, 24, 12);

const { platform } = loadConfiguration('sandbox/config');

/** More tags than AWS lists at once, the tenant's in the middle of them. */
const tags = Object.fromEntries([
  ...Array.from({ length: 30 }, (_, index) => [`tag${index}`, 'x'] as const),
  [TENANT_TAG_KEY, TENANT] as const,
]);

function organization(): Organization {
  const { identityCenter, accounts, ...example } = exampleOrganization();
  if (identityCenter === undefined) throw new Error('The example has no IAM Identity Center.');
  const groups = [
    { name: 'retail.webshop-admin', description: groupMark(TENANT) },
    { name: 'employees', description: `not ${groupMark(TENANT)}` },
    { name: 'guests' },
  ];
  const account = { id: MADE, name: 'retail.webshop', email: 'made@corp.example', parentId: LEGACY, tags };
  const made = modelOf(
    { ...example, identityCenter: { ...identityCenter, groups }, accounts: [...accounts, account] },
    { clock: { now: () => NOW }, lists: () => ({ seed: 1, emptyFirst: true, pages: 3 }) },
  );
  joinByInvitation(
    made.state,
    { id: INVITED, name: 'bought', email: 'bought@corp.example', parentId: LEGACY, state: 'SUSPENDED' },
    NOW,
  );
  // What is planted has come by an invitation.
  Object.assign(made.state.accounts.get(MADE) ?? {}, { joinedMethod: 'CREATED' });
  return made;
}

const read = (from: Organization, changes: Partial<PlatformConfiguration> = {}, notices: string[] = []) =>
  readOrganization(
    { credentials: administrator(MANAGEMENT), requestHandler: inProcessRequestHandler(from) },
    { ...platform, ...changes },
    (text) => notices.push(text),
  );

describe('what is read of an organization to rebuild the ledger', () => {
  it('is every account, with the tenant that its tag names, and whether it was made or invited', async () => {
    const { accounts } = await read(organization());
    const [made, invited] = [MADE, INVITED].map((wanted) => accounts.find(({ id }) => id === wanted));
    expect(made).toMatchObject({
      name: 'retail.webshop',
      email: 'made@corp.example',
      state: 'ACTIVE',
      tenantUuid: TENANT,
      isInvited: false,
      arn: expect.stringContaining(MADE) as string,
    });
    expect(invited).toMatchObject({ state: 'SUSPENDED', tenantUuid: null, isInvited: true, joinedAt: new Date(NOW) });
    expect(accounts.length).toBeGreaterThan(3);
  });

  it('is what AWS is making, and not what it has made or refused', async () => {
    const asked = organization();
    const request = { email: 'x@corp.example', requestedAt: NOW, completesAt: NOW + 60_000, completedAt: null };
    const none = { accountId: null, govCloudAccountId: null, failureReason: null };
    for (const [name, state] of [
      ['open', 'IN_PROGRESS'],
      ['made', 'SUCCEEDED'],
      ['refused', 'FAILED'],
    ] as const) {
      const id = `car-${name.padStart(32, '0')}`;
      asked.state.creations.set(id, { ...request, ...none, id, accountName: name, state });
    }
    expect(await read(asked)).toMatchObject({
      requests: [{ id: expect.stringMatching(/open$/u) as string, accountName: 'open' }],
    });
  });

  it('is the groups whose description begins with the mark of a tenant', async () => {
    const { groups } = await read(organization());
    expect(groups).toMatchObject([
      {
        identityStoreId: platform.awsIdentityStore?.identityStoreId,
        name: 'retail.webshop-admin',
        tenantUuid: TENANT,
      },
    ]);
  });

  it('lists all products of the Account Factory where accounts are enrolled, including those of other tools', async () => {
    const enrolled = organization();
    const product = { id: 'pp-1', name: 'by-hand', accountId: MADE, status: 'AVAILABLE', hasSucceeded: true } as const;
    plantProduct(enrolled.state, { ...product, createdAt: NOW });
    const { enrollmentConfiguration, ...without } = platform;
    expect(enrollmentConfiguration).toBeDefined();
    expect((await read(enrolled)).products).toMatchObject([product]);
    const settings = { credentials: administrator(MANAGEMENT), requestHandler: inProcessRequestHandler(enrolled) };
    expect(await readOrganization(settings, without, () => undefined)).toMatchObject({ products: [] });
  });
});
