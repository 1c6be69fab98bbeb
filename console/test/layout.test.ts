import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import type { Workflow } from '../../operator/vendings/workflow-route';
import { layoutOf } from '../build/layout';
import type { LayoutNode } from '../src/logic/layout';

/** Read from the file, not by the code that draws it. */
const statesIn = ({ States }: Workflow, isWanted: (type: string) => boolean): readonly string[] =>
  Object.entries(States).flatMap(([name, { Type, ItemProcessor }]) => [
    ...(isWanted(Type) ? [name] : []),
    ...(ItemProcessor === undefined ? [] : statesIn(ItemProcessor, isWanted)),
  ]);

const overlap = (one: LayoutNode, other: LayoutNode): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe.each([
  ['vend-account', vendAccount],
  ['close-account', closeAccount],
])('the picture of %s', (_, workflow: Workflow) => {
  // Drawn once each: that takes seconds.
  const pictures = { tasks: layoutOf(workflow, 'tasks'), all: layoutOf(workflow, 'all') };

  it('has a node for every task, and for nothing else', async () => {
    const { nodes } = await pictures.tasks;
    const tasks = statesIn(workflow, (type) => type === 'Task');

    expect(nodes.map(({ name }) => name).toSorted()).toEqual(tasks.toSorted());
    expect(nodes.every(({ isTask }) => isTask)).toBe(true);
  });

  it('has a node for every state, with choices and waits', async () => {
    const { nodes } = await pictures.all;

    expect(nodes.map(({ name }) => name).toSorted()).toEqual(statesIn(workflow, () => true).toSorted());
  });

  it.each(['tasks', 'all'] as const)('draws no state over another, and every edge: %s', async (which) => {
    const { nodes, edges } = await pictures[which];
    const pairs = nodes.flatMap((one, index) => nodes.slice(index + 1).map((other) => [one, other] as const));

    expect(pairs.filter(([one, other]) => overlap(one, other)).map(([one, other]) => [one.name, other.name])).toEqual(
      [],
    );
    expect(edges.filter(({ points }) => points.length < 2)).toEqual([]);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
  });
});
