import type { DeployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { exampleStage } from './example-stage';
import { changedPlan } from './stories/changed-plan';
import { hostileInputs } from './stories/hostile-inputs';
import { operatorsView } from './stories/operators-view';
import { stoppedRun } from './stories/stopped-run';
import { vendingsCommand } from './stories/vendings-command';

/**
 * All stories for which the sandbox's own configuration is good enough have one deployment. Each has its own tenants,
 * and leaves neither an active run nor a message behind.
 */
describe('on the local AWS,', () => {
  let stage: DeployedStage;
  const given = (): DeployedStage => stage;

  beforeAll(async () => {
    stage = await exampleStage({ seed: 1 });
  });
  afterAll(async () => {
    await stage.stop();
  });

  describe('a plan that one PutItem has changed', () => {
    changedPlan(given);
  });

  describe('hostile inputs', () => {
    hostileInputs(given);
  });

  describe('a run that is stopped', () => {
    stoppedRun(given);
  });

  describe('what operators see', () => {
    operatorsView(given);
  });

  describe('account-vending vendings', () => {
    vendingsCommand(given);
  });
});
