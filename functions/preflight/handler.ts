import { setTimeout } from 'node:timers/promises';

import { ENROLLMENT_RIGHTS, UPDATING_LANDING_ZONE } from '../aws/permissions/shared-actions';
import type { AwsSession, Caller } from '../aws/base/aws-session';
import { cloudformationStackSets } from '../aws/cloudformation/cloudformation-stack-sets';
import { controlTowerLandingZone } from '../aws/control-tower/control-tower-landing-zone';
import { factoryUserAssignments } from '../aws/identity-center/factory-user-assignments';
import { iamGrantedRights } from '../aws/iam/iam-granted-rights';
import { groupDirectory } from '../aws/identity-center/group-directory';
import { calledHosts, isReached, lambdaOwnRuntime } from '../aws/lambda/own-runtime';
import { lambdaLandingZoneFunctionLookup } from '../aws/lambda/lambda-landing-zone-function';
import { organizationsServiceControlPolicies } from '../aws/organizations/organizations-service-control-policies';
import { organizationsInventory } from '../aws/organizations/organizations-inventory';
import { organizationsUnits } from '../aws/organizations/organizations-units';
import { organizationsTree } from '../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../aws/service-catalog/service-catalog-account-factory';
import { serviceCatalogProductAccess } from '../aws/service-catalog/service-catalog-product-access';
import { serviceQuotasAccountQuota } from '../aws/organizations/service-quotas-account-quota';
import { ssoAdminPermissionSets } from '../aws/identity-center/sso-admin-client';
import { AUTOMATION_CLASSES, managementClassesIn, type ManagementClass } from '../aws/permissions/step-permissions';
import {
  functionsInAutomation,
  functionsInManagement,
  classRoleArn,
  identityCenterReadRoleArn,
} from '../aws/permissions/function-permissions';
import { preflightPermissions } from '../aws/permissions/reading-permissions';
import { steps } from '../steps/table';
import { stsOwnAccount } from '../aws/sts/sts-own-account';
import { stsServiceRoles } from '../aws/sts/sts-role-access';
import { secretsManagerSecrets } from '../aws/secrets-manager/secrets-manager-secrets';
import type { Configuration } from '../domain/configuration/configuration';
import { plannedFactoryUser } from '../domain/access/factory-user';
import { plannedIdentityStore } from '../domain/planning/planned-platform';
import type { ClosingShare } from '../domain/queue/lane-records';
import type { CallPacer } from '../ports/call-pacer';
import { readClosingShare } from '../ledger/tenants/claim-closure';
import type { AddedMembers } from '../ports/identity-center';
import type { ServiceRoles } from '../ports/own-account';
import type { Secrets } from '../ports/secrets';
import type { BatchAnswer, FunctionHandler } from '../runtime/on-lambda';
import { functionRolePrefix, functionSubnets, meteringExternalIdSecret, type Runtime } from '../runtime/environment';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import { ledgerCallPacer } from '../ledger/queue/call-pacer';
import type { Check } from './check';
import type { OwnSubnets } from './checks/own-runtime';
import { type PrerequisiteFacts, type PrerequisitePorts, prerequisites } from './prerequisites';
import { runPreflights } from './run-preflight';

/** What only a function with the ledger knows: which calls of AWS others make meanwhile, and what was closed. */
export interface LedgerPorts {
  readonly pacer: CallPacer;
  readonly closingShare: () => Promise<ClosingShare>;
}

/** Accounts are listed 20 a page: one page that AWS turns away is asked for again, and not the whole list. */
const MAX_ATTEMPTS = 4;

export interface RunPreflightDeps {
  readonly configuration: Configuration;
  readonly pause: (seconds: number) => Promise<void>;
  /** The ExternalId of the role that reads costs; absent: the same as that of all others. */
  readonly meteringSecrets?: Secrets | undefined;
}

