import {
  managementAccessFaults,
  managementZoneFaults,
} from '../../../../functions/domain/configuration/management-account';
import type { LandingZone } from '../../../../functions/domain/configuration/landing-zone';
import type { PlatformConfiguration } from '../../../../functions/domain/configuration/platform-configuration';
import { ADMINISTRATOR_SET, VIEW_ONLY_SET, withManagementAccess } from '../../../management-access';

const { platform, landingZones } = withManagementAccess();
const zone = landingZones['aws-management'] as LandingZone;
const { managementAccountAccess: _access, ...withoutAccess } = platform;

const ofPlatform = (changes: object) => managementAccessFaults({ ...platform, ...changes });

const ofZone = (changes: object, of: PlatformConfiguration | undefined = platform) =>
  managementZoneFaults({ ...zone, ...changes }, of);

/** One fault, of this field. */
const fault = (field: string, problem: string): readonly unknown[] => [
  expect.objectContaining({ field, message: expect.stringContaining(problem) as string }),
];

describe('access to the management account', () => {
  it('goes with the identity center that the platform names, by either name', () => {
    expect(ofPlatform({})).toEqual([]);
    expect(ofPlatform({ awsIdentityStore: undefined, awsSso: {} })).toEqual([]);
  });

  it('needs an identity center', () => {
    expect(ofPlatform({ awsIdentityStore: undefined, awsSso: undefined })).toEqual(
      fault(
        'managementAccountAccess',
        'needs awsIdentityStore or awsSso, which are missing. Add one, or leave this out.',
      ),
    );
  });

  it('cannot be given by a delegated administrator', () => {
    expect(ofPlatform({ identityCenterRole: {} })).toEqual(
      fault(
        'managementAccountAccess',
        'stands beside identityCenterRole: a delegated administrator cannot assign anybody in ' +
          'the management account. Remove one of the two, or let an administrator of the organization assign the ' +
          'groups there.',
      ),
    );
  });

  it('is nothing to complain about where it is not asked for', () => {
    const neither = { awsIdentityStore: undefined, awsSso: undefined, identityCenterRole: {} };
    expect(ofPlatform({ ...neither, managementAccountAccess: undefined })).toEqual([]);
  });
});

describe('a landing zone of the management account', () => {
  it('gives access, and nothing else', () => {
    expect(ofZone({})).toEqual([]);
  });

  it('is judged alone where the platform is not known', () => {
    expect(managementZoneFaults(zone, undefined)).toEqual([]);
  });

  it('needs what the platform says about access', () => {
    expect(ofZone({}, withoutAccess)).toEqual(
      fault(
        'managementAccount',
        'needs managementAccountAccess in platform.json, which is missing. Add it, or remove this.',
      ),
    );
  });

  it.each([
    ['awsEnrollAccount', true],
    ['awsLambdaArn', 'arn:aws:lambda:eu-central-1:111111111111:function:f'],
    ['accessStack', {}],
    ['stackSets', [{}]],
    ['customizations', [{}]],
    ['closeAccount', true],
    ['releaseAlias', true],
    ['accessRoleProfile', 'sealed'],
  ])('asks for no %s: it would not be done', (field, value) => {
    expect(ofZone({ [field]: value })).toEqual(
      fault(
        field,
        'is nothing that is done to the management account (managementAccount), where people get access and ' +
          'nothing else changes. Remove it.',
      ),
    );
  });

  it.each([
    ['releaseAlias', false],
    ['customizations', []],
  ])('may say %s: %j', (field, value) => {
    expect(ofZone({ [field]: value })).toEqual([]);
  });

  it('names the unit of the account', () => {
    expect(ofZone({ awsTargetOrgUnitId: null })).toEqual(
      fault(
        'awsTargetOrgUnitId',
        'has to name the unit in which the management account is, mostly the root (r-...); ' +
          'the account is not moved.',
      ),
    );
  });

  it("has mappings of its own: the platform's would let everybody in who may enter any account", () => {
    expect(ofZone({ awsRoleMappings: [] })).toEqual(
      fault(
        'awsRoleMappings',
        "is empty: the management account (managementAccount) does not take the platform's mappings. " +
          'Map the roles that may enter it.',
      ),
    );
  });

  it('assigns no permission set that the platform does not allow', () => {
    const [mapping] = zone.awsRoleMappings;
    const both = { ...mapping, permissionSetArns: [VIEW_ONLY_SET, ADMINISTRATOR_SET] };
    expect(ofZone({ awsRoleMappings: [mapping, both] })).toEqual(
      fault(
        'awsRoleMappings[1]',
        `${ADMINISTRATOR_SET}' names a permission set that ` +
          'managementAccountAccess.permissionSetArns in platform.json does not list. List it there, or map another one.',
      ),
    );
    expect(ofZone({ awsRoleMappings: [both] }, withoutAccess)).toHaveLength(1);
  });
});

it.each([{ managementAccount: false }, { managementAccount: undefined }])(
  'a landing zone of other accounts may do everything: %j',
  (changes) => {
    expect(ofZone({ ...changes, awsEnrollAccount: true, awsRoleMappings: [] }, withoutAccess)).toEqual([]);
  },
);
