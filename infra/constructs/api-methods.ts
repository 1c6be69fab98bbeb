import type { IResource } from 'aws-cdk-lib/aws-apigateway';

/**
 * Every method of the API, below a resource: machines call them at the root of one API, people at the console's part of
 * another one.
 */
export function addApiMethods(root: IResource): void {
  const vendings = root.addResource('vendings');
  vendings.addMethod('GET');
  vendings.addMethod('POST');
  const vending = vendings.addResource('{tenantUuid}');
  vending.addMethod('GET');
  addHistories(vending);
  vending.addResource('replay').addMethod('POST');
  vending.addResource('stop').addMethod('POST');
  vending.addResource('approval').addMethod('POST');
  addOverviews(root);
  const preflight = root.addResource('preflight');
  preflight.addMethod('POST');
  preflight.addResource('{id}').addMethod('GET');
  const adoptions = root.addResource('adoptions');
  adoptions.addMethod('POST');
  adoptions.addResource('{id}').addMethod('GET');
  addRollouts(root);
  root.addResource('usage-reports').addResource('{month}').addMethod('GET');
  const tenant = root.addResource('tenants').addResource('{tenantUuid}');
  tenant.addResource('usage-reports').addResource('{month}').addMethod('GET');
  root.addResource('shadow-report').addMethod('GET');
  const landingZones = root.addResource('landing-zones');
  landingZones.addMethod('GET');
  landingZones.addResource('{landingZone}').addResource('mode').addMethod('POST');
  root.addResource('drift-reports').addResource('{pass}').addMethod('GET');
}

function addRollouts(root: IResource): void {
  const rollouts = root.addResource('rollouts');
  rollouts.addMethod('GET');
  rollouts.addMethod('POST');
  const rollout = rollouts.addResource('{id}');
  rollout.addMethod('GET');
  rollout.addResource('tenants').addMethod('GET');
  for (const action of ['start', 'pause', 'resume', 'retry', 'abort']) rollout.addResource(action).addMethod('POST');
}

/** What there was of one tenant. */
function addHistories(vending: IResource): void {
  vending.addResource('events').addMethod('GET');
  for (const [list, one] of [
    ['runs', '{run}'],
    ['desired-states', '{sequence}'],
  ] as const) {
    const resource = vending.addResource(list);
    resource.addMethod('GET');
    resource.addResource(one).addMethod('GET');
  }
}

/** What concerns more than one tenant. */
function addOverviews(root: IResource): void {
  root.addResource('replays').addMethod('POST');
  root.addResource('reindex').addMethod('POST');
  root.addResource('summary').addMethod('GET');
  root.addResource('configuration').addMethod('GET');
  const lanes = root.addResource('lanes');
  lanes.addMethod('GET');
  lanes.addResource('{lane}').addResource('waiters').addMethod('GET');
  const deadLetters = root.addResource('dead-letters');
  deadLetters.addMethod('GET');
  const deadLetter = deadLetters.addResource('{queue}').addResource('{id}');
  deadLetter.addMethod('GET');
  deadLetter.addMethod('DELETE');
  deadLetter.addResource('replay').addMethod('POST');
}
