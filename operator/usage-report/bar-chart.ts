import { init } from 'echarts';

import { withThousands } from './amount-text';

export interface BarSeries {
  readonly name: string;
  /** One for each category; text with cents. */
  readonly amounts: readonly string[];
}

export interface BarChartContent {
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
  readonly currency: string;
  /** Parts of one bar on top of another, or bars side by side. */
  readonly stacked: boolean;
}

/** Colours of text and lines on the page's ground. */
interface Ink {
  readonly text: string;
  readonly line: string;
  readonly ground: string;
}

export const INKS = {
  light: { text: '#1b1f24', line: '#c9ced6', ground: '#ffffff' },
  dark: { text: '#e8eaed', line: '#4a515c', ground: '#15181d' },
} as const satisfies Readonly<Record<string, Ink>>;

/** Okabe and Ito's colours, which colour-blind people can distinguish; black is left out, for the dark background. */
const COLOURS = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#F0E442', '#999999'];

/** For a page that has room for everything, and for a phone: what is left beside the names are the bars. */
const LAYOUTS = {
  wide: { width: 880, left: 48, right: 90, seriesInRow: 4, nameWidth: 260, ticks: 5 },
  narrow: { width: 342, left: 8, right: 76, seriesInRow: 1, nameWidth: 118, ticks: 2 },
} as const;
const BAR_HEIGHT = 26;

/**
 * Lying bars as SVG, drawn here and not in the reader's browser. Beside its colour each series has a pattern of its
 * own.
 */
export function barChart(content: BarChartContent, ink: Ink, layout: keyof typeof LAYOUTS): string {
  const { width, left, right, seriesInRow, nameWidth, ticks } = LAYOUTS[layout];
  const { categories, series, currency, stacked } = content;
  const hasLegend = series.length > 1;
  const bars = categories.length * (stacked ? 1 : Math.max(1, series.length));
  const legendHeight = hasLegend ? 30 * Math.ceil(series.length / seriesInRow) : 0;
  const height = 70 + legendHeight + bars * BAR_HEIGHT + categories.length * 14;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  const text = { color: ink.text, fontSize: 13 };
  chart.setOption({
    animation: false,
    backgroundColor: ink.ground,
    color: COLOURS,
    textStyle: { fontFamily: 'system-ui, sans-serif', ...text },
    aria: { enabled: true, decal: { show: hasLegend } },
    legend: { show: hasLegend, top: 0, left: 0, itemWidth: 32, itemHeight: 16, itemGap: 18, textStyle: text },
    grid: {
      top: legendHeight + 6,
      bottom: 44,
      left,
      right: stacked ? Math.min(right, 24) : right,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'value',
      name: currency,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: text,
      axisLabel: { ...text, hideOverlap: true },
      splitNumber: ticks,
      splitLine: { lineStyle: { color: ink.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...categories],
      axisLabel: { ...text, width: nameWidth, overflow: 'truncate' },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
    },
    series: series.map(({ name, amounts }) => ({
      type: 'bar',
      name,
      ...(stacked ? { stack: 'all' } : {}),
      barMaxWidth: BAR_HEIGHT,
      itemStyle: { borderColor: ink.ground, borderWidth: 1 },
      // A length on paper needs no cents; the tables on the page have them.
      data: amounts.map(Number),
      label: {
        show: !stacked,
        position: 'right',
        formatter: ({ dataIndex }: { readonly dataIndex: number }) => withThousands(amounts[dataIndex] ?? ''),
        ...text,
      },
    })),
  });
  return svgOf(chart);
}

function svgOf(chart: ReturnType<typeof init>): string {
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
