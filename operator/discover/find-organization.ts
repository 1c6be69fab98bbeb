import {
  DescribeOrganizationCommand,
  type Organization,
  OrganizationsClient,
  paginateListAWSServiceAccessForOrganization,
} from '@aws-sdk/client-organizations';

import { isDenied } from '../../functions/aws/base/aws-error';
import { organizationsInventory } from '../../functions/aws/organizations/organizations-inventory';
import { partitionNamed } from '../../functions/domain/places/partitions';
import { OperatorError } from '../operator-error';
import { findControlTower } from './find-control-tower';
import { findIdentityCenter } from './find-identity-center';
import { findKeptRoles, findStackSets } from './find-in-accounts';
import { findUnits } from './find-units';
import type { FoundOrganization } from './found-organization';
import { type ActingIn, PATIENT, sessionOf } from './profile-settings';

/** The accounts of a platform, as somebody acts in them. */
export interface PlatformAccounts {
  readonly management: ActingIn;
  readonly automation: ActingIn;
  readonly meshcloud: ActingIn;
}

/** Where to look, if not everywhere. */
export interface KnownRegions {
  readonly controlTower: string | undefined;
  readonly identityCenter: string | undefined;
}

/**
 * Reads the organization, and changes nothing.
 *
 * @throws OperatorError when the profiles cannot be those of the platform, or the organization is not fit for it
 */
export async function findOrganization(
  { management, automation, meshcloud }: PlatformAccounts,
  known: KnownRegions,
  report: (sentence: string) => void,
): Promise<FoundOrganization> {
  const client = new OrganizationsClient({ ...PATIENT, ...management.settings, ...globalRegion(management) });
  report('Reading the organization: accounts and organizational units');
  const organization = fitOrganization(await describe(client), management);
  const session = sessionOf(management, automation);
  const inventory = organizationsInventory(session);
  const accounts = (await inventory.accounts()).map(({ id, unitsAbove }) => ({ id, unitId: unitsAbove[0] ?? null }));
  refuseStrangers({ automation, meshcloud }, new Set(accounts.map(({ id }) => id)));
  const searchedRegions = regionsToSearch(management);
  report('Reading Control Tower and its Account Factory');
  const controlTower = await findControlTower(session, management, known.controlTower, searchedRegions);
  const units = await findUnits(client, controlTower === null ? null : { session, region: controlTower.region });
  report('Reading IAM Identity Center, and roles and stack sets that are there');
  const identityCenter = await findIdentityCenter(management, known.identityCenter, searchedRegions, inventory);
  return {
    partition: management.partition,
    region: meshcloud.region,
    organizationId: organization.Id ?? '',
    management: { id: management.accountId, email: organization.MasterAccountEmail ?? '' },
    automationAccountId: automation.accountId,
    meshcloudAccountId: meshcloud.accountId,
    units,
    accounts,
    controlTower,
    identityCenter,
    searchedRegions,
    trustedServices: await trustedServices(client),
    keptRoles: await findKeptRoles({ management, automation }),
    stackSets: await findStackSets(automation, meshcloud.region),
  };
}

async function describe(client: OrganizationsClient): Promise<Organization> {
  try {
    return (await client.send(new DescribeOrganizationCommand({}))).Organization ?? {};
  } catch (error) {
    if (error instanceof Error && error.name === 'AWSOrganizationsNotInUseException') {
      throw new OperatorError('The account is in no organization. Create one in AWS Organizations, with all features.');
    }
    throw error;
  }
}

function fitOrganization(organization: Organization, { accountId, settings }: ActingIn): Organization {
  const { MasterAccountId: managementId = '', FeatureSet } = organization;
  if (managementId !== accountId) {
    throw new OperatorError(
      `The profile ${settings.profile ?? ''} is one of account ${accountId}, and the organization is managed by ${managementId}. Name a profile of that account by --profile.`,
    );
  }
  if (FeatureSet !== 'ALL') {
    throw new OperatorError(
      'The organization has the features of consolidated billing alone. Enable all features in AWS Organizations (Settings), and run this again.',
    );
  }
  return organization;
}

function refuseStrangers(others: Readonly<Record<string, ActingIn>>, members: ReadonlySet<string>): void {
  for (const [name, { accountId }] of Object.entries(others)) {
    if (!members.has(accountId)) {
      throw new OperatorError(
        `The ${name} account ${accountId} is not in this organization. Name a profile of a member account by --profile-${name}.`,
      );
    }
  }
}

const globalRegion = ({ partition, region }: ActingIn) => ({
  region: partitionNamed(partition)?.globalRegion ?? region,
});

/** Those that every account has; the one of the profile comes first. */
const regionsToSearch = ({ partition, region }: ActingIn): readonly string[] => [
  ...new Set([region, ...(partitionNamed(partition)?.defaultRegions ?? [])]),
];

async function trustedServices(client: OrganizationsClient): Promise<readonly string[] | null> {
  const found: string[] = [];
  try {
    for await (const page of paginateListAWSServiceAccessForOrganization({ client }, { MaxResults: 20 })) {
      found.push(...(page.EnabledServicePrincipals ?? []).flatMap(({ ServicePrincipal }) => ServicePrincipal ?? []));
    }
    return found;
  } catch (error) {
    if (isDenied(error)) return null;
    throw error;
  }
}
