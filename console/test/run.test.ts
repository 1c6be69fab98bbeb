import { readFileSync } from 'node:fs';

import vendAccount from '../../statemachines/vend-account.asl.json';
import { progressOf } from '../../operator/vendings/progress';
import { layoutOf } from '../build/layout';
import type { VendingDetail } from '../src/api/client';
import { causesOf, mayHavePassed } from '../src/logic/causes';
import { placed, syntaxFault } from '../src/logic/fault-places';
import { ganttOf } from '../src/logic/gantt';
import { focusOf, graphOf } from '../src/logic/graph';

type Entry = VendingDetail['timeline'][number];

const entry = (state: string, from: number, to: number | null, more: Partial<Entry> = {}): Entry => ({
  state,
  startedAt: at(from),
  finishedAt: to === null ? null : at(to),
  attempts: 1,
  remark: null,
  error: null,
  changes: [],
  ...more,
});

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 28, 12, 0, seconds)).toISOString();

const BASE = { workflow: 'vend-account', status: 'RUNNING', lane: null } as const;
const ERROR = { name: 'RejectedError', message: 'No.', remedy: 'Mend it.' };

describe('the graph of a run', () => {
  const picture = layoutOf(vendAccount, 'tasks');
  const timeline = [entry('PlanVending', 0, 1), entry('AwaitCreationTurn', 1, 2), entry('CreateAccount', 3, null)];

  it('marks the state at work, and the way that led there', async () => {
    const graph = graphOf(await picture, progressOf({ ...BASE, timeline }));

    expect(graph.nodes.find(({ name }) => name === 'CreateAccount')?.mark).toBe('now');
    expect(focusOf(graph)).toBe('CreateAccount');
    expect(graph.edges.filter(({ isTaken }) => isTaken).map(({ id }) => id)).toContain('PlanVending-AwaitCreationTurn');
    expect(graph.edges.find(({ to }) => to === 'CheckAccount')?.isTaken).toBe(false);
  });

  it('shows the state that was entered last where nobody can tell which one is at work', async () => {
    const ended = timeline.map((one) => ({ ...one, finishedAt: one.finishedAt ?? at(4) }));
    const graph = graphOf(await picture, progressOf({ ...BASE, status: 'VENDED', timeline: ended }));

    expect(graph.nodes.filter(({ mark }) => mark === 'now')).toEqual([]);
    expect(focusOf(graph)).toBe('CreateAccount');
  });

  it('has nothing to show before the run', async () => {
    expect(focusOf(graphOf(await picture, []))).toBeNull();
  });
});

describe('the Gantt chart of a run', () => {
  it('has a bar for each state entered, from its begin to its end or to now', () => {
    const timeline = [entry('AwaitCreationTurn', 2, 5), entry('PlanVending', 0, 1), entry('CreateAccount', 6, null)];
    const bars = ganttOf(progressOf({ ...BASE, timeline }), new Date(at(10)));

    expect(bars.map(({ state, from, to }) => [state, from, to])).toEqual([
      ['PlanVending', 0, 1],
      ['AwaitCreationTurn', 2, 5],
      ['CreateAccount', 6, 10],
    ]);
  });

  it('has no bar before the run, and none that ends before it begins', () => {
    expect(ganttOf([], new Date(at(0)))).toEqual([]);
    const bars = ganttOf(progressOf({ ...BASE, timeline: [entry('PlanVending', 5, null)] }), new Date(at(0)));
    expect(bars.every(({ from, to }) => to >= from)).toBe(true);
  });
});

describe('causesOf', () => {
  const failed = (name: string, message: string, remedy: string | null, state = 'CreateAccount') => ({
    tenantUuid: name,
    workspaceIdentifier: 'w',
    projectIdentifier: name,
    lastError: { name: 'RejectedError', message, remedy },
    timeline: [entry(state, 0, null, { error: ERROR })],
  });
  const grouped = (...vendings: ReturnType<typeof failed>[]) =>
    causesOf(vendings).map((cause) => cause.vendings.map(({ tenantUuid }) => tenantUuid));

  it('puts together what one remedy mends, the most frequent first', () => {
    const vendings = [failed('a', 'x', 'Do A.'), failed('b', 'y', 'Do B.'), failed('c', 'z', 'Do B.')];

    expect(grouped(...vendings)).toEqual([['b', 'c'], ['a']]);
  });

  it('keeps apart what has failed in different states', () => {
    expect(grouped(failed('a', 'x', 'Do A.'), failed('b', 'x', 'Do A.', 'MoveAccount'))).toHaveLength(2);
  });

  it('sees one cause in messages that differ by ids alone', () => {
    const one = failed('a', 'Account 111111111111 (a@b.example) is closed.', null);
    const other = failed('b', 'Account 222222222222 (c@d.example) is closed.', null);

    expect(grouped(one, other)).toEqual([['a', 'b']]);
  });

  it('begins with what a replay alone may mend', () => {
    const passed = { ...failed('c', 'z', 'Wait.'), lastError: { name: 'TransientError', message: 'z', remedy: null } };
    expect(grouped(failed('a', 'x', 'Do A.'), failed('b', 'x', 'Do A.'), passed)).toEqual([['c'], ['a', 'b']]);
  });

  it('knows the errors that a replay alone mends none of, as the documentation has them', () => {
    const row = readFileSync('docs/errors.md', 'utf8')
      .split('\n')
      .find((line) => line.includes('begins a new run of the same desired state'));
    const names = [...(row?.split('|')[1] ?? '').matchAll(/`(\w+)`/gu)].map(([, name]) => name ?? '');
    expect(names).toHaveLength(3);
    expect(names.filter((name) => mayHavePassed({ name }))).toEqual([]);
    expect(mayHavePassed({ name: 'TransientError' })).toBe(true);
  });

  it('leaves out what has no error', () => {
    expect(causesOf([{ ...failed('a', 'x', null), lastError: null }])).toEqual([]);
  });
});

describe('faults in the text of a desired state', () => {
  const text = '{\n  "tenant": {\n    "spec": {}\n  },\n  "userPermissions": [\n    { "email": 1 }\n  ]\n}';
  const lines = (...fields: readonly string[]) =>
    placed(
      text,
      fields.map((field) => ({ field, message: 'wrong' })),
    ).map(({ line }) => line);

  it('stand at their fields', () => {
    expect(lines('tenant', 'tenant.spec', 'userPermissions[0].email', 'userPermissions.0.email')).toEqual([2, 3, 6, 6]);
  });

  it('stand at the nearest field above where theirs is missing', () => {
    expect(lines('tenant.spec.landingZoneRef.name', 'project.metadata.name', '')).toEqual([3, 1, 1]);
  });

  it('are told with the line where the text is no JSON', () => {
    expect(syntaxFault('{\n  "a": 1,\n  b\n}')).toMatchObject({ line: 3 });
    expect(syntaxFault('')).not.toBeNull();
    expect(syntaxFault(text)).toBeNull();
  });
});
