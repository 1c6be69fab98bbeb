import type { Configuration } from '../../../../functions/domain/configuration/configuration';
import type { DesiredState } from '../../../../functions/domain/desired-state/desired-state';
import type { Fault } from '../../../../functions/domain/base/fault';
import type { VendingPlan } from '../../../../functions/domain/plan/plan';
import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { type Change, configuration, desiredState } from '../examples';

/** The plan of a desired state that is as it should be. */
export function plan(state: DesiredState = desiredState(), config: Configuration = configuration()): VendingPlan {
  const result = planVending(state, config);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.value;
}

/** Why a desired state is refused. */
export function faults(state: DesiredState, config: Configuration = configuration()): readonly Fault[] {
  const result = planVending(state, config);
  return result.ok ? [] : result.faults;
}

/** A tenant of this workspace and this project. */
export const named = (workspace: string, project: string): readonly Change[] => [
  ['tenant.metadata.ownedByWorkspace', workspace],
  ['workspace.metadata.name', workspace],
  ['project.metadata.ownedByWorkspace', workspace],
  ['tenant.metadata.ownedByProject', project],
  ['project.metadata.name', project],
];
