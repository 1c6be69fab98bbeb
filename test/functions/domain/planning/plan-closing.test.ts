import { planClosing } from '../../../../functions/domain/planning/plan-closing';
import { PlanSchema } from '../../../../functions/domain/plan/plan';
import type { TenantRecord } from '../../../../functions/domain/records/ledger-records';
import { account, creation, NOW, tenant } from '../../../fakes/vending';
import { type Change, configuration, MANAGEMENT_ACCESS } from '../examples';
import { says } from '../says';

const CLOSES: Change = ['landingZone.closeAccount', true];

const closing = (changes: readonly Change[] = [CLOSES], record: Partial<TenantRecord> = {}) => {
  const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-dev' };
  return planClosing(tenant({ account, deletion, ...record }), configuration(...changes));
};
const unknown = { deletion: { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'gone' } };

describe('the plan of a closing', () => {
  it('gives nobody access, and takes the account out of all', () => {
    const plan = closing();
    expect(PlanSchema.parse(plan)).toEqual(plan);
    expect(plan).toMatchObject({
      planVersion: 1,
      tenantUuid: tenant().tenantUuid,
      landingZone: 'aws-dev',
      existingAccountId: null,
      import: null,
      account: {
        name: account.name,
        email: account.email,
        alias: '',
        accessRole: 'MeshstackAccountAccessRole',
        enforceAlias: false,
      },
      targetOrgUnitId: 'ou-ab12-cdefgh34',
      tags: {},
      tagNamespacePrefix: null,
      stackSetExecutionRole: null,
      allowHierarchicalOrganizationalUnitAssignment: false,
      controlTowerRegion: 'eu-central-1',
      controlTowerFollowsMoves: false,
      stackSetRemovals: [],
      landingZoneFunction: null,
      externalAvm: null,
      groups: [],
      samlAccess: null,
      membersKnown: true,
      meshIdentifiers: {},
      selfDowngrade: false,
      skipUserGroupPermissionCleanup: false,
      accessRoleProfile: 'meshstack',
      remarks: [],
      stackSets: [
        { name: 'baseline', homeRegion: 'eu-west-1', regions: ['eu-central-1', 'eu-west-1'], parameters: {} },
      ],
      closing: { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true },
      identityStore: { region: 'eu-west-1', identityStoreId: 'd-1234567890', scim: null },
      enrollment: { strategy: 'account-factory', managementAccountId: '222222222222' },
      factoryUser: { email: 'cloud@corp.example' },
    });
    expect(plan.serviceAccounts.map(({ id }) => id)).toEqual(['222222222222', '333333333333']);
    expect(plan).not.toHaveProperty('approval');
    expect(plan).not.toHaveProperty('accessOnly');
  });

  it.each<[string, readonly Change[], Partial<TenantRecord>, string | null]>([
    ['is closed where its landing zone says so', [CLOSES], {}, null],
    ['stays where it does not', [], {}, "The landing zone 'aws-dev' does not close accounts (closeAccount): people"],
    [
      'stays where it is not known any more',
      [CLOSES],
      unknown,
      "The landing zone 'gone' is not configured any more: peop",
    ],
    [
      'stays where it is called like what objects have',
      [CLOSES],
      { deletion: { ...unknown.deletion, landingZone: 'constructor' } },
      "The landing zone 'constructor' is not configured",
    ],
    [
      'stays where nobody knows the landing zone',
      [CLOSES],
      { deletion: null },
      "The landing zone '' is not configured",
    ],
    [
      'stays where it was there before its tenant',
      [CLOSES],
      { account: { ...account, imported: true } },
      "The account was there before its tenant, and the landing zone 'aws-dev' does not close such accounts (closeImportedAccounts): people lose their access, and the account stays.",
    ],
    [
      'is closed all the same, where that is allowed',
      [CLOSES, ['landingZone.closeImportedAccounts', true]],
      { account: { ...account, imported: true } },
      null,
    ],
    ['is closed once it is known', [CLOSES], { account: null }, null],
  ])('says that the account %s', (_, changes, record, remark) => {
    const plan = closing(changes, record);
    expect(plan.closing?.closesAccount).toBe(remark === null);
    const remarks = remark === null ? [] : [says(remark)];
    expect(plan.remarks).toEqual(remarks);
  });

  it.each<[string, readonly Change[], boolean]>([
    ['of an account that is closed', [CLOSES], true],
    ['of an account that stays, where the landing zone says so', [['landingZone.releaseAlias', true]], true],
    ['not of one that stays', [], false],
    ['not of one that stays, where the landing zone says that', [['landingZone.releaseAlias', false]], false],
  ])('releases the alias %s', (_, changes, expected) => {
    expect(closing(changes).closing?.releasesAlias).toBe(expected);
  });

  it('names the account as AWS was asked for it, before it is known', () => {
    const asked = creation({ accountName: 'asked', email: 'asked@corp.example' });
    expect(closing([CLOSES], { account: null, creation: asked }).account).toMatchObject({
      name: 'asked',
      email: 'asked@corp.example',
    });
    expect(closing([CLOSES], { account: null, creation: null }).account).toMatchObject({ name: '', email: '' });
  });

  it.each<[string, readonly Change[], boolean]>([
    ['closes it, no matter who has enrolled it', [CLOSES, ['landingZone.awsEnrollAccount', false]], true],
    ['keeps it, and it is enrolled', [], true],
    ['keeps it, and it is not enrolled', [['landingZone.awsEnrollAccount', false]], false],
    [
      'closes it without Control Tower',
      [CLOSES, ['platform.enrollmentConfiguration', undefined], ['landingZone.awsEnrollAccount', false]],
      false,
    ],
  ])('takes the account out of Control Tower where it %s', (_, changes, expected) => {
    expect(closing(changes).enrollment !== null).toBe(expected);
  });

  it('knows nothing of Control Tower, stack sets and units of a landing zone that is gone', () => {
    expect(closing([CLOSES], unknown)).toMatchObject({ targetOrgUnitId: '', enrollment: null, stackSets: [] });
  });

  it('knows whether Control Tower follows moves, and where it is', () => {
    const byMove = closing([CLOSES, ['platform.enrollmentConfiguration.strategy', 'auto-enroll']]);
    expect(byMove).toMatchObject({ controlTowerFollowsMoves: true, controlTowerRegion: 'eu-central-1' });
    const without = closing([
      CLOSES,
      ['platform.enrollmentConfiguration', undefined],
      ['landingZone.awsEnrollAccount', false],
    ]);
    expect(without).toMatchObject({ controlTowerFollowsMoves: false, controlTowerRegion: null });
  });

  it('asks somebody first where the landing zone does', () => {
    const plan = closing([CLOSES, ['landingZone.approval', { close: true, expiresAfterDays: 3 }]]);
    expect(plan.approval).toEqual({ expiresAfterDays: 3 });
    expect(plan.remarks).toEqual(['Before the account is taken out of use, somebody has to approve it within 3 days.']);
    expect(closing([CLOSES, ['landingZone.approval', { create: true }]])).not.toHaveProperty('approval');
  });

  it('touches nothing of the management account but access', () => {
    const management = { ...account, id: '222222222222' };
    const plan = closing([CLOSES, MANAGEMENT_ACCESS], { account: management });
    expect(plan).toMatchObject({
      accessOnly: true,
      stackSets: [],
      enrollment: null,
      controlTowerRegion: null,
      controlTowerFollowsMoves: false,
      closing: { managementAccountId: '222222222222', closesAccount: false, releasesAlias: false },
    });
    expect(plan.serviceAccounts.map(({ id }) => id)).toEqual(['333333333333']);
    expect(closing([CLOSES, MANAGEMENT_ACCESS])).not.toHaveProperty('accessOnly');
    expect(closing([CLOSES], { account: management })).not.toHaveProperty('accessOnly');
    expect(closing([CLOSES, MANAGEMENT_ACCESS], { account: null })).not.toHaveProperty('accessOnly');
  });
});
