import { type DryRunPorts, dryRunStepsOf } from '../../../functions/dry-run/vending-steps';
import { isStep, stepNames } from '../../../functions/steps/each-step';
import { steps } from '../../../functions/steps/table';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import { account, enrollment, plan, tenant } from '../../fakes/vending';
import { statesOf } from '../../statemachines/states';

/** What only tells how things are. */
const READS = /:(?:BatchGet|Describe|Get|List|Search)/u;

/** There is nothing to compare with where there is no account; and a landing zone's function is called by every run. */
const NOT_COMPARED = ['CreateAccount', 'InvokeLandingZoneFunction'];

describe('a dry run', () => {
  it('carries out every state whose row says so', () => {
    const stackSet = { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} };
    const everything = plan({ enrollment, stackSets: [stackSet], stackSetRemovals: [stackSet] });
    // No step is carried out, so none asks for anything.
    const nothing = {} as DryRunPorts;
    const { steps: carriedOut } = dryRunStepsOf(nothing, everything, tenant({ account }), true);
    const expected = statesOf(vendAccount).flatMap(([name]) =>
      isStep(name) && steps[name].dryRun === true ? [name] : [],
    );
    expect(new Set(carriedOut.map(({ state }) => state))).toEqual(new Set(expected));
  });

  it('leaves out no state that writes to AWS', () => {
    const writing = stepNames.filter((name) => {
      const { management = [], automation = [], member = [] } = steps[name];
      return [...management, ...automation, ...member].some((action) => !READS.test(action));
    });
    expect(writing.length).toBeGreaterThan(10);
    expect(writing.filter((name) => steps[name].dryRun !== true)).toEqual(NOT_COMPARED);
  });
});
