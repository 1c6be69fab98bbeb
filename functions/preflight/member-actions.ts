import { roleArn, sealOf } from '../domain/access/access-role-seal';
import type { LandingZone } from '../domain/configuration/landing-zone';
import type { PlatformConfiguration } from '../domain/configuration/platform-configuration';
import { partitionNamed } from '../domain/places/partitions';
import { samlProviderArn } from '../domain/access/role-trust';
import type { MemberAction } from './checks/service-control-policies';

/** The IAM actions of a step's sessions in a member account, by step. */
export type ActionsByStep = readonly (readonly [state: string, actions: readonly string[]])[];

/** Ids of accounts are not known before the accounts are made; no policy can name one that is not there. */
const ACCOUNT_TO_BE = '000000000000';

/** Made by OpenAccount before the account is moved; Control Tower's own, fixed name. */
const CONTROL_TOWER_ROLE = 'AWSControlTowerExecution';

/** What DowngradeAccessRole and ConfirmDowngrade do for a seal alone. */
const OF_SEALS: ReadonlySet<string> = new Set([
  'iam:GetRole',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:CreatePolicy',
  'iam:PutRolePermissionsBoundary',
]);

/** What they do in member accounts is for meshIdB alone. */
const ACCESS: ReadonlySet<string> = new Set(['RevokeAccess', 'GrantAccess']);

type Platform = Pick<
  PlatformConfiguration,
  'accessConfig' | 'accountAccessRole' | 'accessRoleProfile' | 'meshIdB' | 'stackSetExecutionRole'
>;
type Zone = Pick<LandingZone, 'accessRoleProfile' | 'stackSets' | 'awsEnrollAccount'>;

const partitionIn = ({ accessConfig }: Platform): string =>
  accessConfig.organizationRootAccountRole.split(':')[1] ?? 'aws';

/** The access role of an account that is still to be made. */
export const accessRoleToBe = (platform: Pick<Platform, 'accessConfig' | 'accountAccessRole'>): string =>
  roleArn(
    platform.accessConfig.organizationRootAccountRole.split(':')[1] ?? 'aws',
    ACCOUNT_TO_BE,
    platform.accountAccessRole,
  );

/**
 * What is done in an account of the landing zone: on the roles that are made in it while it sits in the root, and on
 * the access role later.
 */
export function memberActions(steps: ActionsByStep, platform: Platform, landingZone: Zone): readonly MemberAction[] {
  const partition = partitionIn(platform);
  const accessRole = roleArn(partition, ACCOUNT_TO_BE, platform.accountAccessRole);
  const made = rolesMade(platform, landingZone).map((role) => roleArn(partition, ACCOUNT_TO_BE, role));
  const isSealed = (landingZone.accessRoleProfile ?? platform.accessRoleProfile) === 'sealed';
  const region = partitionNamed(partition)?.iamRegion;
  const context = {
    'aws:PrincipalArn': accessRole,
    ...(region === undefined ? {} : { 'aws:RequestedRegion': region }),
  };
  const inUnit = (action: string): MemberAction => ({
    action,
    resource: resourceOf(action, partition, platform.accountAccessRole),
    context,
    place: 'unit',
  });
  return steps.flatMap(([state, actions]) => {
    if (state === 'OpenAccount') {
      return actions.flatMap((action) =>
        made.map((resource) => ({ action, resource, context, place: 'root' as const })),
      );
    }
    if (ACCESS.has(state)) return samlActions(actions, platform).map((one) => ({ ...one, context, place: 'unit' }));
    return actions.filter((action) => isSealed || !OF_SEALS.has(action)).map(inUnit);
  });
}

function samlActions(
  actions: readonly string[],
  platform: Platform,
): readonly { readonly action: string; readonly resource: string }[] {
  const { meshIdB } = platform;
  if (meshIdB === undefined) return [];
  const partition = partitionIn(platform);
  const provider = samlProviderArn(partition, ACCOUNT_TO_BE, meshIdB.samlProvider.name);
  const roles = meshIdB.awsRoleMappings.map(({ awsRole }) => roleArn(partition, ACCOUNT_TO_BE, `meshidb/${awsRole}`));
  return actions.flatMap((action) =>
    (action.endsWith('SAMLProvider') ? [provider] : roles).map((resource) => ({ action, resource })),
  );
}

function rolesMade({ stackSetExecutionRole }: Platform, { stackSets, awsEnrollAccount }: Zone): readonly string[] {
  return [
    ...(stackSets.length === 0 || stackSetExecutionRole === undefined ? [] : [stackSetExecutionRole.name]),
    ...(awsEnrollAccount ? [CONTROL_TOWER_ROLE] : []),
  ];
}

function resourceOf(action: string, partition: string, accessRole: string): string {
  if (/Role(?:Polic(?:y|ies)|PermissionsBoundary)?$/u.test(action))
    return roleArn(partition, ACCOUNT_TO_BE, accessRole);
  if (/Policy(?:Version)?$/u.test(action)) return sealOf(partition, ACCOUNT_TO_BE, accessRole).arn;
  // Aliases belong to the account, and are granted on everything.
  return '*';
}
