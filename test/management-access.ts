import type { Configuration } from '../functions/domain/configuration/configuration';
import { loadConfiguration } from '../infra/config';

export const ADMINISTRATOR_SET = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-ad00000000000001';
export const VIEW_ONLY_SET = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-c000000000000003';

/** The shipped configuration, and a landing zone by which people get into the management account. */
export function withManagementAccess(): Configuration {
  const { platform, landingZones } = loadConfiguration('sandbox/config');
  const management = {
    name: 'aws-management',
    awsTargetOrgUnitId: 'r-ab12',
    managementAccount: true,
    awsEnrollAccount: false,
    awsLambdaArn: null,
    stackSets: [],
    closeImportedAccounts: false,
    closeAccount: false,
    awsRoleMappings: [{ projectRoleRef: { name: 'admin' }, awsRole: 'viewer', permissionSetArns: [VIEW_ONLY_SET] }],
  };
  return {
    platform: { ...platform, managementAccountAccess: { permissionSetArns: [VIEW_ONLY_SET] } },
    landingZones: { ...landingZones, [management.name]: management },
  };
}
