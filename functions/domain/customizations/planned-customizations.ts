import { RejectedError } from '../base/errors';
import { contentHash } from '../base/json';
import type { Customization } from '../configuration/customization-schema';
import type { Configuration } from '../configuration/configuration';
import type { LandingZone } from '../configuration/landing-zone';
import type { PlatformConfiguration } from '../configuration/platform-configuration';
import { accountOfRole } from '../configuration/service-accounts';
import type { ExecutionRole } from '../access/role-trust';
import type { PlannedCustomization, VendingPlan } from '../plan/plan';
import type { CustomizationRecord } from '../records/account-records';
import type { TenantRecord } from '../records/ledger-records';
import { ALWAYS_PASSED } from '../stack-sets/landing-zone-parameters';

/** What of a landing zone is not the customization itself. */
interface Place {
  readonly landingZone: string;
  readonly name: string;
}

/**
 * The name of the CodeBuild project. Names of landing zones have dots, which those of projects have not: the hash keeps
 * them apart.
 */
export const projectNameOf = ({ landingZone, name }: Place): string =>
  `account-vending-${landingZone.replaceAll('.', '-').slice(0, 80)}-${name}-${placeHash({ landingZone, name })}`;

/** The name of the role that its builds work by in the automation account. IAM takes 64 characters. */
export const buildRoleNameOf = ({ landingZone, name }: Place): string =>
  `account-vending-build-${name}-${placeHash({ landingZone, name })}`;

const placeHash = ({ landingZone, name }: Place): string => contentHash([landingZone, name]).slice(0, 8);

/**
 * What is run for the account, in the landing zone's order; nothing where it has no customizations.
 *
 * @param parameters all that could be told
 */
