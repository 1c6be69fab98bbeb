import '@xyflow/react/dist/base.css';
import './workflow-graph.css';

import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import {
  BaseEdge,
  Controls,
  type Edge,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type ReactNode, useCallback, useEffect, useMemo } from 'react';

import type { ProgressRow } from '../../../operator/vendings/progress';
import type { VendingDetail } from '../api/client';
import { WORKFLOWS } from '../generated/workflows';
import { focusOf, type GraphEdge, type GraphNode, graphOf, MARKS } from '../logic/graph';
import { between, durationText } from '../logic/times';
import { StatePanel } from './state-panel';
import { useUrlState } from './url-state';

interface Props {
  readonly workflow: VendingDetail['workflow'];
  readonly rows: readonly ProgressRow[];
  readonly until: Date;
}

/** The workflow of a run, with the state at work. A state that is chosen is part of the address. */
export default function WorkflowGraph({ workflow, rows, until }: Props): ReactNode {
  const [parameters, change] = useUrlState();
  const isWhole = parameters.get('states') === 'all';
  const chosen = parameters.get('state');
  const choose = useCallback(
    (state: string) => {
      change({ state });
    },
    [change],
  );
  const graph = useMemo(
    () => (workflow === null ? null : graphOf(WORKFLOWS[workflow][isWhole ? 'all' : 'tasks'], rows)),
    [workflow, isWhole, rows],
  );
  if (graph === null || rows.length === 0) return <Box padding="m">No run has begun yet.</Box>;
  const focus = focusOf(graph);
  const shown = graph.nodes.find(({ name }) => name === (chosen ?? focus)) ?? null;
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            description={<Legend />}
            actions={
              <Toggle
                checked={isWhole}
                onChange={({ detail }) => {
                  change({ states: detail.checked ? 'all' : null });
                }}
              >
                Choices and waits
              </Toggle>
            }
          >
            {workflow === 'close-account' ? 'Closing an account' : 'Vending an account'}
          </Header>
        }
      >
        <div className="workflow-graph">
          <ReactFlow
            key={`${workflow ?? ''} ${isWhole}`}
            nodes={graph.nodes.map((node) => flowNode(node, until, shown?.name ?? null, choose))}
            edges={graph.edges.map(flowEdge)}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            nodesDraggable={false}
            nodesConnectable={false}
            // Each state is a button of its own.
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            minZoom={0.1}
            preventScrolling={false}
            zoomOnScroll={false}
          >
            <Follow nodes={graph.nodes} focus={focus} />
            <Controls showInteractive={false} />
          </ReactFlow>
        </div>
      </Container>
      {shown !== null && <StatePanel node={shown} until={until} />}
    </SpaceBetween>
  );
}

/** Moves the picture to the state at work, whenever that is another one: the whole would be too small to read. */
function Follow({ nodes, focus }: { readonly nodes: readonly GraphNode[]; readonly focus: string | null }): ReactNode {
  const { setCenter } = useReactFlow();
  const paneWidth = useStore(({ width }) => width);
  const { x = 0, y = 0, width = 0, height = 0 } = nodes.find(({ name }) => name === focus) ?? nodes[0] ?? {};
  useEffect(() => {
    if (paneWidth === 0) return;
    const duration = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 300;
    void setCenter(x + width / 2, y + height / 2, { zoom: paneWidth < 600 ? 0.7 : 0.9, duration });
  }, [paneWidth, x, y, width, height, setCenter]);
  return null;
}

interface StateData extends Record<string, unknown> {
  readonly state: GraphNode;
  readonly seconds: string;
  readonly isShown: boolean;
  readonly choose: (state: string) => void;
}

type StateNode = Node<StateData, 'state'>;
type StateEdge = Edge<{ readonly edge: GraphEdge }, 'laid'>;

const flowNode = (state: GraphNode, until: Date, shown: string | null, choose: (state: string) => void): StateNode => ({
  id: state.name,
  type: 'state',
  position: { x: state.x, y: state.y },
  width: state.width,
  height: state.height,
  data: { state, seconds: secondsOf(state, until), isShown: state.name === shown, choose },
});

function secondsOf({ row }: GraphNode, until: Date): string {
  const entry = row?.entry ?? null;
  if (entry === null) return '';
  const tries = entry.attempts > 1 ? `${entry.attempts} tries, ` : '';
  return `${tries}${durationText(between(entry.startedAt, entry.finishedAt ?? until))}`;
}

const flowEdge = (edge: GraphEdge): StateEdge => ({
  id: edge.id,
  type: 'laid',
  source: edge.from,
  target: edge.to,
  data: { edge },
  selectable: false,
});

function StateBox({ data: { state, seconds, isShown, choose } }: NodeProps<StateNode>): ReactNode {
  const { mark, name, isTask, comment } = state;
  const kind = isTask ? (mark ?? 'ahead') : 'between';
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <button
        type="button"
        className={`state nopan state-${kind}${isShown ? ' state-shown' : ''}`}
        title={comment ?? name}
        aria-pressed={isShown}
        // By keyboard, one comes to what this run does and shows.
        tabIndex={mark === 'skipped' && !isShown ? -1 : 0}
        onClick={() => {
          choose(name);
        }}
      >
        <span className="state-name">
          {mark !== null && <span aria-hidden="true">{MARKS[mark].sign} </span>}
          {name}
          {mark !== null && <span className="for-readers">: {MARKS[mark].word}</span>}
        </span>
        {seconds !== '' && <span className="state-seconds">{seconds}</span>}
      </button>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

/** Along the way that was laid out when the console was built. */
function LaidEdge({ data }: EdgeProps<StateEdge>): ReactNode {
  if (data === undefined) return null;
  const path = data.edge.points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'} ${x} ${y}`).join(' ');
  return <BaseEdge path={path} className={data.edge.isTaken ? 'way way-taken' : 'way'} />;
}

const NODE_TYPES = { state: StateBox };
const EDGE_TYPES = { laid: LaidEdge };

const Legend = (): ReactNode => (
  <span className="legend">
    {(['done', 'now', 'waits', 'failed', 'ahead', 'skipped'] as const).map((mark) => (
      <span key={mark}>
        <span className={`legend-sign state-${mark}`} aria-hidden="true">
          {MARKS[mark].sign}
        </span>{' '}
        {MARKS[mark].word}
      </span>
    ))}
  </span>
);
