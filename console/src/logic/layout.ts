import type { WorkflowName } from '../../../functions/domain/base/workflow-facts';

/** The picture of a workflow, laid out when the console is built. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export interface LayoutNode {
  readonly name: string;
  readonly isTask: boolean;
  /** What it does, in the words of the state machine. */
  readonly comment: string | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly (readonly [number, number])[];
}

/** Of each workflow: its tasks alone, and all of its states. */
export type Workflows = Readonly<Record<WorkflowName, { readonly tasks: Layout; readonly all: Layout }>>;
