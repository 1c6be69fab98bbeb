import { BarChart, CustomChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type ECElementEvent, type EChartsCoreOption, init, use as registered } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type ReactNode, useEffect, useRef } from 'react';

registered([BarChart, CustomChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

interface Props {
  readonly option: EChartsCoreOption;
  readonly height: number;
  /** What it shows, for those who do not see it; a table beside it has the figures. */
  readonly label: string;
  readonly onChoose?: (event: ECElementEvent) => void;
}

/** A chart that follows the width of its place. */
export function Chart({ option, height, label, onChoose }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const drawn = init(place.current);
    chart.current = drawn;
    const observer = new ResizeObserver(() => {
      drawn.resize();
    });
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  useEffect(() => {
    const drawn = chart.current;
    if (drawn === null || onChoose === undefined) return undefined;
    drawn.on('click', onChoose);
    return () => {
      drawn.off('click', onChoose);
    };
  }, [onChoose]);
  return <div ref={place} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
