import type { TenantRecord } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import { UNENROLLMENT } from '../domain/queue/lanes';
import { removalKey } from '../domain/stack-sets/stack-set-removal';
import type { Step, StepReport } from '../domain/run/vending';
import { checkClosure } from '../steps/CheckClosure/step';
import { closeAccount } from '../steps/CloseAccount/step';
import { guardAccount } from '../steps/GuardAccount/step';
import { removeStackInstances } from '../steps/RemoveStackInstances/step';
import { revokeAccess } from '../steps/RevokeAccess/step';
import { setAccountAlias } from '../steps/SetAccountAlias/step';
import { unenrollAccount } from '../steps/UnenrollAccount/step';
import { dryRunAssignments, dryRunDirectory } from './ports/dry-run-access';
import { dryRunClosing } from './ports/dry-run-closing';
import { dryRunRemoval } from './ports/dry-run-removal';
import { dryRunFactory, dryRunStackSets } from './ports/dry-run-provisioning';
import { DryRunRepository } from './ports/dry-run-repository';
import { dryRunAlias, dryRunSaml } from './ports/dry-run-member';
import type { DryRunStep } from './dry-run';
import { isWaiting, type DryRunPorts } from './vending-steps';

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
  ports: DryRunPorts,
  plan: VendingPlan,
  tenant: TenantRecord,
): { readonly steps: readonly DryRunStep[]; readonly ledger: DryRunRepository; readonly found: Readonly<Found> } {
  const repository = new DryRunRepository({ ...tenant, turns: { ...tenant.turns, [UNENROLLMENT.name]: TURN } });
  const found: Found = { accountThere: false, accountOpen: false };
  const directory = dryRunDirectory(ports.groups);
  const assignments = dryRunAssignments(ports.assignments);
  const saml = dryRunSaml(ports.saml);
  const stackSets = dryRunStackSets(ports.stackSets);
  const leaving = dryRunRemoval(
    ports,
    dryRunFactory(ports.factory, () => undefined),
  );
  const closing = dryRunClosing(ports.directory);
  const closes = (): boolean => plan.closing?.closesAccount === true && found.accountThere;
  const steps: readonly DryRunStep[] = [
    {
      state: 'GuardAccount',
      step: noting(found, guardAccount(ports)),
    },
    {
      state: 'RevokeAccess',
      step: (vending) =>
        revokeAccess({ repository, directory, assignments, saml, canEnter: found.accountOpen })(vending),
      isUnfinished: isWaiting,
    },
    ...plan.stackSetRemovals.map((removal) => ({
      state: 'RemoveStackInstances',
      step: removeStackInstances({ repository, stackSets, turns: repository, removal: removalKey(removal) }),
      isDue: () => found.accountOpen,
    })),
    {
      state: 'UnenrollAccount',
      step: unenrollAccount({ repository, ...leaving, turns: repository }),
      isUnfinished: hasChanged,
      isDue: () => closes() && found.accountOpen,
    },
    {
      state: 'SetAccountAlias',
      step: setAccountAlias({ repository, alias: dryRunAlias(ports.alias) }),
      isDue: () => plan.closing?.releasesAlias === true && found.accountOpen,
      isImpatient: true,
    },
    {
      state: 'CloseAccount',
      step: closeAccount({ repository, turns: repository, ...closing, own: ports.own, quota: NEVER_COUNTED }),
      isDue: closes,
    },
    {
      state: 'CheckClosure',
      step: checkClosure({ repository, turns: repository, directory: closing.directory }),
      isDue: closes,
    },
  ];
  return { steps, ledger: repository, found };
}

const noting =
  (found: Found, step: Step): Step =>
  async (vending) => {
    const report = await step(vending);
    found.accountThere = report.result['accountThere'] === true;
    found.accountOpen = report.result['accountOpen'] === true;
    return report;
  };

/** Nobody stands before a dry run. */
const TURN = { grantedAt: '', notBefore: '', used: false, slot: 0 };

/** A dry run has room in AWS's share of closings, which only says when an account is closed. */
const NEVER_COUNTED = { count: () => Promise.resolve(0) };

/**
 * What it has asked for has ended well at once, so it looks again. Others may be at work on the product: a dry run
 * does not wait for them.
 */
const hasChanged = ({ changes = [] }: StepReport): boolean => changes.length > 0;
