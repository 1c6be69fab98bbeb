import path from 'node:path';

import type { Browser } from 'playwright-core';

import {
  DESKTOP,
  HEIGHT,
  opened,
  type Opened,
  overflowOf,
  reopen,
  type Scheme,
  settled,
  structureOf,
  violationsOf,
} from './opened';
import { type ListedPage, PAGES } from './page-list';
import type { Mode } from './recorded-api';
import { type RecordedStage, recordedStage } from './recorded-stage';
import type { Report } from './report';

/** So many windows are open at once: one draws while another is judged. */
const AT_ONCE = 3;

interface Eyes {
  readonly browser: Browser;
  /** For screenshots. */
  readonly folder: string;
  readonly report: Report;
}

/** One window that sees every page, so that scripts are read once for all of them. */
interface Tour {
  /** Ends the names of its screenshots, before the width. */
  readonly name: string;
  readonly mode: Mode;
  readonly scheme: Scheme;
  /** Each page is loaded in the first one, and seen in the others by making the window narrower or wider. */
  readonly widths: readonly [number, ...number[]];
  /** What stands on a page when it is drawn; null: the page is left out. */
  readonly textOf: (page: ListedPage) => string | null;
}

const rows = (scheme: Scheme, widths: Tour['widths']): Tour => ({
  name: scheme,
  mode: 'full',
  scheme,
  widths,
  textOf: ({ full }) => full,
});

const without = (mode: Mode, textOf: Tour['textOf']): Tour => ({
  name: mode,
  mode,
  scheme: DESKTOP.scheme,
  widths: [DESKTOP.width],
  textOf,
});

/** Only for pages that read something by themselves. */
const reading =
  (sentence: (what: string) => string): Tour['textOf'] =>
  ({ reads }) =>
    reads === null ? null : sentence(reads);

/** With rows in all widths, light and dark; without any, failing, refused and waiting in one. */
const TOURS: readonly Tour[] = [
  rows('light', [1280, 768, 390]),
  // The other way round: so each page is loaded on a phone, too.
  rows('dark', [390, 768, 1280]),
  without('empty', ({ empty }) => empty),
  without(
    'failing',
    reading((what) => `Could not read ${what}`),
  ),
  without(
    'expired',
    reading(() => 'sign in again'),
  ),
  without(
    'silent',
    reading((what) => `Reading ${what}`),
  ),
];

/** Every page in each state that it can be in. */
export async function everyPage(eyes: Eyes): Promise<void> {
  const tours = [...TOURS];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let tour = tours.shift(); tour !== undefined; tour = tours.shift()) await go(tour, eyes);
    }),
  );
}

async function go(tour: Tour, { browser, folder, report }: Eyes): Promise<void> {
  const { mode, scheme, widths } = tour;
  const stage = await recordedStage(mode);
  const window = await opened(browser, stage.urlOf('/missing'), { scheme, width: widths[0] });
  // Else the first page would end what this one still loads.
  await window.page.getByText('There is no such page').waitFor();
  await settled(window.page);
  try {
    for (const page of PAGES) {
      const text = tour.textOf(page);
      if (text === null) continue;
      const judged = new Set<string>();
      for (const width of widths) {
        const view = { ...page, text, width, isFirst: width === widths[0] };
        const name = widths.length === 1 ? tour.name : `${width}-${tour.name}`;
        await report.see(`${page.name}, ${name}`, () => see(view, judged, name, { window, stage, folder }));
      }
    }
  } finally {
    await window.close();
    await stage.stop();
  }
}

interface Seen {
  readonly window: Opened;
  readonly stage: RecordedStage;
  readonly folder: string;
}

interface SeenView extends Pick<ListedPage, 'name' | 'hash'> {
  readonly text: string;
  readonly width: number;
  readonly isFirst: boolean;
}

/** @param judged what axe has seen of this page: another width of the same structure tells it nothing new */
async function see(
  { name, hash, text, width, isFirst }: SeenView,
  judged: Set<string>,
  shown: string,
  { window: { page, complaints }, stage, folder }: Seen,
): Promise<readonly string[]> {
  complaints.length = 0;
  await page.setViewportSize({ width, height: HEIGHT });
  if (isFirst) await reopen(page, stage.urlOf(hash));
  await page.getByText(text).first().waitFor();
  await settled(page);
  await page.screenshot({ path: path.join(folder, `${name}-${shown}.png`) });
  const structure = await structureOf(page);
  const isNew = !judged.has(structure);
  judged.add(structure);
  return [...(await overflowOf(page)), ...(isNew ? await violationsOf(page) : []), ...complaints];
}
