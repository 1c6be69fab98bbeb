import { RejectedError } from '../../domain/base/errors';
import type { FactoryEnrollment } from '../../domain/plan/plan';
import { unregisteredUnit } from '../../domain/enrollment/governance';
import { accountOf, type StepContext } from '../../domain/run/step-context';
import type { AccountDirectory, OrganizationTree, OrganizationalUnit } from '../../ports/organizations';
import type { AccountFactory, EnrollmentRequest } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';

export interface EnrollmentRequestPorts {
  readonly factory: AccountFactory;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
  readonly tree: OrganizationTree;
  readonly controlTower: Pick<ControlTower, 'registrationOf'>;
}

/**
 * What the Account Factory is asked for: its newest version, and its six parameters. The account is found by its
 * e-mail, which has to be the one that AWS knows: any other would make a new account. The OU is `Name (id)`, which
 * works for nested ones, too. Source: AWS Control Tower User Guide, "Automate account provisioning".
 *
 * @param unitId where the account is to be
 * @throws RejectedError when a prerequisite is missing
 */
export async function enrollmentRequest(
  { factory, directory, tree, controlTower }: EnrollmentRequestPorts,
  context: StepContext,
  { accountFactoryProductId: productId, ssoUser }: FactoryEnrollment,
  unitId: string,
): Promise<Omit<EnrollmentRequest, 'token'>> {
  const product = await factory.describeProduct(productId);
  if (product.artifactId === null) throw noActiveVersion(productId);
  if (product.launchPathId === null) throw noLaunchPath(productId);
  const unit = await tree.describeOrganizationalUnit(unitId);
  const account = await directory.describeAccount(accountOf(context).id);
  if (unit === undefined || account === undefined) throw notThere(context, unitId);
  await checkRegistration(controlTower, context, unit);
  return {
    productId,
    artifactId: product.artifactId,
    launchPathId: product.launchPathId,
    parameters: {
      AccountEmail: account.email,
      AccountName: account.name,
      ManagedOrganizationalUnit: `${unit.name} (${unit.id})`,
      SSOUserEmail: ssoUser.email,
      SSOUserFirstName: ssoUser.firstName,
      SSOUserLastName: ssoUser.lastName,
    },
  };
}

/** Told before Control Tower is asked: it would say so minutes later, and leave a failed enrollment behind. */
async function checkRegistration(
  controlTower: EnrollmentRequestPorts['controlTower'],
  { plan }: StepContext,
  { id, arn }: OrganizationalUnit,
): Promise<void> {
  if (arn === null) return;
  const rejection = unregisteredUnit(plan, id, await controlTower.registrationOf(arn));
  if (rejection !== undefined) throw rejection;
}

function noActiveVersion(productId: string): RejectedError {
  return new RejectedError(
    `The Account Factory product ${productId} has no version that is active and not deprecated.`,
    'Repair or update the landing zone in the Control Tower console, which publishes a new version, and replay this run.',
  );
}

function noLaunchPath(productId: string): RejectedError {
  return new RejectedError(
    `The role that enrolls accounts has no launch path to the Account Factory product ${productId}.`,
    'Open the portfolio "AWS Control Tower Account Factory Portfolio" in Service Catalog (Access tab) to the role whose name ends with ' +
      '-ControlTower, as docs/setup.md shows, and replay this run.',
  );
}

function notThere({ plan }: StepContext, unitId: string): RejectedError {
  return new RejectedError(
    `The account, or the organizational unit ${unitId}, is not in the organization any more.`,
    `Correct awsTargetOrgUnitId in landing-zones/${plan.landingZone}.json, or bring the account back, and replay this run.`,
  );
}
