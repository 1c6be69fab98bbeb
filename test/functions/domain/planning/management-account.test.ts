import {
  accessOnlyPlan,
  isOfManagement,
  managementAccountOf,
} from '../../../../functions/domain/planning/management-account';
import { PlanSchema, type VendingPlan } from '../../../../functions/domain/plan/plan';
import { enrollment, group, plan } from '../../../fakes/vending';
import { configuration } from '../examples';

const MANAGEMENT = '222222222222';
const ACCESS = { permissionSetArns: ['arn'] };

describe('the management account', () => {
  it('is that of the role which enters it', () => {
    expect(managementAccountOf(configuration().platform)).toBe(MANAGEMENT);
  });

  it.each([
    [{ managementAccount: true }, ACCESS, true],
    [{ managementAccount: true }, undefined, false],
    [{ managementAccount: false }, ACCESS, false],
    [{}, ACCESS, false],
    [undefined, ACCESS, false],
    [undefined, undefined, false],
  ])('is that of a landing zone with %j, where the platform has %j: %s', (landingZone, access, expected) => {
    expect(isOfManagement(landingZone, { managementAccountAccess: access })).toBe(expected);
  });
});

describe('a plan that gives access alone', () => {
  const store = { region: 'r', identityStoreId: 'd', instanceArn: 'a', scim: null };
  const kept = {
    existingAccountId: MANAGEMENT,
    groups: [group('mst-a')],
    identityStore: store,
    membersKnown: true,
    meshIdentifiers: { jane: 'u-1' },
    skipUserGroupPermissionCleanup: true,
    accessRoleProfile: 'sealed' as const,
    remarks: ['r'],
    allowHierarchicalOrganizationalUnitAssignment: true,
    landingZone: 'management',
  };
  const taken: Partial<VendingPlan> = {
    import: { organizationalUnits: ['ou'], tag: null },
    enrollment,
    controlTowerRegion: 'r',
    controlTowerFollowsMoves: true,
    stackSetRemovals: [{ name: 'n', homeRegion: 'h', regions: ['r'] }],
    stackSets: [{ name: 'n', homeRegion: 'h', regions: ['r'], parameters: {} }],
    stackSetExecutionRole: { name: 'n', managedPolicyArns: ['a'], trustedAccountId: 't' },
    landingZoneFunction: { arn: 'a', payload: {} },
    externalAvm: { tags: { a: 'b' } },
    selfDowngrade: true,
    samlAccess: { provider: { name: 'n', metadataDocument: null }, roles: [], failIfNotFound: true },
    unenrollment: enrollment,
    customizations: [],
    factoryUser: { email: 'e', region: 'r', instanceArn: null, identityStoreId: null },
    workspaceOrgUnit: { parentOrgUnitId: 'p', name: 'n' },
  };

  it('keeps who has access, and takes all else away', () => {
    const all = plan({
      ...kept,
      ...taken,
      serviceAccounts: [
        { id: MANAGEMENT, what: 'm' },
        { id: '333333333333', what: 'a' },
      ],
    });
    const found = accessOnlyPlan(all, MANAGEMENT);
    expect(found).toStrictEqual({
      planVersion: 1,
      tenantUuid: all.tenantUuid,
      targetOrgUnitId: all.targetOrgUnitId,
      accessOnly: true,
      account: { ...all.account, alias: '', enforceAlias: false },
      ...kept,
      import: null,
      serviceAccounts: [{ id: '333333333333', what: 'a' }],
      tags: {},
      tagNamespacePrefix: null,
      enrollment: null,
      controlTowerRegion: null,
      controlTowerFollowsMoves: false,
      stackSetExecutionRole: null,
      stackSets: [],
      stackSetRemovals: [],
      landingZoneFunction: null,
      externalAvm: null,
      samlAccess: null,
      selfDowngrade: false,
    });
    expect(PlanSchema.parse(found)).toEqual(found);
  });

  it.each<Partial<VendingPlan>>([
    { existingGroups: { withinHours: 1, groups: [] } },
    { adoptGroups: true },
    { approval: { expiresAfterDays: 1 } },
    { shadow: true },
  ])('keeps %j where it is there', (changes) => {
    expect(accessOnlyPlan(plan(changes), MANAGEMENT)).toMatchObject(changes);
    expect(Object.keys(accessOnlyPlan(plan(), MANAGEMENT))).not.toContain(Object.keys(changes)[0]);
  });

  it('closes nothing, and releases no alias', () => {
    const closing = { managementAccountId: MANAGEMENT, closesAccount: true, releasesAlias: true };
    expect(accessOnlyPlan(plan({ closing }), MANAGEMENT).closing).toEqual({
      managementAccountId: MANAGEMENT,
      closesAccount: false,
      releasesAlias: false,
    });
    expect(Object.keys(accessOnlyPlan(plan(), MANAGEMENT))).not.toContain('closing');
  });
});