export const compose =
  (runtime: Runtime, { configuration, pause, meteringSecrets }: RunPreflightDeps): FunctionHandler<BatchAnswer> =>
  (input) =>
    runPreflights(
      {
        ledger: runtime.ledger,
        log: runtime.log,
        now: runtime.now,
        pause,
        checksOf: (id) =>
          checksOf({ ...runtime, meteringSecrets }, configuration, `RunPreflight-${id}`, {
            pacer: ledgerCallPacer(runtime),
            closingShare: () => readClosingShare(runtime.ledger),
          }),
      },
      input,
    );

/**
 * The checks of a preflight. They read through the roles, and with the secret, of the host.
 *
 * @param ledger what the ledger says; absent where the caller has no ledger
 */
export function checksOf(
  host: Pick<Runtime, 'environment' | 'secrets' | 'aws' | 'now'> &
    Pick<RunPreflightDeps, 'meteringSecrets'> & {
      /** Absent: the checks read through the roles. */
      readonly caller?: Caller;
    },
  configuration: Configuration,
  sessionName: string,
  ledger?: LedgerPorts,
): readonly Check[] {
  const { platform } = configuration;
  const roleArns = {
    management: host.environment('MANAGEMENT_ROLE_ARN'),
    automation: host.environment('AUTOMATION_ROLE_ARN'),
    costExplorer: host.environment('COST_EXPLORER_ROLE_ARN'),
  };
  const managementRoleOf = (ofClass: ManagementClass): string =>
    classRoleArn(platform.accessConfig.organizationRootAccountRole, ofClass);
  const session: AwsSession = {
    settings: { maxAttempts: MAX_ATTEMPTS, ...host.aws },
    // Who looks as themselves is seen as themselves.
    functionName: host.caller === undefined ? 'RunPreflight' : 'account-vending',
    sessionName,
    managementRoleArn: () => roleArns.management,
    memberEntryRoleArn: () => host.environment('MEMBER_ENTRY_ROLE_ARN'),
    automationRoleArn: () => roleArns.automation,
    secrets: host.secrets,
    permissions: preflightPermissions,
    ...(ledger === undefined ? {} : { pacer: ledger.pacer }),
    ...(host.caller === undefined ? {} : { caller: host.caller }),
  };
  const { meteringSecrets: secrets = host.secrets } = host;
  const ports = {
    ...portsOf(session, configuration),
    closingShare: ledger?.closingShare ?? null,
    now: host.now,
    roles: rolesBy(session, { ...session, secrets }, roleArns.costExplorer),
    externalId: () => host.secrets.externalId(),
    // A preflight without a ledger calls with credentials of its own.
    ownAccount: ledger === undefined ? null : stsOwnAccount(host.aws, 'RunPreflight'),
    ownSubnets: subnetsOf(ledger),
    ownRuntime: ledger === undefined ? null : lambdaOwnRuntime(host.aws, 'RunPreflight'),
  };
  return prerequisites(configuration, ports, {
    managementRole: { name: nameOf(roleArns.management), arn: roleArns.management, stack: 'ManagementAccountStack' },
    automationRole: { name: nameOf(roleArns.automation), arn: roleArns.automation, stack: 'AutomationAccountStack' },
    costExplorerRole: {
      name: nameOf(roleArns.costExplorer),
      arn: roleArns.costExplorer,
      stack: 'ManagementAccountStack',
      keptBy: 'costExplorerRole=existing',
    },
    memberActions: Object.entries(steps).map(([state, { member = [] }]) => [state, member]),
    enrollmentActions: ENROLLMENT_RIGHTS,
    updateActions: UPDATING_LANDING_ZONE,
    classRoles: classRolesOf(configuration),
    identityCenterRole: identityCenterRoleOf(configuration),
    creatingRoleArn: managementRoleOf('Create'),
    calledHosts: calledHosts(configuration),
    ownRoleName: nameOf(roleNameOf('RunPreflight')),
    enteringRoleArn: managementRoleOf('Enter'),
    enrollingRoleArn: managementRoleOf('ControlTower'),
  });
}

/** Metering may have an ExternalId of its own. */
function rolesBy(session: AwsSession, ofMetering: AwsSession, costExplorerRoleArn: string): ServiceRoles {
  const [roles, costs] = [stsServiceRoles(session), stsServiceRoles(ofMetering)];
  return {
    canEnter: (roleArn, externalId) => (roleArn === costExplorerRoleArn ? costs : roles).canEnter(roleArn, externalId),
  };
}

