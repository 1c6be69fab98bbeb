import type { App } from 'aws-cdk-lib';

import { contentHash } from '../functions/domain/base/json';
import { ConfigurationError } from '../functions/domain/base/errors';
import type { Configuration } from '../functions/domain/configuration/configuration';
import type { PlatformConfiguration } from '../functions/domain/configuration/platform-configuration';
import { type AccessStack, accessStacksIn } from './access-stacks';
import { loadConfiguration } from './config';
import { contextText } from './context-values';
import { templatesFolderOf } from './overlay';

/** What roles are made for. */
export interface Rights {
  readonly configuration: Configuration;
  readonly accessStacks: readonly AccessStack[];
}

/** The context that names the folder of the released configuration. */
const RELEASED = 'releasedConfigDir';

/**
 * What roles are made for: the configuration of this folder and, with the context `releasedConfigDir`, the one of that
 * folder as well. Until a rollout has ended runs go by either, and may need a stack set, a function or a part of the
 * platform that only one of them names.
 *
 * @throws ConfigurationError where the two name different places for something that roles have rights on one of alone
 */
export function rightsOf(app: App, configuration: Configuration, folder: string): Rights {
  const own = { configuration, accessStacks: accessStacksOf(configuration, folder) };
  const releasedFolder = contextText(app, RELEASED);
  if (releasedFolder === undefined) return own;
  const released = loadConfiguration(releasedFolder);
  const stacks = accessStacksOf(released, releasedFolder);
  return {
    configuration: ofBoth(configuration, released),
    accessStacks: [
      ...own.accessStacks,
      ...stacks.filter((one) => own.accessStacks.every(({ stackSetName }) => stackSetName !== one.stackSetName)),
    ],
  };
}

const accessStacksOf = (configuration: Configuration, folder: string): readonly AccessStack[] => [
  ...accessStacksIn(configuration, templatesFolderOf(folder)).values(),
];

/** Its landing zones are those of both, the released ones under names that no operator can give. */
function ofBoth(deployed: Configuration, released: Configuration): Configuration {
  refuseOtherPlaces(deployed.platform, released.platform);
  const changed = Object.entries(released.landingZones).filter(
    ([name, zone]) => contentHash(zone) !== contentHash(deployed.landingZones[name] ?? null),
  );
  return {
    // What one of them has left out, the other one's runs need.
    platform: { ...released.platform, ...deployed.platform },
    landingZones: {
      ...deployed.landingZones,
      ...Object.fromEntries(changed.map(([name, zone]) => [`${name} (released)`, zone])),
    },
  };
}

/** What a role is named after, or may reach one of alone. */
const PLACES: Readonly<Record<string, (platform: PlatformConfiguration) => string | undefined>> = {
  'accessConfig.organizationRootAccountRole': ({ accessConfig }) => accessConfig.organizationRootAccountRole,
  automationAccountRole: ({ automationAccountRole }) => automationAccountRole,
  accountAccessRole: ({ accountAccessRole }) => accountAccessRole,
  identityCenterRole: ({ identityCenterRole }) => identityCenterRole,
  'awsIdentityStore.identityStoreId': ({ awsIdentityStore }) => awsIdentityStore?.identityStoreId,
  'awsIdentityStore.arn': ({ awsIdentityStore }) => awsIdentityStore?.arn,
  'awsSso.arn': ({ awsSso }) => awsSso?.arn,
  'awsSso.ssoAccessToken.secretArn': ({ awsSso }) => awsSso?.ssoAccessToken.secretArn,
  'enrollmentConfiguration.region': ({ enrollmentConfiguration }) => enrollmentConfiguration?.region,
  'enrollmentConfiguration.accountFactoryProductId': ({ enrollmentConfiguration }) =>
    enrollmentConfiguration?.accountFactoryProductId,
  'stackSetExecutionRole.name': ({ stackSetExecutionRole }) => stackSetExecutionRole?.name,
  'workspaceOrgUnits.parentOrgUnitId': ({ workspaceOrgUnits }) => workspaceOrgUnits?.parentOrgUnitId,
  'managementAccountAccess.permissionSetArns': ({ managementAccountAccess }) =>
    managementAccountAccess?.permissionSetArns.toSorted().join(', '),
};

function refuseOtherPlaces(deployed: PlatformConfiguration, released: PlatformConfiguration): void {
  const lines = Object.entries(PLACES).flatMap(([field, of]) => {
    const [before, now] = [of(released), of(deployed)];
    return before === undefined || now === undefined || before === now
      ? []
      : [`platform.json: ${field}: is ${now} here, and ${before} in the released configuration.`];
  });
  if (lines.length === 0) return;
  throw new ConfigurationError(
    [
      `Roles cannot have the rights of both configurations (--context ${RELEASED}):`,
      ...lines,
      `Change this apart from all else, deploy it without ${RELEASED}, and start its rollout at once: until then runs by the released configuration fail, and can be replayed.`,
    ].join('\n  '),
  );
}
