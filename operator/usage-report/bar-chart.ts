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

const WIDTH = 880;
const BAR_HEIGHT = 26;

/**
 * Lying bars as SVG, drawn here and not in the reader's browser. Beside its colour each series has a pattern of its
 * own.
 */
export function barChart(content: BarChartContent, ink: Ink): string {
  const { categories, series, currency, stacked } = content;
  const hasLegend = series.length > 1;
  const bars = categories.length * (stacked ? 1 : Math.max(1, series.length));
  const legendHeight = hasLegend ? 30 * Math.ceil(series.length / 4) : 0;
  const height = 70 + legendHeight + bars * BAR_HEIGHT + categories.length * 14;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
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
      left: 48,
      right: 90,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'value',
      name: currency,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: text,
      axisLabel: text,
      splitLine: { lineStyle: { color: ink.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...categories],
      axisLabel: text,
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
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