/** One role for each class, with the roles of its functions. */
const classRolesOf = ({ platform }: Configuration): PrerequisiteFacts['classRoles'] => [
  ...managementClassesIn(platform).map((one) => ({
    arn: classRoleArn(platform.accessConfig.organizationRootAccountRole, one),
    stack: 'ManagementAccountStack',
    trusted: functionsInManagement(one).map(roleNameOf),
  })),
  ...AUTOMATION_CLASSES.map((one) => ({
    arn: classRoleArn(platform.automationAccountRole, one),
    stack: 'AutomationAccountStack',
    trusted: functionsInAutomation(one).map(roleNameOf),
  })),
];

/** Where there is one, with the role by which a preflight looks at it. */
function identityCenterRoleOf({
  platform: { identityCenterRole: arn },
}: Configuration): PrerequisiteFacts['identityCenterRole'] {
  const readingArn = arn === undefined ? undefined : identityCenterReadRoleArn(arn);
  if (arn === undefined || readingArn === undefined) return null;
  const stack = 'IdentityCenterAccountStack';
  return {
    arn,
    stack,
    trusted: functionsInManagement('IdentityCenter').map(roleNameOf),
    reading: { name: nameOf(readingArn), arn: readingArn, stack },
  };
}

/** Only the application itself runs in these subnets. */
function subnetsOf(ledger: LedgerPorts | undefined): OwnSubnets | null {
  const ids = functionSubnets();
  return ledger === undefined || ids === undefined ? null : { ids, isReached };
}

/** The role of a function has its name, and its path before it. */
const roleNameOf = (functionName: string): string => `${functionRolePrefix()}${functionName}`;

const nameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';

function portsOf(
  session: AwsSession,
  { platform }: Configuration,
): Omit<
  PrerequisitePorts,
  'closingShare' | 'now' | 'ownAccount' | 'ownRuntime' | 'ownSubnets' | 'externalId' | 'roles'
> {
  const { enrollmentConfiguration: enrollment } = platform;
  const identityStore = plannedIdentityStore(platform);
  const factoryUser = plannedFactoryUser(platform);
  const { identityCenterRole = '' } = platform;
  const looking = identityCenterReadRoleArn(identityCenterRole);
  return {
    tree: organizationsTree(session),
    units: organizationsUnits(session),
    policies: organizationsServiceControlPolicies(session),
    quota: serviceQuotasAccountQuota(session),
    rights: iamGrantedRights(session, 'management'),
    automationRights: iamGrantedRights(session, 'automation'),
    identityCenterRights: looking === undefined ? null : iamGrantedRights(session, { roleArn: looking }),
    inventory: organizationsInventory(session),
    stackSets: cloudformationStackSets(session),
    functions: lambdaLandingZoneFunctionLookup(session),
    enrollment:
      enrollment === undefined
        ? null
        : {
            controlTower: controlTowerLandingZone(session, enrollment.region),
            factory: serviceCatalogAccountFactory(session, enrollment.region),
            access: serviceCatalogProductAccess(session, enrollment.region),
          },
    factoryUser: factoryUser === undefined ? null : factoryUserAssignments(session, factoryUser),
    identityCenter:
      identityStore === null
        ? null
        : {
            groups: groupDirectory(session, identityStore, NOBODY),
            permissionSets: ssoAdminPermissionSets(session, identityStore),
          },
  };
}

function secretOfMetering({ aws }: Runtime): Secrets | undefined {
  const secretArn = meteringExternalIdSecret();
  return secretArn === undefined ? undefined : secretsManagerSecrets(aws, () => secretArn);
}

/** A preflight reads no members of groups. */
const NOBODY: AddedMembers = { membersOf: () => [], record: () => Promise.resolve() };

export const handler = onConfiguredLambda((runtime, configuration) =>
  compose(runtime, {
    configuration,
    meteringSecrets: secretOfMetering(runtime),
    pause: async (seconds) => {
      await setTimeout(seconds * 1000);
    },
  }),
);
