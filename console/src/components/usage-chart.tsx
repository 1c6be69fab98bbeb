import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo } from 'react';

import type { Schemas } from '../api/client';
import { moneyText } from '../logic/money';
import { type UsageBars, usageBars } from '../logic/usage-bars';
import { isDark } from '../theme';
import { Chart } from './chart';

interface Props {
  readonly reports: readonly Schemas['AccountUsage'][];
  readonly currency: string;
}

/** What the most expensive accounts have cost, by service. */
export default function UsageChart({ reports, currency }: Props): ReactNode {
  const bars = useMemo(() => usageBars(reports), [reports]);
  const dark = isDark();
  const option = useMemo(() => optionOf(bars, currency, dark), [bars, currency, dark]);
  return (
    <Chart
      option={option}
      height={120 + bars.accounts.length * 26}
      label="Cost of the most expensive accounts by service; the table has all totals"
    />
  );
}

/** Told apart by people who see no red or green, too. */
const COLOURS = ['#688ae8', '#c33d69', '#2ea597', '#8456ce', '#e07941', '#3759ce', '#962249', '#096f64', '#7d8998'];

/** The same order, each bright enough for a dark page. */
const ON_DARK = ['#8aa6f0', '#e06a8f', '#3fc0b0', '#a783e1', '#f0975f', '#6b89f5', '#d07a98', '#5fb0a2', '#aab4c2'];

function optionOf({ accounts, services }: UsageBars, currency: string, dark: boolean): EChartsCoreOption {
  const text = dark ? '#d1d5db' : '#000716';
  return {
    animation: false,
    color: dark ? ON_DARK : COLOURS,
    grid: { left: 8, right: 24, top: 56, bottom: 8, containLabel: true },
    // On one line, which scrolls: on a narrow page several would lie over the bars.
    legend: {
      type: 'scroll',
      top: 0,
      left: 0,
      right: 0,
      textStyle: { color: text, fontSize: 11 },
      pageTextStyle: { color: text },
      pageIconColor: text,
    },
    xAxis: {
      type: 'value',
      axisLabel: { color: text, hideOverlap: true, formatter: (value: number) => moneyText(value, currency) },
      splitLine: { lineStyle: { color: dark ? '#414d5c' : '#e9ebed' } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...accounts],
      axisLabel: { color: text, fontSize: 11, width: 150, overflow: 'truncate' },
    },
    series: services.map(({ name, amounts }) => ({
      type: 'bar',
      stack: 'cost',
      name,
      data: [...amounts],
      barMaxWidth: 18,
    })),
  };
}