export function plannedCustomizations(
  { region }: Pick<PlatformConfiguration, 'region'>,
  { customizations = [], name: landingZone }: Pick<LandingZone, 'customizations' | 'name'>,
  parameters: Readonly<Record<string, string>>,
): { readonly customizations?: PlannedCustomization[] } {
  const planned = customizations.map((customization) => ({
    ...plannedBuild({ landingZone, region }, customization, customization),
    inputs: Object.fromEntries(
      customization.inputs.flatMap((name) => {
        // What AWS alone knows takes its place once there is an account.
        const value = parameters[name] ?? (ALWAYS_PASSED.includes(name) ? '' : undefined);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  }));
  return planned.length === 0 ? {} : { customizations: planned };
}

/**
 * What is run before an account is taken out of use: the last customization first, since it may build on those before
 * it, and only what has been run there. The inputs are those of that time: what the tenant once wanted may be gone.
 */
export function plannedDestructions(
  { region }: Pick<PlatformConfiguration, 'region'>,
  landingZone: Pick<LandingZone, 'customizations' | 'name'> | undefined,
  records: readonly CustomizationRecord[],
): { readonly customizations?: PlannedCustomization[] } {
  const planned = (landingZone?.customizations ?? []).toReversed().flatMap((customization) => {
    const { name, destroy } = customization;
    const project = projectNameOf({ landingZone: landingZone?.name ?? '', name });
    const record = records.find((one) => one.project === project);
    if (destroy === undefined || record === undefined) return [];
    const build = plannedBuild({ landingZone: landingZone?.name ?? '', region }, customization, destroy);
    return [{ ...build, destroys: true as const, inputs: record.inputs }];
  });
  return planned.length === 0 ? {} : { customizations: planned };
}

const plannedBuild = (
  { landingZone, region }: { readonly landingZone: string; readonly region: string },
  { name, image, source, role, environment, outputs, timeLimitMinutes }: Customization,
  work: Pick<Customization, 'command' | 'buildspec'>,
): Omit<PlannedCustomization, 'inputs'> => ({
  name,
  project: projectNameOf({ landingZone, name }),
  region,
  image,
  source: {
    type: SOURCE_TYPES[source.type],
    location: source.location,
    version: source.version,
    connectionArn: source.type === 's3' ? null : source.connectionArn,
  },
  buildspec: work.command === undefined ? (work.buildspec ?? '') : buildspecOf(work.command, outputs),
  environment,
  timeLimitMinutes,
  role: { name: role.name, madeByStackSet: role.madeByStackSet === true },
});

/** As CodeBuild calls them. */
const SOURCE_TYPES = { s3: 'S3', github: 'GITHUB', gitlab: 'GITLAB', bitbucket: 'BITBUCKET' } as const;

/** A customization, and the landing zone that it belongs to. */
export interface ConfiguredCustomization {
  readonly landingZone: string;
  readonly customization: Customization;
}

/**
 * Those of all landing zones. Until a rollout has ended, rights are made for the released configuration as well: one of
 * both may come twice, in two contents.
 */
export const customizationsIn = ({
  landingZones,
}: Pick<Configuration, 'landingZones'>): readonly ConfiguredCustomization[] =>
  Object.values(landingZones).flatMap(({ name: landingZone, customizations = [] }) =>
    customizations.map((customization) => ({ landingZone, customization })),
  );

/**
 * The roles that runs make in accounts, each with those that may assume it: the builds of the customizations that name
 * it. Like the role of stack sets, they go into the environment of the function that makes them.
 */
export function customizationRoles(
  configuration: Pick<Configuration, 'landingZones'> & {
    readonly platform: Pick<PlatformConfiguration, 'automationAccountRole'>;
  },
): readonly ExecutionRole[] {
  const { automationAccountRole } = configuration.platform;
  const made = customizationsIn(configuration).filter(({ customization: { role } }) => role.madeByStackSet !== true);
  const names = [...new Set(made.map(({ customization: { role } }) => role.name))].toSorted();
  return names.flatMap((name) => {
    const users = made.filter(({ customization: { role } }) => role.name === name);
    return users.slice(0, 1).map(({ customization: { role } }) => ({
      name,
      managedPolicyArns: [...role.managedPolicyArns],
      trustedAccountId: accountOfRole(automationAccountRole),
      trustedRoleArns: [
        ...new Set(
          users.map(({ landingZone, customization }) =>
            automationAccountRole.replace(
              /:role\/.*$/u,
              `:role/${buildRoleNameOf({ landingZone, name: customization.name })}`,
            ),
          ),
        ),
      ].toSorted(),
    }));
  });
}

/**
 * A sealed access role makes no role any more. Where a customization has been run, its role is there.
 *
 * @throws RejectedError for a customization that is new to a sealed account, unless a stack set makes its role
 */
export function checkCustomizationRoles(
  { customizations = [], landingZone }: Pick<VendingPlan, 'customizations' | 'landingZone'>,
  { seal, account, customizations: known = [] }: Partial<Pick<TenantRecord, 'seal' | 'account' | 'customizations'>>,
): void {
  if (seal == null) return;
  const without = customizations.find(
    ({ project, role }) => !role.madeByStackSet && !known.some((one) => one.project === project),
  );
  if (without === undefined) return;
  const { name, role } = without;
  throw new RejectedError(
    `Account ${account?.id ?? ''} is sealed: nobody can make the role ${role.name} there any more, by which the customization "${name}" works.`,
    `Let a stack set of the landing zone make the role, and say so by role.madeByStackSet in landing-zones/${landingZone}.json; or open the account as ` +
      'docs/iam.md describes under "Opening a sealed account". Then replay this run.',
  );
}

/**
 * The buildspec for commands of a shell. JSON is YAML, too, so nothing in them has to be escaped for YAML.
 *
 * What the commands are told of the account lies in the folder of the source, in a file that Terraform and OpenTofu
 * read by themselves. The profile `account` of the AWS CLI and the SDKs is the role in the account; without a profile
 * they act as the build, which reads and writes the state.
 *
 * @evidence documented codebuild/latest/userguide/build-spec-ref: in version 0.2 all commands run in one instance of
 *   the shell, and exported-variables are those that later steps can read
 * @evidence documented cli/latest/userguide/cli-configure-role: credential_source EcsContainer takes the credentials of
 *   the container to assume role_arn
 */
const buildspecOf = (command: string, outputs: readonly string[]): string =>
  JSON.stringify({
    version: '0.2',
    env: { shell: 'bash', ...(outputs.length === 0 ? {} : { 'exported-variables': outputs }) },
    phases: { build: { commands: [...PREPARATION, `set -e\n${command}`] } },
  });

/** Named so that no file of a source is overwritten. */
const INPUTS_FILE = 'vending.auto.tfvars.json';

const PREPARATION: readonly string[] = [
  `printf '%s' "$VENDING_INPUTS" > ${INPUTS_FILE}`,
  'export AWS_CONFIG_FILE="$(mktemp)"',
  `printf '[profile account]\\nrole_arn = %s\\ncredential_source = EcsContainer\\n' "$VENDING_ROLE_ARN" > "$AWS_CONFIG_FILE"`,
];
