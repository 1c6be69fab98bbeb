import type { Step, StepReport, StepContext } from '../domain/run/step-context';
import { RejectedError } from '../domain/base/errors';
import type { TenantRecord } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import type { Preview, PreviewedChange } from '../domain/run/preview';
import { composedSteps } from './composed-steps';
import type { StepPorts } from './step-ports';

/** One state of the workflow, as a dry run carries it out. */
export interface DryRunStep {
  readonly state: string;
  readonly step: Step;
  /** Whether the state is to be played once more, after what it has reported. */
  readonly isUnfinished?: (report: StepReport) => boolean;
  /** Whether the workflow comes to this state, after those before it. Absent: it does. */
  readonly isDue?: () => boolean;
  /** A run would wait here for what may come; a dry run says at once what it would say in the end. */
  readonly isImpatient?: boolean;
}

type Composed = keyof typeof composedSteps;
type OwnStep = Omit<DryRunStep, 'state'>;

/**
 * How states are carried out that `composed-steps.ts` does not compose, and those of which the plan or an earlier state
 * says whether a run comes to them. A state of a Map is carried out once for each item.
 */
export type OwnSteps<State extends string> = Readonly<
  Record<Exclude<State, Composed>, readonly OwnStep[]> & Partial<Record<Composed, readonly OwnStep[]>>
>;

const isComposed = (state: string): state is Composed => state in composedSteps;

export const isWaiting = ({ result }: StepReport): boolean => result['ready'] === false;

/** The states of a workflow: those that are not special are carried out once, and again as long as they would wait. */
export const inOrder = <State extends string>(
  states: readonly State[],
  own: OwnSteps<State>,
  ports: StepPorts,
): readonly DryRunStep[] => {
  const special: Readonly<Partial<Record<string, readonly OwnStep[]>>> = own;
  return states.flatMap((state) => {
    const composed = isComposed(state) ? [{ step: composedSteps[state](ports), isUnfinished: isWaiting }] : [];
    return (special[state] ?? composed).map((one) => ({ state, ...one }));
  });
};

/** No state is entered as often as that where every operation ends well at once. */
const MAX_PASSES = 200;

/**
 * Plays states one after the other, and tells what each would have changed. The states themselves decide that: what
 * they are given only keeps their writes from AWS, so that a preview and a run cannot compare in two ways.
 */
export async function dryRun(
  steps: readonly DryRunStep[],
  { plan, now, tenant }: { readonly plan: VendingPlan; readonly now: Date; readonly tenant: () => TenantRecord },
): Promise<Preview> {
  const changes: PreviewedChange[] = [];
  for (const { state, step, isDue = () => true, isUnfinished = () => false, isImpatient = false } of steps) {
    if (!isDue()) continue;
    try {
      for (let pass = 0; pass < MAX_PASSES; pass += 1) {
        const stateEnteredAt = isImpatient ? new Date(0) : now;
        const context: StepContext = { tenant: tenant(), plan, now, stateEnteredAt };
        const report = await step(context);
        changes.push(...(report.changes ?? []).map((change) => ({ state, ...change })));
        if (!isUnfinished(report)) break;
      }
    } catch (error) {
      if (!(error instanceof RejectedError)) throw error;
      return { changes, refusal: { state, message: error.reason, remedy: error.remedy } };
    }
  }
  return { changes, refusal: null };
}
