import { identityCenterOf } from '../../domain/configuration/configured-identity-center';
import type { PlatformConfiguration } from '../../domain/configuration/platform-configuration';
import type { FactoryUserAssignments } from '../../ports/identity-center';
import { type Check, failed, type Finding, ok, skipped } from '../check';
import { IDENTITY_STORE, PERMISSION_SETS } from './identity-center';

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
      look: () =>
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

const MOST_NAMED = 10;

function described(accounts: readonly string[]): string {
  const rest = accounts.length - MOST_NAMED;
  const named = accounts.slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const number = accounts.length === 1 ? 'one account' : `${accounts.length} accounts`;
  return `The Account Factory's user is administrator of ${number}: ${named}.`;
}

const REMEDY =
  'The next run of a tenant, at the latest in the coming night, takes that from the account of the tenant, and an account that Control Tower is working on ' +
  'loses it at the end of its run. In other accounts remove the assignment of AWSAdministratorAccess to this user in IAM Identity Center, or ' +
  'set enrollmentConfiguration.keepFactoryUser to true.';
