import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import { accountOfRole } from '../../functions/domain/configuration/service-accounts';
import type { RecordedStacks } from './outputs';

/** The accounts and regions that profiles are of. */
export interface ProfilePlaces {
  readonly management: { readonly accountId: string };
  readonly automation: { readonly accountId: string };
  readonly meshcloud: { readonly accountId: string; readonly region: string };
}

/**
 * What would put a stack into the wrong place, as sentences with a remedy.
 *
 * @param recorded what was deployed before
 */
export function accountFaults(
  { management, automation, meshcloud }: ProfilePlaces,
  platform: PlatformConfiguration,
  recorded: RecordedStacks,
): readonly string[] {
  const ofManagement = accountOfRole(platform.accessConfig.organizationRootAccountRole);
  const ofAutomation = accountOfRole(platform.automationAccountRole);
  const ofMeshcloud = platform.meshcloudAccountId ?? meshcloud.accountId;
  return [
    ...mixUp('--profile', management.accountId, ofManagement, 'accessConfig.organizationRootAccountRole'),
    ...mixUp('--profile-automation', automation.accountId, ofAutomation, 'automationAccountRole'),
    ...mixUp('--profile-meshcloud', meshcloud.accountId, ofMeshcloud, 'meshcloudAccountId'),
    ...moved(recorded['VendingStack'], meshcloud),
  ];
}

const mixUp = (option: string, accountId: string, expected: string, field: string): readonly string[] =>
  accountId === expected
    ? []
    : [
        `${option} is a profile of account ${accountId}, and ${field} in platform.json is in ${expected}. Name a profile of ${expected}, or correct platform.json.`,
      ];

/** Roles have one name in all regions, so the application is in one region of an account alone. */
const moved = (
  before: RecordedStacks[string] | undefined,
  { accountId, region }: ProfilePlaces['meshcloud'],
): readonly string[] =>
  before === undefined || (before.region === region && before.account === accountId)
    ? []
    : [
        `VendingStack was deployed to ${before.region} of account ${before.account}, and would now go to ${region} of ${accountId}. Give --region ${before.region} and the profile of ${before.account}, or delete that stack and outputs.json first.`,
      ];
