import { readableKey } from '../../../functions/domain/desired-state/desired-state';
import { PreflightAcceptedSchema, PreflightSchema, VendingDetailSchema } from '../../../functions/api/responses';
import { type Rollout, RolloutAcceptedSchema, RolloutSchema } from '../../../functions/api/rollout-responses';
import { VendingPreviewSchema } from '../../../functions/api/vending-responses';
import type { Stage } from '../../../sandbox/runtime/stage/stage';

/** Asks what a run would change, of desired states that nothing stands in the way of. */
export const dryRuns =
  (...desiredStates: readonly unknown[]) =>
  async (stage: Stage): Promise<void> => {
    for (const body of desiredStates) {
      // One after the other: a dry run is not paced, and AWS would turn away several in one second.
      await stage.pause();
      const answer = await stage.callApi({ method: 'POST', path: '/vendings', query: { dryRun: 'true' }, body });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      const { refusal } = VendingPreviewSchema.parse(answer.body);
      if (refusal !== null) throw new Error(refusal.message);
    }
  };

/** That the last run of a tenant has waited for an approval, and got it. */
export const wasApproved =
  (desiredState: unknown) =>
  async (stage: Stage): Promise<void> => {
    const { body } = await stage.callApi({
      method: 'GET',
      path: `/vendings/${readableKey(desiredState)?.tenantUuid ?? ''}`,
    });
    const { approval } = VendingDetailSchema.parse(body);
    if (approval?.decision !== 'approve') throw new Error('Nobody has approved the run.');
  };

/** Has every prerequisite looked at, all of which are there. */
export async function preflight(stage: Stage): Promise<void> {
  const { body: begun } = await stage.callApi({ method: 'POST', path: '/preflight' });
  const path = `/preflight/${PreflightAcceptedSchema.parse(begun).id}`;
  for (;;) {
    await stage.pause();
    const { status, checks } = PreflightSchema.parse((await stage.callApi({ method: 'GET', path })).body);
    const bad = checks.filter(({ result }) => result === 'failed' || result === 'unknown');
    if (status === 'PASSED') return;
    if (status !== 'RUNNING') throw new Error(`The preflight has ended as ${status}: ${JSON.stringify(bad)}`);
  }
}

/** Brings accounts to what the landing zone has become. There is one at least that is behind. */
export async function updatedLandingZone(stage: Stage): Promise<void> {
  const body = { kind: 'landing-zone' };
  const { body: accepted } = await stage.callApi({ method: 'POST', path: '/rollouts', body });
  const { id } = RolloutAcceptedSchema.parse(accepted);
  const { token, changing } = await atRest(stage, id);
  await stage.callApi({ method: 'POST', path: `/rollouts/${id}/start`, body: { token } });
  const { status, done, reason } = await atRest(stage, id);
  if (status !== 'ENDED' || changing === 0 || done < changing) throw new Error(`${status}: ${reason ?? ''}`);
}

async function atRest(stage: Stage, id: string): Promise<Rollout> {
  for (;;) {
    const rollout = RolloutSchema.parse((await stage.callApi({ method: 'GET', path: `/rollouts/${id}` })).body);
    if (!['PLANNING', 'SUMMING', 'RUNNING'].includes(rollout.status)) return rollout;
    await stage.pause();
  }
}
