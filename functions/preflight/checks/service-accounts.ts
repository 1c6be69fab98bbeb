import type { PlatformConfiguration } from '../../domain/platform-configuration';
import {
  accountOfLandingZone,
  configuredServiceAccounts,
  ownAccount,
  type ServiceAccount,
} from '../../domain/service-accounts';
import type { ControlTower } from '../../ports/control-tower';
import type { MemberAccess } from '../../ports/member-account';
import type { OwnAccount } from '../../ports/own-account';
import { type Check, failed, type Finding, ok, skipped } from '../check';
import { CONTROL_TOWER_IS_SET_UP } from './control-tower';

export interface ServiceAccountPorts {
  readonly access: MemberAccess;
  /** Null where accounts are not enrolled. */
  readonly controlTower: Pick<ControlTower, 'landingZone'> | null;
  /** Null where somebody looks with credentials of their own: they may be of another account. */
  readonly ownAccount: OwnAccount | null;
}

type Platform = Pick<PlatformConfiguration, 'accountAccessRole' | 'import'> &
  Parameters<typeof configuredServiceAccounts>[0];

/** Accounts that serve all tenants are no tenant's: which they are, and in which of them the access role would let a tenant's run in. */
export const serviceAccountChecks = (
  ports: ServiceAccountPorts,
  platform: Platform,
  entering: string,
): readonly Check[] => [
  {
    id: 'meshcloud-account',
    sentence: 'meshcloudAccountId is the account that this application runs in.',
    look: () => ownAccountFinding(ports, platform),
  },
  {
    id: 'shared-accounts',
    sentence: 'The accounts that Control Tower shares can be told.',
    needs: ports.controlTower === null ? [] : [CONTROL_TOWER_IS_SET_UP],
    look: () => sharedAccountsFinding(ports, platform),
  },
  {
    id: 'access-role-in-service-accounts',
    sentence: `It can be told in which accounts that serve others ${platform.accountAccessRole} is.`,
    needs: [entering],
    look: () => accessRoleFinding(ports, platform),
  },
];

async function ownAccountFinding(
  { ownAccount: own }: ServiceAccountPorts,
  { meshcloudAccountId }: Platform,
): Promise<Finding> {
  if (own === null) return skipped('It is told only by the application itself.');
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

/** Where the access role has the name that AWS gives it, it is in most of them. Imports of them are refused all the same. */
async function accessRoleFinding(ports: ServiceAccountPorts, platform: Platform): Promise<Finding> {
  const open: string[] = [];
  for (const { id, what } of await allServiceAccounts(ports, platform)) {
    const isOpen = await ports.access.canEnter({ accountId: id, accessRole: platform.accountAccessRole });
    if (isOpen) open.push(`${id} (${what})`);
  }
  return ok(
    open.length === 0 ? 'It is in none.' : `It lets us into ${listed(open)}: they can be neither imported nor closed.`,
  );
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
