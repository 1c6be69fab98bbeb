import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { closingStepsOf, TURN } from '../../../functions/dry-run/closing-steps';
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

/**
 * There is nothing to compare with where there is no account; a landing zone's function is called by every run; and
 * what PrepareAccess does, GrantAccess and CheckGrants do in a dry run.
 */
const NOT_COMPARED = ['CreateAccount', 'PrepareAccess', 'InvokeLandingZoneFunction'];

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

  // No step is carried out, so none asks for anything.
  const nothing = {} as DryRunPorts;
  const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };

  describe('comes in a closing', () => {
    const due = (changes: Partial<VendingPlan>, found: { accountThere: boolean; accountOpen: boolean } | null) => {
      const all = closingStepsOf(nothing, { ...everything, closing, ...changes }, tenant({ account }));
      Object.assign(all.found, found);
      return all.steps.filter(({ isDue = () => true }) => isDue()).map(({ state }) => state);
    };
    const OPEN = { accountThere: true, accountOpen: true };
    const ALL = [
      'GuardAccount',
      'RevokeAccess',
      'CustomizeAccount',
      'RemoveStackInstances',
      'UnenrollAccount',
      'SetAccountAlias',
      'CloseAccount',
      'CheckClosure',
    ];
    const without = (...states: readonly string[]) => ALL.filter((state) => !states.includes(state));

    it.each([
      { what: 'everything, where the account is open', changes: {}, found: OPEN, states: ALL },
      {
        what: 'nothing that is in it, where it is closed',
        changes: {},
        found: { accountThere: true, accountOpen: false },
        states: without('CustomizeAccount', 'RemoveStackInstances', 'UnenrollAccount', 'SetAccountAlias'),
      },
      { what: 'no account, where there is none', changes: {}, found: null, states: ALL.slice(0, 2) },
      {
        what: 'no end of an account that stays',
        changes: { closing: { ...closing, closesAccount: false } },
        found: OPEN,
        states: without('UnenrollAccount', 'CloseAccount', 'CheckClosure'),
      },
      {
        what: 'no alias that stays',
        changes: { closing: { ...closing, releasesAlias: false } },
        found: OPEN,
        states: without('SetAccountAlias'),
      },
      {
        what: 'no build, where there is none',
        changes: { customizations: undefined },
        found: OPEN,
        states: without('CustomizeAccount'),
      },
      {
        what: 'access alone to the management account',
        changes: { accessOnly: true as const },
        found: null,
        states: [ALL[1]],
      },
    ])('to $what', ({ changes, found, states }) => {
      expect(due(changes, found)).toEqual(states);
    });

    it('to the management account as one that stays', () => {
      const { found } = closingStepsOf(nothing, { ...everything, closing, accessOnly: true }, tenant({ account }));
      expect(found).toEqual({ accountThere: true, accountOpen: true });
    });

    it('with a turn in which an account leaves Control Tower', () => {
      const { ledger } = closingStepsOf(
        nothing,
        { ...everything, closing },
        tenant({ account, turns: { other: TURN } }),
      );
      expect(ledger.tenant.turns).toEqual({ other: TURN, unenrollment: TURN });
    });
  });

  describe('comes in a vending', () => {
    const planned = (changes: Partial<VendingPlan>, imports = false) =>
      dryRunStepsOf(nothing, plan(changes), tenant({ account }), imports);
    const states = (...given: Parameters<typeof planned>) => planned(...given).steps.map(({ state }) => state);
    const OWN = ['CheckAccess', 'MoveAccount', 'CheckGroups'];
    /** Whatever the plan has: states that are carried out as they are, also one that is added, and these. */
    const ALWAYS = stepNames.filter((name) => steps[name].dryRun === true || OWN.includes(name));

    it('to what the plan has, and nothing else', () => {
      expect(ALWAYS).toEqual(
        expect.arrayContaining(['RevokeAccess', 'OpenAccount', 'GrantAccess', 'ConfirmDowngrade']),
      );
      expect(states({})).toEqual(ALWAYS);
      expect(states({}, true)).toEqual(['ImportAccount', ...ALWAYS]);
    });

    it('to access alone in the management account', () => {
      expect(states({ ...everything, accessOnly: true }, true)).toEqual([
        'ImportAccount',
        'RevokeAccess',
        'GrantAccess',
        'CheckGrants',
        'CheckGroups',
      ]);
    });

    it('with a turn where an account leaves Control Tower, and with none elsewhere', () => {
      expect(planned({ unenrollment: enrollment }).ledger.tenant.turns).toEqual({ unenrollment: TURN });
      expect(planned({}).ledger.tenant.turns).toEqual({});
    });

    it('to each state until it has nothing more to wait for', () => {
      const unfinished = (state: string, result: Readonly<Record<string, number | boolean>>) =>
        planned(everything)
          .steps.find((one) => one.state === state)
          ?.isUnfinished?.({ result });
      expect([unfinished('EnrollAccount', { started: true }), unfinished('EnrollAccount', {})]).toEqual([true, false]);
      expect([unfinished('DeployStackInstances', { asked: true }), unfinished('DeployStackInstances', {})]).toEqual([
        true,
        false,
      ]);
      expect([
        unfinished('CheckGroups', { ready: false }),
        unfinished('CheckGroups', { ready: false, groupsAwaited: 1 }),
        unfinished('CheckGroups', { ready: true }),
      ]).toEqual([true, false, false]);
      expect(unfinished('UnenrollAccount', {})).toBe(false);
    });

    it('at once to the last moment of those that would wait', () => {
      const impatient = planned(everything, true).steps.flatMap(({ state, isImpatient }) =>
        isImpatient ? [state] : [],
      );
      expect(impatient).toEqual(['ImportAccount', 'CheckAccess']);
    });
  });
});
