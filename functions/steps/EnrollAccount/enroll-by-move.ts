import { contentHash } from '../../domain/base/json';
import { enrollmentPoll, nextEnrollment } from '../../domain/enrollment/enrollment-operation';
import { enrollmentLane } from '../../domain/queue/lanes';
import type { Enrollment } from '../../domain/records/account-records';
import { unitArnBeside, unregisteredUnit } from '../../domain/enrollment/governance';
import { accountOf, type StepReport, type StepContext } from '../../domain/run/step-context';
import { namedUnitOf } from '../../domain/plan/plan';
import type { ControlTower } from '../../ports/control-tower';
import type { TenantRepository } from '../../ports/repositories';
import type { OrganizationTree } from '../../ports/organizations';
import { outcomesOf } from '../outcome';

const { done, goTo } = outcomesOf('EnrollAccount');

interface EnrollByMovePorts {
  readonly repository: TenantRepository;
  readonly tree: OrganizationTree;
  readonly controlTower: Pick<ControlTower, 'registrationOf' | 'enrollmentOf' | 'governanceOf'>;
}

/**
 * Moves the account into its unit, upon which Control Tower enrolls it. An account that is there already, is not
 * enrolled and was not moved by us is moved to the root and back: Control Tower follows moves, and enrolls nothing that
 * has stood there from before.
 */
export async function enrollByMove(ports: EnrollByMovePorts, context: StepContext): Promise<StepReport> {
  const { id: accountId, arn } = accountOf(context);
  const from = await ports.tree.parentOf(accountId);
  const unitId = await wantedUnit(ports, context, from);
  if (from === unitId) {
    const standing = await ports.controlTower.enrollmentOf(arn, unitArnBeside(arn, unitId));
    if (standing === 'enrolled') return recordEnrolled(ports, context);
    if (isAwaited(context, unitId)) return done('Control Tower is to enroll the account that was moved.');
    if (standing !== 'absent') return adopt(ports, context, unitId);
  }
  if (from !== unitId && (await ports.controlTower.governanceOf(arn)) === 'changing') return awaitLeave(ports, context);
  const rejection = unregisteredUnit(
    context.plan,
    unitId,
    await ports.controlTower.registrationOf(unitArnBeside(arn, unitId)),
  );
  if (rejection !== undefined) throw rejection;
  const lane = enrollmentLane(context.plan)?.name ?? '';
  if (
    !(await ports.repository.claim('enrollment', {
      before: context.tenant.enrollment,
      after: moveTo(context, unitId),
      permit: { lane, onceAt: null },
    }))
  ) {
    return TURN_NEEDED;
  }
  await move(ports.tree, accountId, from, unitId);
  return done({
    facts: { started: true, waitSeconds: enrollmentPoll('move', 0) },
    changes: [{ what: 'organizational unit', from, to: unitId }],
    remark: 'Control Tower enrolls what is moved.',
  });
}

const isAwaited = ({ tenant: { enrollment } }: StepContext, unitId: string): boolean =>
  enrollment?.phase === 'asked' && enrollment.kind === 'move' && enrollment.recordId === unitId;

/** Somebody else has moved it, and Control Tower is at work. */
async function adopt({ repository }: EnrollByMovePorts, context: StepContext, unitId: string): Promise<StepReport> {
  await repository.update('enrollment', { before: context.tenant.enrollment, after: moveTo(context, unitId) });
  return done('Control Tower is at work on the account.');
}

/** A closing that was taken back has moved it out: Control Tower lets it go before it takes it in again. */
async function awaitLeave({ repository }: EnrollByMovePorts, context: StepContext): Promise<StepReport> {
  const { enrollment } = context.tenant;
  if (enrollment?.phase !== 'asked' || enrollment.kind !== 'leave' || enrollment.recordId !== null) {
    await repository.update('enrollment', {
      before: enrollment,
      after: {
        ...nextEnrollment(context, 'leave', contentHash(null)),
        recordId: null,
      },
    });
  }
  return done('Control Tower is letting the account go, which is to come back.');
}

const moveTo = (context: StepContext, unitId: string): Enrollment => ({
  ...nextEnrollment(context, 'move', contentHash(unitId)),
  recordId: unitId,
});

async function move(tree: OrganizationTree, accountId: string, from: string, to: string): Promise<void> {
  if (from !== to) return tree.moveAccount({ accountId, from, to });
  const root = await tree.rootAbove(from);
  await tree.moveAccount({ accountId, from, to: root });
  await tree.moveAccount({ accountId, from: root, to });
}

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
