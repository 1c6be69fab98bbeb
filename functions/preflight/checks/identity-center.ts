import { RejectedError } from '../../domain/base/errors';
import type { Configuration } from '../../domain/configuration/configuration';
import { identityCenterOf } from '../../domain/configuration/configured-identity-center';
import type { PlatformConfiguration } from '../../domain/configuration/platform-configuration';
import type { RoleMapping } from '../../domain/configuration/access-configuration';
import type { FactoryUserAssignments, GroupDirectory, PermissionSets } from '../../ports/identity-center';
import { type Check, failed, type Finding, ok, skipped } from '../check';

export interface IdentityCenterPorts {
  readonly groups: Pick<GroupDirectory, 'findGroup'>;
  readonly permissionSets: PermissionSets;
}

const IDENTITY_STORE = 'identity-store';
const PERMISSION_SETS = 'permission-sets';

/** The directory answers, and every permission set that a role is mapped to is there. */
export const identityCenterChecks = (
  ports: IdentityCenterPorts | null,
  configuration: Configuration,
  entering: string,
): readonly Check[] => [
  {
    id: IDENTITY_STORE,
    sentence: 'The identity store of IAM Identity Center can be read.',
    needs: ports === null ? [] : [entering],
    judge: () => (ports === null ? skipped(NOT_CONFIGURED) : readable(ports.groups, configuration)),
  },
  {
    id: PERMISSION_SETS,
    sentence: 'The permission sets of all role mappings exist.',
    needs: ports === null ? [] : [entering],
    judge: () => (ports === null ? skipped(NOT_CONFIGURED) : complete(ports.permissionSets, configuration)),
  },
];

const NOT_CONFIGURED = 'platform.json has neither awsIdentityStore nor awsSso.';

/**
 * Whether there is such a group does not matter: a store that is not there is told otherwise than a group that is not.
 */
async function readable(groups: IdentityCenterPorts['groups'], { platform }: Configuration): Promise<Finding> {
  try {
    await groups.findGroup('mst-preflight');
    return ok();
  } catch (error) {
    if (error instanceof RejectedError && platform.awsSso !== undefined) {
      return failed(error.reason, scimRemedy(platform.awsSso.ssoAccessToken));
    }
    if (!(error instanceof RejectedError) || error.denied) throw error;
    return failed(
      error.reason,
      'Correct identityStoreId and region of awsIdentityStore in platform.json and deploy all stacks. AWS shows both in the region of IAM Identity ' +
        'Center with: aws sso-admin list-instances.',
    );
  }
}

const scimRemedy = ({ secretArn }: { readonly secretArn: string }): string =>
  'Compare scimEndpoint of awsSso in platform.json with what IAM Identity Center shows (Settings, Automatic provisioning); generate a new access token ' +
  `there, if it has ended, and put it as plain text into the secret ${secretArn}.`;

async function complete(permissionSets: PermissionSets, configuration: Configuration): Promise<Finding> {
  const existing = await permissionSets.list();
  if (existing === undefined) {
    return failed(
      'There is no such instance of IAM Identity Center in its region.',
      'Correct arn and region of awsIdentityStore or awsSso in platform.json and deploy all stacks. AWS shows the ARN in the region of IAM Identity Center with: ' +
        'aws sso-admin list-instances.',
    );
  }
  const missing = mappings(configuration).flatMap(({ file, mapping: { awsRole, permissionSetArns } }) =>
    permissionSetArns.filter((arn) => !existing.includes(arn)).map((arn) => `${arn} of role ${awsRole} in ${file}`),
  );
  if (missing.length === 0) return ok();
  return failed(
    `IAM Identity Center does not have ${missing.join(', ')}.`,
    'Create what is missing, or correct awsRoleMappings there and deploy VendingStack. AWS shows what there is with: aws sso-admin list-permission-sets.',
  );
}

/** Each with the file to correct. */
function mappings({
  platform,
  landingZones,
}: Configuration): readonly { readonly file: string; readonly mapping: RoleMapping }[] {
  const ofPlatform = identityCenterOf(platform)?.block.awsRoleMappings ?? [];
  return [
    ...ofPlatform.map((mapping) => ({ file: 'platform.json', mapping })),
    ...Object.values(landingZones).flatMap(({ name, awsRoleMappings }) =>
      awsRoleMappings.map((mapping) => ({ file: `landing-zones/${name}.json`, mapping })),
    ),
  ];
}

/**
 * In how many accounts the user of the Account Factory is still administrator by what the Account Factory has given it.
 */
export const factoryUserChecks = (
  assignments: FactoryUserAssignments | null,
  platform: PlatformConfiguration,
  entering: string,
): readonly Check[] => {
  const { enrollmentConfiguration: enrollment } = platform;
  if (enrollment?.ssoUser === undefined) return [];
  const center = identityCenterOf(platform) === undefined ? [] : [IDENTITY_STORE, PERMISSION_SETS];
  return [
    {
      id: 'factory-user',
      sentence: "The Account Factory's user is administrator of no account.",
      needs: assignments === null ? [] : [entering, ...center],
      judge: () =>
        assignments === null
          ? skipped('enrollmentConfiguration.keepFactoryUser of platform.json is true: the user stays.')
          : count(assignments, enrollment.region),
    },
  ];
};

async function count(assignments: FactoryUserAssignments, region: string): Promise<Finding> {
  const found = await assignments.everywhere();
  if (found === undefined) {
    return failed(
      `There is no IAM Identity Center in ${region}, so nobody can say which accounts the Account Factory's user administers.`,
      'If IAM Identity Center is in another region, configure awsIdentityStore or awsSso with that region in platform.json. If Control Tower does not use ' +
        'it, the Account Factory gives its user nothing: set enrollmentConfiguration.keepFactoryUser to true.',
    );
  }
  const accounts = [...new Set(found.map(({ accountId }) => accountId))].toSorted();
  return accounts.length === 0 ? ok() : failed(described(accounts), REMEDY);
}

const MAX_NAMED = 10;

function described(accounts: readonly string[]): string {
  const rest = accounts.length - MAX_NAMED;
  const named = accounts.slice(0, MAX_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const number = accounts.length === 1 ? 'one account' : `${accounts.length} accounts`;
  return `The Account Factory's user is administrator of ${number}: ${named}.`;
}

const REMEDY =
  'The next run of a tenant, at the latest in the coming night, takes that from the account of the tenant, and an account that Control Tower is working on ' +
  'loses it at the end of its run. In other accounts remove the assignment of AWSAdministratorAccess to this user in IAM Identity Center, or ' +
  'set enrollmentConfiguration.keepFactoryUser to true.';
