import { type DryRunPorts, dryRunStepsOf } from '../../../functions/dry-run/vending-steps';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import { account, enrollment, plan, tenant } from '../../fakes/vending';
import { statesOf } from '../../statemachines/states';

/** States that change nothing in AWS: they plan, wait, look how an operation goes on, or tell the end. */
const CHANGE_NOTHING = [
  'PlanVending',
  'AwaitApproval',
  'AwaitReconciliationTurn',
  'AwaitCreationTurn',
  'AwaitEnrollmentTurn',
  'AwaitStackSetTurn',
  'AwaitWithdrawalTurn',
  'CheckAccount',
  'CheckEnrollment',
  'CheckExternalAvm',
  'CheckRemoval',
  'CheckStackInstances',
  'CompleteVending',
];

/** There is nothing to compare with where there is no account; and a landing zone's function is called by every run. */
const NOT_IN_DRY_RUN = ['CreateAccount', 'InvokeLandingZoneFunction'];

describe('a dry run', () => {
  it('has a step for every state that changes something, in the order of the workflow', () => {
    const stackSet = { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} };
    const everything = plan({ enrollment, stackSets: [stackSet], stackSetRemovals: [stackSet] });
    // No step is played, so none asks for anything.
    const nothing = {} as DryRunPorts;
    const { steps: dryRunSteps } = dryRunStepsOf(nothing, everything, tenant({ account }), true);
    const steps = statesOf(vendAccount).flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : []));
    const expected = steps.filter((name) => ![...CHANGE_NOTHING, ...NOT_IN_DRY_RUN].includes(name));
    expect(new Set(dryRunSteps.map(({ state }) => state))).toEqual(new Set(expected));
  });
});
