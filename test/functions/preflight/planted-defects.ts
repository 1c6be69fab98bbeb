import type { CheckReport } from '../../../functions/domain/fleet/preflight';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { OrganizationSeed, ServiceRoleSeed, UnitSeed } from '../../../sandbox/organization/organization-seed';
import { CONFIGURATION, findingsIn, type PlantedDefects, PreflightWorld } from './preflight-world';

export const example = exampleOrganization();
const { accountFactory, identityCenter: directory } = example;
if (accountFactory === undefined) throw new Error('The example organization has no Account Factory.');
if (directory === undefined) throw new Error('The example organization has no IAM Identity Center.');
export const factory = accountFactory;
export const identityCenter = directory;
export const stackSets = example.stackSets ?? [];

export const MANAGEMENT_ROLE = 'MeshfedServiceRole-Read';
export const CREATING_ROLE = 'MeshfedServiceRole-Create';
export const ENROLLING_ROLE = 'MeshfedServiceRole-ControlTower';
export const AUTOMATION_ROLE = 'MeshfedAutomationRole-Read';

type Roles = NonNullable<PlantedDefects['roles']>;

export const without =
  (name: string): Roles =>
  (roles) =>
    roles.filter((role) => role.name !== name);

export const changed =
  (name: string, change: (role: ServiceRoleSeed) => Partial<ServiceRoleSeed>): Roles =>
  (roles) =>
    roles.map((role) => (role.name === name ? { ...role, ...change(role) } : role));

/** The trust as it is, but for what it asks of the ExternalId. */
export function openTrust({ trust }: ServiceRoleSeed): Partial<ServiceRoleSeed> {
  const text = JSON.stringify(trust, (key, value: unknown) => (key === 'StringEquals' ? undefined : value));
  return { trust: JSON.parse(text) as ServiceRoleSeed['trust'] };
}

/** The trust as it is, but for some of what it says. */
export const trusting =
  (said: string | RegExp, instead: string) =>
  ({ trust }: ServiceRoleSeed): Partial<ServiceRoleSeed> => {
    const text = JSON.stringify(trust);
    if (text.replace(said, instead) === text) throw new Error(`The trust does not say ${String(said)}.`);
    return { trust: JSON.parse(text.replaceAll(said, instead)) as ServiceRoleSeed['trust'] };
  };

/** The trust of the role, and one statement more. */
export const trustingAlso =
  (statement: object) =>
  ({ trust }: ServiceRoleSeed): Partial<ServiceRoleSeed> => ({
    trust: { ...trust, Statement: [...[trust['Statement']].flat(), statement] },
  });

export const functionRole = (name: string): string => `arn:aws:iam::111111111111:role/vending-${name}`;

/** The inline policies of the role without one action. */
export const withoutAction =
  (action: string) =>
  ({ inlinePolicies }: ServiceRoleSeed): Partial<ServiceRoleSeed> => ({
    inlinePolicies: JSON.parse(JSON.stringify(inlinePolicies).replaceAll(`"${action}"`, '"none:None"')) as NonNullable<
      ServiceRoleSeed['inlinePolicies']
    >,
  });

export const units = (change: (unit: UnitSeed) => Partial<UnitSeed>): Partial<OrganizationSeed> => ({
  organizationalUnits: example.organizationalUnits.map((unit) => ({ ...unit, ...change(unit) })),
});

export const scp = (targetId: string, statement: object): Partial<OrganizationSeed> => ({
  serviceControlPolicies: [
    { name: 'guard', targetIds: [targetId], document: { Version: '2012-10-17', Statement: [statement] } },
  ],
});

export const rcp = (targetId: string, statement: object): Partial<OrganizationSeed> => ({
  resourceControlPolicies: [
    { name: 'perimeter', targetIds: [targetId], document: { Version: '2012-10-17', Statement: [statement] } },
  ],
});

export const DEV = 'ou-ab12-cdefgh34';
export const SANDBOX = 'ou-ab12-legacy01';

const { enrollmentConfiguration } = CONFIGURATION.platform;
export const enrollingByMove: Configuration = {
  ...CONFIGURATION,
  platform: {
    ...CONFIGURATION.platform,
    ...(enrollmentConfiguration === undefined
      ? {}
      : { enrollmentConfiguration: { ...enrollmentConfiguration, strategy: 'auto-enroll' } }),
  },
};

/** Accounts leave Control Tower by a unit that belongs to it. */
export const leavingInto = (suspendedOrgUnitId: string): Configuration => ({
  ...CONFIGURATION,
  platform: {
    ...CONFIGURATION.platform,
    ...(enrollmentConfiguration === undefined
      ? {}
      : { enrollmentConfiguration: { ...enrollmentConfiguration, suspendedOrgUnitId } }),
  },
});
export interface Defect {
  readonly defect: string;
  readonly planted: PlantedDefects;
  readonly finds: readonly string[];
  readonly remedy: RegExp;
}

export const reportOf = (reports: readonly CheckReport[], id: string | undefined): CheckReport | undefined =>
  reports.find((report) => report.id === id);

/** A preflight of an organization with this defect finds what it brings, and nothing else. */
export async function expectFound({ planted, finds, remedy }: Defect): Promise<void> {
  const reports = await new PreflightWorld(planted).look();

  expect(findingsIn(reports)).toEqual(finds);
  expect(reportOf(reports, finds[0])?.remedy).toMatch(remedy);
}
