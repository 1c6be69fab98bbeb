import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { CustomSeriesOption } from 'echarts/charts';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo } from 'react';

import type { ProgressRow } from '../../../operator/vendings/progress';
import { type GanttBar, ganttOf } from '../logic/gantt';
import { MARKS } from '../logic/graph';
import { durationText, timeText } from '../logic/times';
import { isDark } from '../theme';
import { Chart } from './chart';

type Entered = ProgressRow & { readonly entry: NonNullable<ProgressRow['entry']> };

const COLUMNS: readonly TableProps.ColumnDefinition<Entered>[] = [
  { id: 'state', header: 'State', cell: ({ state }) => state, isRowHeader: true, minWidth: 180 },
  { id: 'mark', header: 'Now', cell: ({ mark }) => MARKS[mark].word, minWidth: 110 },
  { id: 'begun', header: 'Begun (UTC)', cell: ({ entry }) => timeText(entry.startedAt), minWidth: 110 },
  {
    id: 'ended',
    header: 'Ended (UTC)',
    cell: ({ entry }) => (entry.finishedAt === null ? '–' : timeText(entry.finishedAt)),
    minWidth: 110,
  },
  { id: 'tries', header: 'Tries', cell: ({ entry }) => entry.attempts, minWidth: 70 },
  { id: 'remark', header: 'Remark', cell: ({ entry }) => entry.remark ?? entry.error?.message ?? '–', minWidth: 240 },
];

/** When each state of the run was at work. */
export default function Timeline({
  rows,
  until,
}: {
  readonly rows: readonly ProgressRow[];
  readonly until: Date;
}): ReactNode {
  const bars = useMemo(() => ganttOf(rows, until), [rows, until]);
  const dark = isDark();
  const option = useMemo(() => ganttOption(bars, dark), [bars, dark]);
  if (bars.length === 0) return <Box padding="m">No run has begun yet.</Box>;
  const entered = rows.flatMap(({ entry, ...row }): readonly Entered[] => (entry === null ? [] : [{ ...row, entry }]));
  return (
    <SpaceBetween size="m">
      <Chart
        option={option}
        height={80 + bars.length * 24}
        label="When each state was at work; the table has the times"
      />
      <Table
        variant="embedded"
        wrapLines
        items={entered}
        columnDefinitions={COLUMNS}
        ariaLabels={{ tableLabel: 'States of the run' }}
      />
    </SpaceBetween>
  );
}

const COLOURS: Readonly<Record<'light' | 'dark', Readonly<Record<GanttBar['mark'] | 'text' | 'line', string>>>> = {
  light: {
    done: '#037f0c',
    now: '#0972d3',
    waits: '#8d6605',
    failed: '#d91515',
    ended: '#d91515',
    skipped: '#5f6b7a',
    ahead: '#5f6b7a',
    text: '#000716',
    line: '#e9ebed',
  },
  dark: {
    done: '#29ad32',
    now: '#539fe5',
    waits: '#e0ca57',
    failed: '#ff5d64',
    ended: '#ff5d64',
    skipped: '#a3b0bf',
    ahead: '#a3b0bf',
    text: '#d1d5db',
    line: '#414d5c',
  },
};

/** A wait is told from work without its colour, too. */
const dashed = (colour: string): object => ({ fill: 'transparent', stroke: colour, lineWidth: 1.5, lineDash: [4, 3] });

function ganttOption(bars: readonly GanttBar[], dark: boolean): EChartsCoreOption {
  const colours = COLOURS[dark ? 'dark' : 'light'];
  const series: CustomSeriesOption = {
    type: 'custom',
    renderItem: (_, api) => {
      const index = Number(api.value(0));
      const [left = 0, middle = 0] = api.coord([api.value(1), index]);
      const [right = 0] = api.coord([api.value(2), index]);
      const mark = bars[index]?.mark ?? 'done';
      return {
        type: 'rect',
        shape: { x: left, y: middle - 7, width: Math.max(3, right - left), height: 14, r: 2 },
        style: mark === 'waits' ? dashed(colours.waits) : { fill: colours[mark] },
      };
    },
    encode: { x: [1, 2], y: 0 },
    data: bars.map(({ from, to }, index) => [index, from, to]),
  };
  return {
    animation: false,
    grid: { left: 8, right: 24, top: 8, bottom: 32, containLabel: true },
    xAxis: {
      type: 'value',
      min: 0,
      axisLabel: {
        color: colours.text,
        formatter: (seconds: number) => durationText(seconds * 1000),
        hideOverlap: true,
      },
      splitLine: { lineStyle: { color: colours.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ state }) => state),
      axisLabel: { color: colours.text, interval: 0, fontSize: 11 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
    },
    series: [series],
  };
}
