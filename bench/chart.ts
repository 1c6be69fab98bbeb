import type { BenchReport } from './report';

const WIDTH = 880;
const LEFT = 230;
const RIGHT = 150;
const ROW = 18;
const GAP = 16;
const TOP = 64;

/** Longer bars are cut here; the figure beside them shows the time. */
const MAX_TIMES = 4;

interface Bar {
  readonly name: string;
  /** Times the floor; null where too few have ended. */
  readonly ratio: number | null;
}

/**
 * The median time of the requests in multiples of what AWS allows, as SVG. Text is text, colours follow the reader's
 * light or dark mode, and ours differs by weight as well as by colour.
 */
export function chartOf({ scenarios }: BenchReport): string {
  const groups = scenarios.map(({ name, ours, peers }) => ({
    name,
    bars: [
      { name: 'ours', ratio: ours.ratioToAwsFloor },
      ...Object.entries(peers).map(([peer, measures]) => ({ name: peer, ratio: measures.ratioToAwsFloor })),
    ],
  }));
  const heights = groups.map(({ bars }) => ROW * (bars.length + 1) + GAP);
  const height = TOP + heights.reduce((sum, one) => sum + one, 0);
  const drawn = groups.map(({ name, bars }, index) => {
    const top = TOP + heights.slice(0, index).reduce((sum, one) => sum + one, 0);
    return group(name, bars, top);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">Time until half of the requests are ready, in times of what AWS allows</title>
<style>
svg { color-scheme: light dark; font: 13px system-ui, sans-serif; background: #ffffff; }
text { fill: #1b1f24; } .ours { font-weight: 700; } .bar { fill: #8a94a3; } .bar.ours { fill: #0072b2; } .floor { stroke: #d55e00; stroke-width: 1.5; }
.ground { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
  text { fill: #e8eaed; } .bar { fill: #7b8593; } .bar.ours { fill: #56b4e9; } .floor { stroke: #e69f00; } .ground { fill: #15181d; }
}
</style>
<rect class="ground" width="${WIDTH}" height="${height}"/>
<text x="8" y="24" class="ours">Half of the requests are ready after so many times of what AWS allows</text>
<text x="8" y="44">The line is AWS's own floor, in the best order that AWS allows. Bars end at ${MAX_TIMES}; the figures go on.</text>
${drawn.join('\n')}
<line class="floor" x1="${across(1)}" y1="${TOP - 10}" x2="${across(1)}" y2="${height - GAP}"/>
</svg>
`;
}

function group(name: string, bars: readonly Bar[], top: number): string {
  const rows = bars.map((bar, index) => row(bar, top + ROW * (index + 1)));
  return [`<text x="8" y="${top + 13}" class="ours">${name}</text>`, ...rows].join('\n');
}

function row({ name, ratio }: Bar, top: number): string {
  const kind = name === 'ours' ? ' class="ours"' : '';
  const label = `<text x="${LEFT - 8}" y="${top + 13}" text-anchor="end"${kind}>${name}</text>`;
  if (ratio === null) return `${label}<text x="${LEFT + 4}" y="${top + 13}">fewer than half ended</text>`;
  const end = across(Math.min(MAX_TIMES, ratio));
  return [
    label,
    `<rect class="bar${name === 'ours' ? ' ours' : ''}" x="${LEFT}" y="${top + 3}" width="${rounded(end - LEFT)}" height="${ROW - 5}"/>`,
    `<text x="${rounded(end + 6)}" y="${top + 13}"${kind}>${ratio.toFixed(2)}</text>`,
  ].join('');
}

const across = (ratio: number): number => rounded(LEFT + (ratio / MAX_TIMES) * (WIDTH - LEFT - RIGHT));

const rounded = (value: number): number => Math.round(value * 10) / 10;
