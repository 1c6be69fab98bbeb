import type { VendingPlan } from '../domain/plan/plan';
import { UNENROLLMENT } from '../domain/queue/lanes';
import type { TenantRecord } from '../domain/records/ledger-records';
import type { Step, StepReport } from '../domain/run/step-context';
import { removalKey } from '../domain/stack-sets/stack-set-removal';
import { customizeAccount } from '../steps/CustomizeAccount/step';
import { checkGroups } from '../steps/CheckGroups/step';
import { checkAccess } from '../steps/CheckAccess/step';
import { deployStackInstances } from '../steps/DeployStackInstances/step';
import { enrollAccount } from '../steps/EnrollAccount/step';
import { ensureWorkspaceUnit } from '../steps/EnsureWorkspaceUnit/step';
import { moveAccount } from '../steps/MoveAccount/step';
import { importAccount } from '../steps/ImportAccount/step';
import { unenrollAccount } from '../steps/UnenrollAccount/step';
import { removeStackInstances } from '../steps/RemoveStackInstances/step';
import { VENDING_STATES } from './composed-steps';
import { type DryRunStep, inOrder, type OwnSteps } from './dry-run';
import { DryRunRepository } from './ports/dry-run-repository';
import { hasChanged, TURN } from './closing-steps';
import { dryRunRemoval } from './ports/dry-run-organization';
import { type DryRunPorts, type StepPorts, stepPortsOf } from './step-ports';

const isAsking = ({ result }: StepReport): boolean => result['asked'] === true;
const isAssigning = ({ result }: StepReport): boolean =>
  result['ready'] === false && result['groupsAwaited'] === undefined;
const hasStarted = ({ result }: StepReport): boolean => result['started'] === true;

const leavingPorts = (ports: StepPorts, { unenrollment }: VendingPlan): StepPorts =>
  unenrollment === undefined ? ports : { ...ports, ...dryRunRemoval(ports) };

/** The states of a run over the management account. */
const OF_ACCESS = ['ImportAccount', 'RevokeAccess', 'GrantAccess', 'CheckGrants', 'CheckGroups'];

const givesAccess = ({ state }: Pick<DryRunStep, 'state'>): boolean => OF_ACCESS.includes(state);

/**
 * The states of a run over an account, in the order of the workflow, and the ledger that they write to. Left out are
 * those that change nothing: they wait, or they read how an operation goes on, which ends at once here. The landing
 * zone's function is called by every run, and is no change.
 */
export function dryRunStepsOf(
  actual: DryRunPorts,
  plan: VendingPlan,
  tenant: TenantRecord,
  imports: boolean,
): { readonly steps: readonly DryRunStep[]; readonly ledger: DryRunRepository } {
  // An account that leaves Control Tower has its turn: nobody stands before a dry run.
  const turns = plan.unenrollment === undefined ? tenant.turns : { ...tenant.turns, [UNENROLLMENT.name]: TURN };
  const repository = new DryRunRepository({ ...tenant, turns });
  const ports = leavingPorts(stepPortsOf(actual, repository), plan);
  let workspaceUnit: string | undefined;
  // In a run, the execution tells it.
  const told =
    (step: Step): Step =>
    async (context) => {
      const report = await step(context);
      workspaceUnit = String(report.result['organizationalUnitId']);
      return report;
    };
  const own: OwnSteps<(typeof VENDING_STATES)[number]> = {
    ImportAccount: imports ? [{ step: importAccount(ports), isImpatient: true }] : [],
    CheckAccess: [{ step: checkAccess(ports), isImpatient: true }],
    UnenrollAccount:
      plan.unenrollment === undefined ? [] : [{ step: unenrollAccount(ports), isUnfinished: hasChanged }],
    EnsureWorkspaceUnit: plan.workspaceOrgUnit === undefined ? [] : [{ step: told(ensureWorkspaceUnit(ports)) }],
    MoveAccount: [{ step: moveAccount({ ...ports, workspaceUnit: () => workspaceUnit }) }],
    RemoveStackInstances: plan.stackSetRemovals.map((removal) => ({
      step: removeStackInstances({ ...ports, removal: removalKey(removal) }),
    })),
    EnrollAccount: plan.enrollment === null ? [] : [{ step: enrollAccount(ports), isUnfinished: hasStarted }],
    CustomizeAccount:
      plan.customizations === undefined ? [] : [{ step: customizeAccount(ports), isUnfinished: hasChanged }],
    // What it can give now; a group that is not there stops nothing, since it may come.
    CheckGroups: [{ step: checkGroups(ports), isUnfinished: isAssigning }],
    DeployStackInstances: plan.stackSets.map(({ name: stackSet }) => ({
      step: deployStackInstances({ ...ports, stackSet }),
      isUnfinished: isAsking,
    })),
  };
  const steps = inOrder(VENDING_STATES, own, ports);
  return { steps: plan.accessOnly === true ? steps.filter(givesAccess) : steps, ledger: repository };
}
