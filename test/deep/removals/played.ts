import type { Configuration } from '../../../functions/domain/configuration';
import { vend } from '../../../sandbox/demo/vend';
import type { Call } from '../../../sandbox/organization/call-log';
import type { Organization } from '../../../sandbox/organization/organization';
import type { ServiceRoleSeed } from '../../../sandbox/organization/organization-seed';
import { embeddedStage } from '../../../sandbox/stage/embedded-stage';
import type { Scenario } from './scenario';

/** How a scenario has gone. */
export interface Played {
  /** Every vending of every round, and every closing. */
  readonly vended: boolean;
  readonly calls: readonly Call[];
  /** What each role of a service account has used, in lower case. */
  readonly usedActions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Why stack instances could not be deployed. */
  readonly instanceReasons: readonly string[];
}

const SEED = 7;

/** Plays a scenario on the embedded stage by these roles, up to the first vending that fails. */
export async function play(
  { options, rounds }: Scenario,
  configuration: Configuration,
  authorization: readonly ServiceRoleSeed[],
): Promise<Played> {
  const stage = await embeddedStage(configuration, SEED, { ...options(), authorization });
  let vended = true;
  try {
    for (const { before, desiredStates } of rounds) {
      if (!vended) break;
      before?.(stage.organization.state);
      const orders = desiredStates.map((desiredState) => ({ source: '', trigger: 'event', desiredState }) as const);
      const statuses = await vend(stage, orders, () => undefined);
      vended = statuses.every(({ status }) => status === 'VENDED' || status === 'CLOSED');
    }
    const { calls, state } = stage.organization;
    return { vended, calls, usedActions: state.usedActions, instanceReasons: instanceReasons(stage.organization) };
  } finally {
    await stage.stop();
  }
}

function instanceReasons({ state }: Organization): readonly string[] {
  const instances = [...state.stackSets.values()].flatMap((stackSet) => [...stackSet.instances.values()]);
  return instances.flatMap(({ reason }) => reason ?? []);
}
