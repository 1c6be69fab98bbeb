/** The part of a state machine that says what follows what. */
export interface Workflow {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly ItemProcessor?: Workflow;
}

interface Node {
  readonly isTask: boolean;
  readonly comment: string | null;
  readonly next: readonly string[];
}

/** Every state by its name, in the order of the file; the states within a Map replace the Map. */
export type Route = ReadonlyMap<string, Node>;

export const routeOf = (workflow: Workflow): Route => new Map(nodesOf(workflow, []));

/** The states that a function carries out: the only ones that a timeline has. */
export const tasksOf = (route: Route): readonly string[] =>
  [...route].filter(([, { isTask }]) => isTask).map(([name]) => name);

/** The tasks of which one comes next, after a state. */
export function tasksAfter(route: Route, state: string): ReadonlySet<string> {
  return tasksFrom(route, route.get(state)?.next ?? [], (node) => !node.isTask);
}

/** All tasks that can still come after a state. */
export function tasksAhead(route: Route, state: string): ReadonlySet<string> {
  return tasksFrom(route, route.get(state)?.next ?? [], () => true);
}

/**
 * The tasks behind which the workflow comes to this state before it comes to another task: a Wait state belongs to one
 * of them.
 */
export const tasksBefore = (route: Route, state: string): readonly string[] =>
  tasksOf(route).filter((task) => statesFrom(route, route.get(task)?.next ?? [], (node) => !node.isTask).has(state));

const tasksFrom = (...way: Parameters<typeof statesFrom>): ReadonlySet<string> =>
  new Set([...statesFrom(...way)].filter((name) => way[0].get(name)?.isTask === true));

function statesFrom(route: Route, begin: readonly string[], goesOn: (node: Node) => boolean): ReadonlySet<string> {
  const visited = new Set(begin);
  // What is added while this goes on is visited as well.
  for (const name of visited) {
    const node = route.get(name);
    if (node !== undefined && goesOn(node)) for (const next of node.next) visited.add(next);
  }
  return visited;
}

/** @param after where a Map goes on when one of its iterations has ended: its next item, or what follows it */
function nodesOf({ States }: Workflow, after: readonly string[]): readonly (readonly [string, Node])[] {
  return Object.entries(States).flatMap(([name, { Type, Comment, Next, Default, Choices = [], ItemProcessor }]) => {
    const named = [...Choices.map((choice) => choice.Next), Default, Next].filter((next) => next !== undefined);
    const next = named.length === 0 ? after : named;
    const node = { isTask: Type === 'Task', comment: Comment ?? null, next };
    if (ItemProcessor === undefined) return [[name, node] as const];
    const inside = [ItemProcessor.StartAt, ...next];
    return [[name, { ...node, next: inside }] as const, ...nodesOf(ItemProcessor, inside)];
  });
}
