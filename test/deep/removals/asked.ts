import { readableKey } from '../../../functions/domain/desired-state/desired-state';
import { PreflightAcceptedSchema, PreflightSchema, VendingDetailSchema } from '../../../functions/api/responses';
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
