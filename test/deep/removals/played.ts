import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { vend, type Watch } from '../../../sandbox/commands/demo/vend';
import type { Call } from '../../../sandbox/organization/call-log';
import type { Organization } from '../../../sandbox/organization/organization';
import type { ServiceRoleSeed } from '../../../sandbox/organization/organization-seed';
import { embeddedStage } from '../../../sandbox/runtime/stage/embedded-stage';
import type { Stage } from '../../../sandbox/runtime/stage/stage';
import type { Round, Scenario } from './scenario';

/** How a scenario has gone. */
export interface Played {
  /** Every vending of every round, every closing, and whatever else was asked for. */
  readonly succeeded: boolean;
  readonly calls: readonly Call[];
  /** What each role of a service account has used, in lower case. */
  readonly usedActions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Why stack instances could not be deployed. */
  readonly instanceReasons: readonly string[];
}

const SEED = 7;

/** Plays a scenario on the embedded stage by these roles, up to the first thing that fails. */
export async function play(
  { options, rounds, configured = (given) => given }: Scenario,
  configuration: Configuration,
  authorization: readonly ServiceRoleSeed[],
): Promise<Played> {
  const stage = await embeddedStage(configured(configuration), SEED, { ...options(), authorization });
  let succeeded = true;
  try {
    for (const round of rounds) succeeded &&= await succeeds(stage, round);
    const { calls, state } = stage.organization;
    return { succeeded, calls, usedActions: state.usedActions, instanceReasons: instanceReasons(stage.organization) };
  } finally {
    await stage.stop();
  }
}

async function succeeds(stage: Stage, { before, desiredStates, after }: Round): Promise<boolean> {
  before?.(stage.organization.state);
  const orders = desiredStates.map((desiredState) => ({ source: '', trigger: 'event', desiredState }) as const);
  const statuses = await vend(stage, orders, approving(stage));
  if (!statuses.every(({ status }) => status === 'VENDED' || status === 'CLOSED')) return false;
  return (
    after?.(stage).then(
      () => true,
      () => false,
    ) ?? true
  );
}

/** Somebody approves whatever waits for it. */
const approving =
  (stage: Stage): Watch =>
  (statuses) => {
    for (const { status, tenantUuid } of statuses) {
      if (status !== 'AWAITING_APPROVAL' || tenantUuid === null) continue;
      const body = { decision: 'approve', reason: 'as agreed' };
      void stage.callApi({ method: 'POST', path: `/vendings/${tenantUuid}/approval`, body });
    }
  };

function instanceReasons({ state }: Organization): readonly string[] {
  const instances = [...state.stackSets.values()].flatMap((stackSet) => [...stackSet.instances.values()]);
  return instances.flatMap(({ reason }) => reason ?? []);
}
