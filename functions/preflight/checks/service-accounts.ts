import {
  accountOfLandingZone,
  configuredServiceAccounts,
  ownAccount,
} from '../../domain/configuration/service-accounts';
import type { ServiceAccount } from '../../domain/plan/plan';
import type { ControlTower } from '../../ports/control-tower';
import type { OwnAccount } from '../../ports/own-account';
import { type Check, failed, type Finding, ok, skipped } from '../check';
import { CONTROL_TOWER_IS_SET_UP } from './control-tower';

export interface ServiceAccountPorts {
  /** Null where accounts are not enrolled. */
  readonly controlTower: Pick<ControlTower, 'landingZone'> | null;
  /** Null where somebody runs the preflight with their own credentials: they may be of another account. */
  readonly ownAccount: OwnAccount | null;
}

type Platform = Parameters<typeof configuredServiceAccounts>[0];

/** Accounts that serve all tenants are no tenant's: which they are. */
export const serviceAccountChecks = (ports: ServiceAccountPorts, platform: Platform): readonly Check[] => [
  {
    id: 'meshcloud-account',
    sentence: 'meshcloudAccountId is the account that this application runs in.',
    judge: () => ownAccountFinding(ports, platform),
  },
  {
    id: 'shared-accounts',
    sentence: 'The accounts that Control Tower shares can be told.',
    needs: ports.controlTower === null ? [] : [CONTROL_TOWER_IS_SET_UP],
    judge: () => sharedAccountsFinding(ports, platform),
  },
];

async function ownAccountFinding(
  { ownAccount: own }: ServiceAccountPorts,
  { meshcloudAccountId }: Platform,
): Promise<Finding> {
  if (own === null) return skipped('Only the application itself can tell.');
  const id = await own.id();
  if (meshcloudAccountId === undefined) return ok(`It is ${id}; npm run plan does not know it (meshcloudAccountId).`);
  return meshcloudAccountId === id
    ? ok()
    : failed(
        `platform.json names ${meshcloudAccountId}, and this application runs in ${id}.`,
        `Set meshcloudAccountId to ${id}, and deploy VendingStack. Until then neither of the two is imported.`,
      );
}

async function sharedAccountsFinding(
  { controlTower }: ServiceAccountPorts,
  { sharedAccountIds = [] }: Platform,
): Promise<Finding> {
  if (controlTower === null) return skipped('Accounts are not enrolled with Control Tower.');
  const shared = (await controlTower.landingZone())?.sharedAccounts ?? [];
  if (shared.length === 0) return ok('Its landing zone names none.');
  const found = `Its landing zone names ${listed(shared.map(({ id, part }) => `${id} (${part})`))}.`;
  const missing = shared.filter(({ id }) => !sharedAccountIds.includes(id)).map(({ id }) => id);
  return ok(missing.length === 0 ? found : `${found} Not among sharedAccountIds in platform.json: ${listed(missing)}.`);
}

export async function allServiceAccounts(
  { controlTower, ownAccount: own }: Pick<ServiceAccountPorts, 'controlTower' | 'ownAccount'>,
  platform: Platform,
): Promise<readonly ServiceAccount[]> {
  const all = [
    ...configuredServiceAccounts(platform),
    ...(own === null ? [] : [ownAccount(await own.id())]),
    ...((await controlTower?.landingZone())?.sharedAccounts ?? []).map(accountOfLandingZone),
  ];
  return [...new Map(all.map((account) => [account.id, account])).values()];
}

const listed = (words: readonly string[]): string => words.join(', ');
