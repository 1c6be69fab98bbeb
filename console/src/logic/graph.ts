import type { Mark, ProgressRow } from '../../../operator/vendings/progress';
import type { Layout, LayoutEdge, LayoutNode } from './layout';

export interface GraphNode extends LayoutNode {
  /** Null: no function carries it out, so nothing is known of it. */
  readonly mark: Mark | null;
  readonly row: ProgressRow | null;
}

export interface GraphEdge extends LayoutEdge {
  /** Whether the run has gone along it. */
  readonly isTaken: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The picture of a workflow as one run stands to it. */
export function graphOf({ nodes, edges }: Layout, rows: readonly ProgressRow[]): Graph {
  const rowOf = new Map(rows.map((row) => [row.state, row]));
  const entered = new Set(rows.flatMap(({ state, entry, mark }) => (entry !== null || isAt(mark) ? [state] : [])));
  return {
    nodes: nodes.map((node) => {
      const row = rowOf.get(node.name) ?? null;
      return { ...node, row, mark: row?.mark ?? null };
    }),
    edges: edges.map((edge) => ({ ...edge, isTaken: entered.has(edge.from) && entered.has(edge.to) })),
  };
}

/** Where the run is; while nobody can tell, where it was last. Null: nowhere. */
export function focusOf({ nodes }: Graph): string | null {
  const at = nodes.find(({ mark }) => mark !== null && isAt(mark));
  const entered = nodes.flatMap(({ name, row }) => enteredAt(name, row?.entry ?? null));
  return at?.name ?? entered.toSorted((one, other) => (one.at < other.at ? 1 : -1))[0]?.name ?? null;
}

const enteredAt = (name: string, entry: ProgressRow['entry']): readonly { name: string; at: string }[] =>
  entry === null ? [] : [{ name, at: entry.startedAt }];

const isAt = (mark: Mark): boolean => mark === 'now' || mark === 'waits' || mark === 'failed';

/** A word and a sign beside the colour. */
export const MARKS: Readonly<Record<Mark, { readonly sign: string; readonly word: string }>> = {
  done: { sign: '✓', word: 'done' },
  now: { sign: '▶', word: 'running' },
  waits: { sign: '‖', word: 'waiting' },
  failed: { sign: '✕', word: 'failed' },
  skipped: { sign: '–', word: 'not needed' },
  ahead: { sign: '·', word: 'still to come' },
  ended: { sign: '■', word: 'left when the run ended' },
};
