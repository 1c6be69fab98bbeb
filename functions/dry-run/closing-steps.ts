import type { TenantRecord } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import { UNENROLLMENT } from '../domain/queue/lanes';
import { removalKey } from '../domain/stack-sets/stack-set-removal';
import type { Step, StepReport } from '../domain/run/step-context';
import { checkClosure } from '../steps/CheckClosure/step';
import { closeAccount } from '../steps/CloseAccount/step';
import { customizeAccount } from '../steps/CustomizeAccount/step';
import { guardAccount } from '../steps/GuardAccount/step';
import { removeStackInstances } from '../steps/RemoveStackInstances/step';
import { revokeAccess } from '../steps/RevokeAccess/step';
import { setAccountAlias } from '../steps/SetAccountAlias/step';
import { unenrollAccount } from '../steps/UnenrollAccount/step';
import { CLOSING_STATES } from './composed-steps';
import { type DryRunStep, inOrder, isWaiting, type OwnSteps } from './dry-run';
import { dryRunClosing, dryRunRemoval } from './ports/dry-run-organization';
import { DryRunRepository } from './ports/dry-run-repository';
import { type DryRunPorts, type StepPorts, stepPortsOf } from './step-ports';

/** What GuardAccount has found, which decides what comes after it. */
interface Found {
  accountThere: boolean;
  accountOpen: boolean;
}

/**
 * The states of a run that takes an account out of use, in the order of its workflow, and the ledger that they write
 * to.
 */
export function closingStepsOf(
  actual: DryRunPorts,
  plan: VendingPlan,
  tenant: TenantRecord,
): { readonly steps: readonly DryRunStep[]; readonly ledger: DryRunRepository; readonly found: Readonly<Found> } {
  const repository = new DryRunRepository({ ...tenant, turns: { ...tenant.turns, [UNENROLLMENT.name]: TURN } });
  const found: Found = { accountThere: false, accountOpen: false };
  const ports = leaving(stepPortsOf(actual, repository));
  const { closer, directory } = dryRunClosing(actual.directory);
  const closes = (): boolean => plan.closing?.closesAccount === true && found.accountThere;
  const own: OwnSteps<(typeof CLOSING_STATES)[number]> = {
    GuardAccount: [{ step: noting(found, guardAccount(ports)) }],
    RevokeAccess: [
      {
        step: (context) => revokeAccess({ ...ports, canEnter: found.accountOpen || plan.accessOnly === true })(context),
        isUnfinished: isWaiting,
      },
    ],
    CustomizeAccount: [
      {
        step: customizeAccount(ports),
        isUnfinished: hasChanged,
        isDue: () => plan.customizations !== undefined && found.accountOpen,
      },
    ],
    RemoveStackInstances: plan.stackSetRemovals.map((removal) => ({
      step: removeStackInstances({ ...ports, removal: removalKey(removal) }),
      isDue: () => found.accountOpen,
    })),
    UnenrollAccount: [
      {
        step: unenrollAccount(ports),
        isUnfinished: hasChanged,
        isDue: () => closes() && found.accountOpen,
      },
    ],
    SetAccountAlias: [
      {
        step: setAccountAlias(ports),
        isDue: () => plan.closing?.releasesAlias === true && found.accountOpen,
        isImpatient: true,
      },
    ],
    CloseAccount: [{ step: closeAccount({ ...ports, closer, directory, quota: NEVER_COUNTED }), isDue: closes }],
    CheckClosure: [{ step: checkClosure({ ...ports, directory }), isDue: closes }],
  };
  const steps = inOrder(CLOSING_STATES, own, ports);
  return plan.accessOnly === true
    ? { steps: steps.filter(({ state }) => state === 'RevokeAccess'), ledger: repository, found: KEPT }
    : { steps, ledger: repository, found };
}

/** The management account is always there. */
const KEPT: Readonly<Found> = { accountThere: true, accountOpen: true };

const leaving = (ports: StepPorts): StepPorts => ({ ...ports, ...dryRunRemoval(ports) });

const noting =
  (found: Found, step: Step): Step =>
  async (context) => {
    const report = await step(context);
    found.accountThere = report.result['accountThere'] === true;
    found.accountOpen = report.result['accountOpen'] === true;
    return report;
  };

/** Nobody stands before a dry run. */
export const TURN = { grantedAt: '', notBefore: '', used: false, slot: 0 };

/** A dry run has room in AWS's share of closings, which only says when an account is closed. */
const NEVER_COUNTED = { count: () => Promise.resolve(0) };

/**
 * What it has asked for has ended well at once, so it looks again. Others may be at work on the product: a dry run
 * does not wait for them.
 */
export const hasChanged = ({ changes = [] }: StepReport): boolean => changes.length > 0;
