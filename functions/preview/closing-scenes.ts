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
import { rehearsedAssignments, rehearsedDirectory } from './rehearsal/rehearsed-access';
import { rehearsedClosing } from './rehearsal/rehearsed-closing';
import { rehearsedWithdrawal } from './rehearsal/rehearsed-withdrawal';
import { rehearsedFactory, rehearsedStackSets } from './rehearsal/rehearsed-furnishing';
import { DryRunRepository } from './rehearsal/dry-run-repository';
import { rehearsedAlias, rehearsedSaml } from './rehearsal/rehearsed-member';
import type { Scene } from './rehearse';
import { isWaiting, type RehearsalPorts } from './scenes';

/** What GuardAccount has found, which decides what comes after it. */
interface Found {
  accountThere: boolean;
  accountOpen: boolean;
}

/**
 * The states of a run that takes an account out of use, in the order of its workflow, and the ledger that they write
 * to.
 */
export function closingScenesOf(
  ports: RehearsalPorts,
  plan: VendingPlan,
  tenant: TenantRecord,
): { readonly scenes: readonly Scene[]; readonly ledger: DryRunRepository; readonly found: Readonly<Found> } {
  const repository = new DryRunRepository({ ...tenant, turns: { ...tenant.turns, [UNENROLLMENT.name]: TURN } });
  const found: Found = { accountThere: false, accountOpen: false };
  const directory = rehearsedDirectory(ports.groups);
  const assignments = rehearsedAssignments(ports.assignments);
  const saml = rehearsedSaml(ports.saml);
  const stackSets = rehearsedStackSets(ports.stackSets);
  const leaving = rehearsedWithdrawal(
    ports,
    rehearsedFactory(ports.factory, () => undefined),
  );
  const closing = rehearsedClosing(ports.directory);
  const closes = (): boolean => plan.closing?.closesAccount === true && found.accountThere;
  const scenes: readonly Scene[] = [
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
      step: setAccountAlias({ repository, alias: rehearsedAlias(ports.alias) }),
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
  return { scenes, ledger: repository, found };
}

const noting =
  (found: Found, step: Step): Step =>
  async (vending) => {
    const report = await step(vending);
    found.accountThere = report.result['accountThere'] === true;
    found.accountOpen = report.result['accountOpen'] === true;
    return report;
  };

/** Nobody stands before a rehearsal. */
const TURN = { grantedAt: '', notBefore: '', used: false, slot: 0 };

/** A rehearsal has room in AWS's share of closings, which only says when an account is closed. */
const NEVER_COUNTED = { count: () => Promise.resolve(0) };

/**
 * What it has asked for has ended well at once, so it looks again. Others may be at work on the product: a rehearsal
 * does not wait for them.
 */
const hasChanged = ({ changes = [] }: StepReport): boolean => changes.length > 0;
