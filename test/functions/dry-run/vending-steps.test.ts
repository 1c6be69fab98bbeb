import { closingStepsOf } from '../../../functions/dry-run/closing-steps';
import type { DryRunPorts } from '../../../functions/dry-run/step-ports';
import { dryRunStepsOf } from '../../../functions/dry-run/vending-steps';
import { isStep, stepNames } from '../../../functions/steps/each-step';
import { steps } from '../../../functions/steps/table';
import closeAccount from '../../../statemachines/close-account.asl.json';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import { account, enrollment, plan, tenant } from '../../fakes/vending';
import { customization } from '../steps/customizations-under-test';
import { statesOf } from '../../statemachines/states';

/** What only tells how things are. */
const READS = /:(?:BatchGet|Describe|Get|List|Search)/u;

/** There is nothing to compare with where there is no account; and a landing zone's function is called by every run. */
const NOT_COMPARED = ['CreateAccount', 'InvokeLandingZoneFunction'];

const stackSet = { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} };
const workspaceOrgUnit = { parentOrgUnitId: 'ou-ab12-legacy01', name: 'retail' };
const everything = plan({
  enrollment,
  unenrollment: enrollment,
  workspaceOrgUnit,
  stackSets: [stackSet],
  stackSetRemovals: [stackSet],
  customizations: [customization()],
});

describe('a dry run', () => {
  it.each([
    ['vending', vendAccount, everything],
    [
      'closing',
      closeAccount,
      { ...everything, closing: { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true } },
    ],
  ])('carries out every state of a %s whose row says so', (_, workflow, planned) => {
    // No step is carried out, so none asks for anything.
    const nothing = {} as DryRunPorts;
    const { steps: carriedOut } = planned.closing
      ? closingStepsOf(nothing, planned, tenant({ account }))
      : dryRunStepsOf(nothing, planned, tenant({ account }), true);
    const expected = statesOf(workflow).flatMap(([name]) =>
      isStep(name) && steps[name].dryRun !== undefined ? [name] : [],
    );
    expect(carriedOut.map(({ state }) => state)).toEqual(expected);
  });

  it('leaves out no state that writes to AWS', () => {
    const writing = stepNames.filter((name) => {
      const { management = [], automation = [], member = [] } = steps[name];
      return [...management, ...automation, ...member].some((action) => !READS.test(action));
    });
    expect(writing.length).toBeGreaterThan(10);
    expect(writing.filter((name) => steps[name].dryRun === undefined)).toEqual(NOT_COMPARED);
  });
});
