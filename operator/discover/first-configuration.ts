import { partitionNamed } from '../../functions/domain/places/partitions';
import type { JsonObject } from '../written/json-object';
import { landingZoneNames } from './chosen-units';
import { aliasPrefixOf } from './email-pattern';
import { type Enrollment, enrollmentOf } from './enrollment';
import type { FoundIdentityCenter, FoundOrganization, FoundUnit, KeptRole } from './found-organization';
import { hintsOf } from './hints';
import { roleMappings } from './role-mappings';

/** What nobody but a person can decide. */
export interface Answers {
  readonly units: readonly FoundUnit[];
  readonly emailPattern: string;
}

/** The files of a first configuration, and what a person has to know about them. */
export interface FirstConfiguration {
  readonly platform: JsonObject;
  /** By file name, without `.json`. */
  readonly landingZones: Readonly<Record<string, JsonObject>>;
  /** Context of the CDK app, besides its own. */
  readonly context: Readonly<Partial<Record<KeptRole, 'existing'>>>;
  /** What was left out, and why; and what else could be configured. */
  readonly hints: readonly string[];
}

/** The configuration for what was found. Whatever could be configured and was not found is a hint with its remedy. */
export function firstConfiguration(found: FoundOrganization, answers: Answers): FirstConfiguration {
  const enrollment = enrollmentOf(found, answers.units);
  const names = landingZoneNames(answers.units);
  const landingZones = answers.units.map((unit) => {
    const name = names.get(unit.id) ?? unit.id;
    return [name, landingZone(name, unit, enrollment)] as const;
  });
  return {
    platform: platform(found, answers, enrollment),
    landingZones: Object.fromEntries(landingZones),
    context: Object.fromEntries(found.keptRoles.map((role) => [role, 'existing'])),
    hints: hintsOf(found, answers.units, enrollment),
  };
}

const landingZone = (name: string, { id }: FoundUnit, { enrolledUnitIds }: Enrollment): JsonObject => ({
  $schema: '../schema/landing-zone.schema.json',
  name,
  awsTargetOrgUnitId: id,
  awsEnrollAccount: enrolledUnitIds.has(id),
  awsLambdaArn: null,
  stackSets: [],
  awsRoleMappings: [],
});

function platform(found: FoundOrganization, { emailPattern }: Answers, { block }: Enrollment): JsonObject {
  const { partition, management, automationAccountId, meshcloudAccountId, controlTower, identityCenter } = found;
  const roleArn = (accountId: string, name: string): string => `arn:${partition}:iam::${accountId}:role/${name}`;
  const shared = controlTower?.sharedAccountIds ?? [];
  return {
    $schema: './schema/platform.schema.json',
    region: found.region,
    accessConfig: { organizationRootAccountRole: roleArn(management.id, 'MeshfedServiceRole') },
    automationAccountRole: roleArn(automationAccountId, 'MeshfedAutomationRole'),
    meshcloudAccountId,
    ...(shared.length === 0 ? {} : { sharedAccountIds: shared }),
    accountAccessRole: 'MeshstackAccountAccessRole',
    accountEmailPattern: emailPattern,
    accountAliasPattern: `${aliasPrefixOf(management.email)}-#{workspaceIdentifier}-#{projectIdentifier}`,
    enforceAccountAlias: true,
    tenantTags: {
      namespacePrefix: 'meshstack_',
      tagMappers: [
        { key: 'project', valuePattern: '${projectIdentifier}' },
        { key: 'workspace', valuePattern: '${workspaceIdentifier}' },
      ],
    },
    ...(identityCenter === null ? {} : { awsIdentityStore: identityStore(partition, identityCenter) }),
    ...(block === null ? {} : { enrollmentConfiguration: block }),
    selfDowngradeAccessRole: true,
  };
}

const identityStore = (partition: string, found: FoundIdentityCenter): JsonObject => ({
  region: found.region,
  identityStoreId: found.identityStoreId,
  arn: found.arn,
  groupNamePattern: '#{workspaceIdentifier}.#{projectIdentifier}-#{platformGroupAlias}',
  signInUrl: signInUrl(partition, found.identityStoreId),
  awsRoleMappings: roleMappings(found),
});

/**
 * Where people sign in, unless somebody has chosen a name of their own.
 *
 * @evidence documented singlesignon/userguide/howtochangeURL: https://<identity store id>.awsapps.com/start by default
 * @evidence documented govcloud-us/UserGuide/govcloud-sso: https://start.us-gov-home.awsapps.com/directory/<id>
 */
function signInUrl(partition: string, identityStoreId: string): string {
  const isGovCloud = partitionNamed(partition)?.name === 'aws-us-gov';
  return isGovCloud
    ? `https://start.us-gov-home.awsapps.com/directory/${identityStoreId}`
    : `https://${identityStoreId}.awsapps.com/start`;
}
