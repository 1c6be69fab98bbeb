import { Agenda } from '../sandbox/organization/agenda';
import { awsLimits } from '../sandbox/organization/organization-limits';
import { IAM_SECONDS, type NextDuration } from './durations';
import { type Admission, BatchLane, FloorLane } from './floor-lanes';
import type { Scenario } from './scenario';

/** Every account of the benchmark gets two groups, each with one permission set. */
const ASSIGNMENTS = 2;

/** AWS's own quotas, as the model of the organization has them. */
const CREATIONS = { capacity: awsLimits.concurrentCreations, rate: awsLimits.rates['organizations:CreateAccount'] };
const ENROLLMENTS = { capacity: awsLimits.concurrentAccountOperations };
const ASSIGNMENTS_AT_WORK = { capacity: awsLimits.outstandingAssignments };

/**
 * `configuration`: in our order: groups get permission sets while stacks are made, each account with an operation of
 * its own, as the scenario's stack set takes them. `aws`: in the best order that AWS allows, side by side wherever
 * nothing forbids it. `aws-queued`: the same, in the reading that a stack set works on nothing else while an operation
 * runs; the next operation is then one for all accounts that wait.
 */
export type FloorKind = 'configuration' | 'aws' | 'aws-queued';

type FloorScenario = Pick<Scenario, 'requests' | 'controlTower' | 'stackSet'>;

/**
 * When each request could be ready if nothing but AWS took time: every operation begins the moment that AWS lets it,
 * first come, first served, and is noticed the moment that it ends.
 *
 * @param next how long AWS takes for each operation, in the order in which they begin
 * @returns seconds after the requests, in the order in which they are ready
 */
export function floorOf(scenario: FloorScenario, next: NextDuration, kind: FloorKind): readonly number[] {
  const agenda = new Agenda();
  const stages = kind === 'configuration' ? ourOrder(scenario) : bestOrder(scenario);
  const lanes = lanesOf(agenda, scenario, kind);
  const ready: number[] = [];
  for (let request = 0; request < scenario.requests; request += 1) {
    follow({ agenda, stages, lanes, next }, (at) => {
      ready.push(at);
    });
  }
  agenda.settle(Infinity);
  return ready;
}

type StageName = 'creation' | 'access' | 'roles' | 'keptPolicy' | 'enrollment' | 'stackSet' | `assignment${number}`;

/** Something that AWS takes its time for, once all that it needs is there. */
interface Stage {
  readonly name: StageName;
  readonly needs: readonly StageName[];
}

const ASSIGNED = Array.from({ length: ASSIGNMENTS }, (_, index) => `assignment${index}` as const);

/** One account is given one permission set after the other. */
const assignments = (first: readonly StageName[]): readonly Stage[] =>
  ASSIGNED.map((name, index) => ({ name, needs: index === 0 ? first : [`assignment${index - 1}`] }));

/** Roles of the account are made as soon as it can be entered, and so is what the access role keeps. */
const opened = (controlTower: boolean): readonly Stage[] => [
  { name: 'creation', needs: [] },
  { name: 'access', needs: ['creation'] },
  { name: 'roles', needs: ['access'] },
  { name: 'keptPolicy', needs: ['access'] },
  ...(controlTower ? [{ name: 'enrollment', needs: ['access'] } as const] : []),
  // Control Tower refuses an account in which a stack has set up AWS Config before it.
  { name: 'stackSet', needs: controlTower ? ['roles', 'enrollment'] : ['roles'] },
];

const ourOrder = ({ controlTower }: FloorScenario): readonly Stage[] => [
  ...opened(controlTower),
  ...assignments(['roles', ...(controlTower ? (['enrollment'] as const) : [])]),
];

const bestOrder = ({ controlTower }: FloorScenario): readonly Stage[] => [
  ...opened(controlTower),
  ...assignments(['creation']),
];

type Lanes = (name: StageName) => { readonly lane: Admission | null; readonly seconds: (next: NextDuration) => number };

function lanesOf(agenda: Agenda, { stackSet }: FloorScenario, kind: FloorKind): Lanes {
  const isOneByOne = kind === 'configuration' && stackSet !== 'side-by-side';
  const lanes = {
    creation: new FloorLane(agenda, CREATIONS),
    enrollment: new FloorLane(agenda, ENROLLMENTS),
    stackSet: kind === 'aws-queued' ? new BatchLane() : isOneByOne ? new FloorLane(agenda, { capacity: 1 }) : null,
    assignments: new FloorLane(agenda, ASSIGNMENTS_AT_WORK),
  };
  return (name) => {
    switch (name) {
      case 'creation':
        return { lane: lanes.creation, seconds: (next) => next('accountCreation') };
      case 'access':
        return { lane: null, seconds: (next) => next('accessRole') };
      case 'roles':
      case 'keptPolicy':
        return { lane: null, seconds: () => IAM_SECONDS };
      case 'enrollment':
        return { lane: lanes.enrollment, seconds: (next) => next('enrollment') };
      case 'stackSet':
        return { lane: lanes.stackSet, seconds: (next) => next('stackInstance') };
      default:
        return { lane: lanes.assignments, seconds: (next) => next('accountAssignment') };
    }
  };
}

interface Course {
  readonly agenda: Agenda;
  readonly stages: readonly Stage[];
  readonly lanes: Lanes;
  readonly next: NextDuration;
}

/** One request: whatever has all that it needs begins. */
function follow({ agenda, stages, lanes, next }: Course, onReady: (at: number) => void): void {
  const done = new Set<StageName>();
  const begun = new Set<StageName>();
  const goOn = (at: number): void => {
    for (const { name, needs } of stages) {
      if (begun.has(name) || needs.some((one) => !done.has(one))) continue;
      begun.add(name);
      const { lane, seconds } = lanes(name);
      const end = (ended: number): void => {
        done.add(name);
        if (done.size === stages.length) onReady(ended);
        else goOn(ended);
      };
      const work = (begin: number, leave: (at: number) => void): void => {
        agenda.plan(begin + seconds(next), (ended) => {
          leave(ended);
          end(ended);
        });
      };
      if (lane === null) work(at, () => undefined);
      else lane.enter(at, work);
    }
  };
  goOn(0);
}
