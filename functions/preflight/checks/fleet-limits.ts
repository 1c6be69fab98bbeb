import type { LandingZone } from '../../domain/configuration/landing-zone';
import type { ListedProduct } from '../../domain/enrollment/provisioned-products';
import {
  accountsInUnit,
  CONTROL_TOWER_ACCOUNTS,
  ENROLLMENTS_A_WEEK,
  IDENTITY_CENTER_ACCOUNTS,
  isLittle,
  MANAGED_ACCOUNTS_TIMES_REGIONS,
  SERVICE_CATALOG_ACCOUNTS,
} from '../../domain/fleet/fleet-limits';
import type { ControlTower } from '../../ports/control-tower';
import type { ListedAccount } from '../../ports/organizations';
import { type Check, failed, type Finding, ok, skipped, unknown } from '../check';
import { CONTROL_TOWER_IS_SET_UP } from './control-tower';

export interface FleetPorts {
  readonly accounts: () => Promise<readonly ListedAccount[]>;
  /** Null where the Account Factory's product is not configured. */
  readonly products: (() => Promise<readonly ListedProduct[]>) | null;
  /** Null where accounts are not enrolled. */
  readonly controlTower: Pick<ControlTower, 'landingZone'> | null;
  readonly now: () => Date;
}

export interface FleetFacts {
  readonly enrollsBy: 'account-factory' | 'auto-enroll' | null;
  readonly hasIdentityCenter: boolean;
  readonly landingZones: readonly Pick<LandingZone, 'name' | 'awsEnrollAccount' | 'awsTargetOrgUnitId'>[];
}

/**
 * What AWS lets a whole organization have, and how much of it is left: nothing of it shows when a single account is
 * ordered.
 */
export const fleetLimitChecks = (ports: FleetPorts, facts: FleetFacts, entering: string): readonly Check[] =>
  [
    ...(ports.controlTower === null ? [] : enrolledLimits(ports, ports.controlTower, facts)),
    ...(facts.enrollsBy === 'account-factory'
      ? [accountsOf('service-catalog', 'Service Catalog', SERVICE_CATALOG_ACCOUNTS, FIXED)]
      : []),
    ...(facts.hasIdentityCenter
      ? [
          {
            ...accountsOf('identity-center', 'IAM Identity Center', IDENTITY_CENTER_ACCOUNTS, IDENTITY_CENTER),
            isAdjustable: true,
          },
        ]
      : []),
  ].map((limit) => checkOf(limit, ports, entering));

interface Limit {
  readonly id: string;
  readonly sentence: string;
  readonly needs?: readonly string[];
  readonly remedy: string;
  /** The limit may have been raised, which is not looked at. */
  readonly isAdjustable?: boolean;
  readonly measure: (accounts: readonly ListedAccount[]) => Promise<Measured | string> | Measured;
}

/** A text: why it cannot be measured. */
interface Measured {
  readonly used: number;
  readonly most: number;
  /** What is counted, and by whose word. */
  readonly of: string;
}

const checkOf = (
  { id, sentence, needs = [], measure, ...limit }: Limit,
  { accounts }: FleetPorts,
  entering: string,
): Check => ({
  id,
  sentence,
  needs: [entering, ...needs],
  judge: async () => {
    const measured = await measure(await accounts());
    return typeof measured === 'string' ? skipped(measured) : findingOf(measured, limit);
  },
});

function findingOf(
  { used, most, of }: Measured,
  { remedy, isAdjustable = false }: Pick<Limit, 'remedy' | 'isAdjustable'>,
): Finding {
  const left = most - used;
  if (left <= 0 && isAdjustable) return unknown(`${used} of ${most} ${of}, unless AWS has granted more.`, remedy);
  if (left <= 0) return failed(`${used} of ${most} ${of}: none is left.`, remedy);
  return ok(`${used} of ${most} ${of}, ${left} left.${isLittle(left, most) ? ` That is little. ${remedy}` : ''}`);
}

