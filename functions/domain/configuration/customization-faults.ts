import { faultIf, type Fault } from '../base/fault';
import type { Customization } from './customization-schema';
import type { LandingZone } from './landing-zone';
import type { PlatformConfiguration } from './platform-configuration';

/** CodeBuild's own variables, those of the SDKs, and ours. */
const RESERVED = /^(?:AWS|CODEBUILD|VENDING)_/u;

/** What the schema cannot say of the customizations of a landing zone. */
export const customizationFaults = (
  { customizations = [] }: Pick<LandingZone, 'customizations'>,
  platform: Pick<PlatformConfiguration, 'accountAccessRole' | 'stackSetExecutionRole'> | undefined,
): readonly Fault[] =>
  customizations.flatMap((customization, index) => {
    const field = `customizations[${index}]`;
    const { name, destroy, role } = customization;
    const earlier = customizations.slice(0, index);
    return [
      ...faultIf(
        earlier.some((other) => other.name === name),
        `${field}.name`,
        name,
        'is listed twice. Give each customization its own name.',
      ),
      ...workFaults(field, customization),
      ...(destroy === undefined ? [] : workFaults(`${field}.destroy`, destroy)),
      ...nameFaults(field, customization),
      ...faultIf(
        takenRoles(platform).includes(role.name),
        `${field}.role.name`,
        role.name,
        'is a role that has other work in accounts. Name one that is for customizations alone.',
      ),
    ];
  });

const workFaults = (
  field: string,
  { command, buildspec }: Pick<Customization, 'command' | 'buildspec'>,
): readonly Fault[] =>
  faultIf(
    (command === undefined) === (buildspec === undefined),
    field,
    undefined,
    'needs either command or buildspec. Give one of the two.',
  );

const nameFaults = (field: string, { environment, outputs, buildspec }: Customization): readonly Fault[] => [
  ...[...Object.keys(environment), ...outputs].flatMap((name) =>
    faultIf(
      RESERVED.test(name),
      field,
      name,
      'begins with AWS_, CODEBUILD_ or VENDING_, which are taken. Give the variable another name.',
    ),
  ),
  ...faultIf(
    buildspec !== undefined && outputs.length > 0,
    `${field}.outputs`,
    outputs,
    'stands beside a buildspec, which lists them itself (env.exported-variables). Remove it.',
  ),
];

/** Control Tower's role has the rights of an administrator. */
const takenRoles = (
  platform: Pick<PlatformConfiguration, 'accountAccessRole' | 'stackSetExecutionRole'> | undefined,
): readonly string[] => [
  'AWSControlTowerExecution',
  ...(platform === undefined ? [] : [platform.accountAccessRole]),
  ...(platform?.stackSetExecutionRole === undefined ? [] : [platform.stackSetExecutionRole.name]),
];

/** What the environment of a function has room for, which takes 4 KB in all. */
const MAX_ROLES_BYTES = 2000;

/** The roles of all landing zones go into one environment, and one account has one role of a name. */
export function customizationRoleFaults(
  zones: readonly { readonly file: string; readonly landingZone: Pick<LandingZone, 'customizations'> }[],
): readonly Fault[] {
  const all = zones.flatMap(({ file, landingZone: { customizations = [] } }) =>
    customizations.map(({ role }, index) => ({ field: `${file}: customizations[${index}].role`, role })),
  );
  const bytes = all.reduce((sum, { role }) => sum + JSON.stringify(role).length + SERVICE_ROLE_BYTES, 0);
  return [
    ...all.flatMap(({ field, role }, index) => {
      const other = all.slice(0, index).find((one) => one.role.name === role.name);
      return faultIf(
        other !== undefined && JSON.stringify(other.role) !== JSON.stringify(role),
        field,
        role.name,
        `says something else than ${other?.field ?? ''}, which has the same name. Give the roles the same policies, or different names.`,
      );
    }),
    ...all
      .slice(-1)
      .flatMap(({ field }) =>
        faultIf(
          bytes > MAX_ROLES_BYTES,
          field,
          bytes,
          `makes the roles of all customizations ${bytes} characters long; there is room for ${MAX_ROLES_BYTES}. List fewer policies, or let stack sets make the roles (madeByStackSet).`,
        ),
      ),
  ];
}

/** The ARN of the role that is trusted. */
const SERVICE_ROLE_BYTES = 110;
