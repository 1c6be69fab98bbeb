import { contentHash } from '../../domain/base/canonical-json';
import { nextEnrollment } from '../../domain/enrollment/enrollment-operation';
import { unitArnBeside } from '../../domain/enrollment/governance';
import { accountOf, type StepReport, type Vending } from '../../domain/run/vending';
import { governedDestination, isOutsideControlTower } from '../../domain/enrollment/withdrawal';
import { outcomesOf } from '../outcome';
import type { UnenrollAccountPorts } from './ports';

const { goTo } = outcomesOf('UnenrollAccount');

/**
 * Moves the account out of the units of Control Tower, which lets it go then. That it was moved, and when, is written
 * down first: killed in between, the next run finds the account where it was, and moves it.
 */
export async function leaveByMove(ports: UnenrollAccountPorts, vending: Vending, from: string): Promise<StepReport> {
  const { repository, tree } = ports;
  const to = await destination(ports, vending, from);
  const intent = { ...nextEnrollment(vending, 'leave', contentHash(to)), recordId: to };
  await repository.update('enrollment', { before: vending.tenant.enrollment, after: intent });
  await tree.moveAccount({ accountId: accountOf(vending).id, from, to });
  return goTo('check', {
    changes: [{ what: 'organizational unit', from, to }],
    remark: 'Control Tower lets go what is moved out of its units.',
  });
}

async function destination(
  { tree, controlTower }: UnenrollAccountPorts,
  vending: Vending,
  from: string,
): Promise<string> {
  const { suspendedOrgUnitId: unitId } = vending.plan.enrollment ?? {};
  if (unitId === undefined) return tree.rootAbove(from);
  if (unitId.startsWith('r-')) return unitId;
  const isThere = (await tree.describeOrganizationalUnit(unitId)) !== undefined;
  const registration = await controlTower.registrationOf(unitArnBeside(accountOf(vending).arn, unitId));
  if (!isThere || !isOutsideControlTower(registration)) throw governedDestination(unitId);
  return unitId;
}