const accountsOf = (id: string, service: string, most: number, remedy: string): Limit => ({
  id: `fleet-limit:${id}`,
  sentence: `${service} may serve more accounts.`,
  remedy,
  measure: (accounts) => ({ used: accounts.length, most, of: 'accounts of the organization, closed ones among them' }),
});

const FIXED = 'AWS does not raise this limit: plan another organization for more accounts.';
const IDENTITY_CENTER =
  'This is the default: ask for a higher quota in the management account (Service Quotas, IAM Identity Center), unless AWS has granted one already.';

function enrolledLimits(
  ports: FleetPorts,
  controlTower: Pick<ControlTower, 'landingZone'>,
  { landingZones }: FleetFacts,
): readonly Limit[] {
  const needs = [CONTROL_TOWER_IS_SET_UP];
  const regions = async () => (await controlTower.landingZone())?.governedRegions?.length;
  return [
    {
      id: 'fleet-limit:enrollments-a-week',
      sentence: 'Control Tower may enroll more accounts this week.',
      needs,
      remedy: 'AWS takes no more until the oldest of these is seven days old: order fewer accounts a week, or wait.',
      measure: async (accounts) => ({ ...(await enrolledThisWeek(ports, accounts)), most: ENROLLMENTS_A_WEEK }),
    },
    { ...accountsOf('control-tower', 'Control Tower', CONTROL_TOWER_ACCOUNTS, FIXED), needs },
    {
      id: 'fleet-limit:accounts-times-regions',
      sentence: 'The stack sets of Control Tower have room for more accounts in the governed regions.',
      needs,
      remedy:
        'Let Control Tower govern fewer regions (Landing zone settings), or plan another organization for more accounts.',
      measure: async (accounts) => {
        const governed = await regions();
        const open = accounts.filter(isOpen).length;
        const of = `accounts times regions: ${open} accounts that are not closed, ${governed ?? 0} governed regions`;
        return governed === undefined ? UNTOLD : { used: open * governed, most: MANAGED_ACCOUNTS_TIMES_REGIONS, of };
      },
    },
    ...landingZones.flatMap(({ name, awsEnrollAccount, awsTargetOrgUnitId: unitId }) =>
      awsEnrollAccount && unitId !== null ? [inUnit({ name, unitId }, regions, needs)] : [],
    ),
  ];
}

const UNTOLD = 'Control Tower does not say which regions it governs.';

const isOpen = ({ state }: ListedAccount): boolean => state !== 'CLOSED';

const inUnit = (
  { name, unitId }: { readonly name: string; readonly unitId: string },
  regions: () => Promise<number | undefined>,
  needs: readonly string[],
): Limit => ({
  id: `accounts-in-unit:${name}`,
  sentence: `Control Tower supports more accounts in the unit of landing zone "${name}".`,
  needs,
  remedy:
    `Registered units with more accounts cannot be registered again, as an update of the landing zone asks for: use another unit for new accounts ` +
    `(awsTargetOrgUnitId in landing-zones/${name}.json).`,
  measure: async (accounts) => ({
    used: accounts.filter((account) => isOpen(account) && account.parentId === unitId).length,
    most: accountsInUnit((await regions()) ?? 0),
    of: `accounts directly in ${unitId}`,
  }),
});

const WEEK_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

/**
 * Nothing tells when an account was enrolled. By the Account Factory each enrollment makes a product; by moves, young
 * accounts are all that can be seen.
 */
async function enrolledThisWeek(
  { products, now }: FleetPorts,
  accounts: readonly ListedAccount[],
): Promise<Omit<Measured, 'most'>> {
  const isOfThisWeek = (date: Date | null): boolean =>
    date !== null && now().getTime() - date.getTime() < WEEK_MILLISECONDS;
  if (products !== null) {
    const used = (await products()).filter(({ createdAt }) => isOfThisWeek(createdAt)).length;
    return { used, of: 'enrollments, by provisioned products of the Account Factory that were made in seven days' };
  }
  const used = accounts.filter(({ joinedAt }) => isOfThisWeek(joinedAt)).length;
  return { used, of: 'enrollments, by accounts that have joined the organization in seven days' };
}
