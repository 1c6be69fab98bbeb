import path from 'node:path';

import type { Browser } from 'playwright-core';

import { DESKTOP, opened, type Opened, overflowOf, reopen, settled, type View, violationsOf } from './opened';
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
  /** Ends the names of its screenshots. */
  readonly name: string;
  readonly mode: Mode;
  readonly view: View;
  readonly usesAxe: boolean;
  /** What stands on a page when it is drawn; null: the page is left out. */
  readonly textOf: (page: ListedPage) => string | null;
}

const rows = (width: number, scheme: View['scheme'], usesAxe: boolean): Tour => ({
  ...{ name: `${width}-${scheme}`, mode: 'full', view: { width, scheme }, usesAxe },
  textOf: ({ full }) => full,
});

const without = (mode: Mode, textOf: Tour['textOf']): Tour => ({
  ...{ name: mode, mode, view: DESKTOP, usesAxe: true, textOf },
});

/** Only for pages that read something by themselves. */
const reading =
  (sentence: (what: string) => string): Tour['textOf'] =>
  ({ reads }) =>
    reads === null ? null : sentence(reads);

/** With rows in all widths, light and dark; without any, failing, refused and waiting in one. */
const TOURS: readonly Tour[] = [
  rows(1280, 'light', true),
  rows(1280, 'dark', true),
  rows(390, 'light', true),
  // What axe finds depends on colours, and on whether the page is narrow; not on both together.
  rows(390, 'dark', false),
  rows(768, 'light', false),
  rows(768, 'dark', false),
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
  const stage = await recordedStage(tour.mode);
  const window = await opened(browser, stage.urlOf('/missing'), tour.view);
  // Else the first page would end what this one still loads.
  await settled(window.page);
  try {
    for (const page of PAGES) {
      const text = tour.textOf(page);
      if (text === null) continue;
      await report.see(`${page.name}, ${tour.name}`, () => see(page, text, { tour, window, stage, folder }));
    }
  } finally {
    await window.close();
    await stage.stop();
  }
}

interface Seen {
  readonly tour: Tour;
  readonly window: Opened;
  readonly stage: RecordedStage;
  readonly folder: string;
}

async function see({ name, hash }: ListedPage, text: string, seen: Seen): Promise<readonly string[]> {
  const { tour, window, stage, folder } = seen;
  const { page, complaints } = window;
  complaints.length = 0;
  await reopen(page, stage.urlOf(hash));
  await page.getByText(text).first().waitFor();
  await settled(page);
  await page.screenshot({ path: path.join(folder, `${name}-${tour.name}.png`) });
  return [...(await overflowOf(page)), ...(tour.usesAxe ? await violationsOf(page) : []), ...complaints];
}
