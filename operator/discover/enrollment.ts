import type { JsonObject } from '../written/json-object';
import type { FoundControlTower, FoundOrganization, FoundUnit } from './found-organization';

/** How accounts come under Control Tower, and in which units. */
export interface Enrollment {
  /** `enrollmentConfiguration` of platform.json; null: no account is enrolled. */
  readonly block: JsonObject | null;
  readonly enrolledUnitIds: ReadonlySet<string>;
}

/** The baseline that the Account Factory wants on a unit. */
const OF_ACCOUNT_FACTORY = 'AWSControlTowerBaseline';

/**
 * A landing zone that enrolls what is moved needs nothing more; otherwise the Account Factory enrolls, and that only
 * where a unit is registered with all of Control Tower.
 *
 * @evidence documented controltower/userguide/account-factory: the OU has AWSControlTowerBaseline; ConfigBaseline or
 *   controls alone do not do
 * @evidence documented controltower/userguide/account-auto-enrollment: a moved account gets the baseline of its OU
 */
export function enrollmentOf(
  { controlTower, management }: Pick<FoundOrganization, 'controlTower' | 'management'>,
  units: readonly FoundUnit[],
): Enrollment {
  if (controlTower === null) return NONE;
  const enrolled = units.filter(({ baseline }) => isEnrolledBy(controlTower, baseline));
  if (enrolled.length === 0) return NONE;
  const common = { region: controlTower.region, managementAccountId: management.id };
  const { accountFactory, enrollsByItself } = controlTower;
  const enrolledUnitIds = new Set(enrolled.map(({ id }) => id));
  if (enrollsByItself || accountFactory === null) {
    return { block: { strategy: 'auto-enroll', ...common }, enrolledUnitIds };
  }
  const ofFactory = { accountFactoryProductId: accountFactory.productId, ssoUser: factoryUser(management.email) };
  return { block: { strategy: 'account-factory', ...common, ...ofFactory }, enrolledUnitIds };
}

const isEnrolledBy = ({ enrollsByItself, accountFactory }: FoundControlTower, baseline: string | null): boolean =>
  enrollsByItself ? baseline !== null : accountFactory !== null && baseline === OF_ACCOUNT_FACTORY;

const NONE: Enrollment = { block: null, enrolledUnitIds: new Set() };

/** The user that Control Tower has made at its own set-up: no other one comes into being by the first account. */
const factoryUser = (email: string): JsonObject => ({ email, firstName: 'AWS Control Tower', lastName: 'Admin' });
