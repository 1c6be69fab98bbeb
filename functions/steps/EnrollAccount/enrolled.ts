import { namedUnitOf, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { OrganizationTree } from '../../ports/organizations';
import { outcomesOf } from '../outcome';

const { done, goTo } = outcomesOf('EnrollAccount');

/** The plan's OU; where hierarchical assignment is allowed, the one below it that the account is in already. */
export async function wantedUnit(
  { tree }: { readonly tree: Pick<OrganizationTree, 'isBelow'> },
  { plan }: StepContext,
  parentId: string,
): Promise<string> {
  const target = namedUnitOf(plan);
  return plan.allowHierarchicalOrganizationalUnitAssignment && (await tree.isBelow(parentId, target))
    ? parentId
    : target;
}

export async function recordEnrolled(
  { repository }: { readonly repository: Pick<TenantRepository, 'update'> },
  { tenant: { enrollment } }: StepContext,
): Promise<StepReport> {
  if (enrollment !== null && enrollment.phase !== 'ended') {
    await repository.update('enrollment', {
      before: enrollment,
      after: { ...enrollment, phase: 'ended', busySince: null, failures: 0 },
    });
  }
  return done('The account is enrolled, in its organizational unit.');
}

export const TURN_NEEDED = goTo('turn', 'It has no turn to ask Control Tower.');
