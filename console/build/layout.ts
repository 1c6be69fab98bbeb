import ELK, { type ElkNode, type ElkPoint } from 'elkjs/lib/elk.bundled.js';

import { type Route, routeOf, tasksAfter, tasksOf, type Workflow } from '../../operator/vendings/workflow-route';
import type { Layout, LayoutEdge, LayoutNode } from '../src/logic/layout';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.spacing.nodeNode': '28',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  // What goes back in the file goes up in the picture.
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.feedbackEdges': 'true',
};

const HEIGHT = 44;
/** Wide enough for the longest name, and for tries and seconds behind it. */
const widthOf = (name: string): number => Math.max(120, Math.round(name.length * 7.4) + 44);

/** Where each state stands in the picture of a workflow: its tasks alone, or choices and waits, too. */
export async function layoutOf(workflow: Workflow, which: 'tasks' | 'all'): Promise<Layout> {
  const route = routeOf(workflow);
  const names = which === 'tasks' ? tasksOf(route) : [...route.keys()];
  const edges = names.flatMap((from) => nextOf(route, from, which).map((to) => ({ id: `${from}-${to}`, from, to })));
  const graph: ElkNode = {
    id: 'workflow',
    layoutOptions: OPTIONS,
    children: names.map((name) => ({ id: name, width: widthOf(name), height: HEIGHT })),
    edges: edges.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  };
  const laid = await new ELK().layout(graph);
  return {
    width: Math.ceil(laid.width ?? 0),
    height: Math.ceil(laid.height ?? 0),
    nodes: names.map((name) => nodeOf(route, name, laid)),
    edges: edges.map((edge): LayoutEdge => ({ ...edge, points: pointsOf(laid, edge.id) })),
  };
}

const nextOf = (route: Route, from: string, which: 'tasks' | 'all'): readonly string[] =>
  which === 'tasks' ? [...tasksAfter(route, from)] : [...new Set(route.get(from)?.next ?? [])];

function nodeOf(route: Route, name: string, { children = [] }: ElkNode): LayoutNode {
  const { x = 0, y = 0, width = 0, height = 0 } = children.find(({ id }) => id === name) ?? {};
  const { isTask = false, comment = null } = route.get(name) ?? {};
  return { name, isTask, comment, x: Math.round(x), y: Math.round(y), width, height };
}

function pointsOf({ edges = [] }: ElkNode, id: string): LayoutEdge['points'] {
  const sections = edges.find((edge) => edge.id === id)?.sections ?? [];
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
    [startPoint, ...bendPoints, endPoint].map(rounded),
  );
}

const rounded = ({ x, y }: ElkPoint): readonly [number, number] => [Math.round(x), Math.round(y)];
