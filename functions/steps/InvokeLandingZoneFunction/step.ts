import { toldByAws } from '../../domain/stack-sets/landing-zone-parameters';
import { accountOf, type Step } from '../../domain/run/step-context';
import type { LandingZoneFunction } from '../../ports/invoked-functions';

export interface InvokeLandingZoneFunctionPorts {
  readonly landingZoneFunction: LandingZoneFunction;
}

/**
 * Calls the landing zone's own function with what meshStack documents, and waits for its answer. It is called after
 * every replication, a second run included: the contract asks it to bear that. What it says about its own failure is a
 * remark; that it cannot be invoked is a failure.
 *
 * @throws RejectedError when it cannot be invoked
 */
export function invokeLandingZoneFunction({ landingZoneFunction }: InvokeLandingZoneFunctionPorts): Step {
  return async (context) => {
    const planned = context.plan.landingZoneFunction;
    if (planned === null) return { result: { invoked: false }, remark: 'The landing zone has no function.' };
    const payload = { ...planned.payload, ...toldByAws(accountOf(context)) };
    const failure = await landingZoneFunction.invoke(planned.arn, payload);
    return failure === null
      ? { result: { invoked: true } }
      : { result: { invoked: true }, remark: `The landing zone's function has failed: ${failure}` };
  };
}
