import path from 'node:path';

import type { Browser } from 'playwright-core';

import { DESKTOP, opened, overflowOf, type Scheme, settled, violationsOf, widen } from './opened';
import { type ListedPage, PAGES } from './page-list';
import type { Mode } from './recorded-api';
import { type RecordedStage, recordedStage } from './recorded-stage';
import type { Report } from './report';

/** So many pages are open at once: one draws while another is judged. */
const AT_ONCE = 3;

interface Eyes {
  readonly browser: Browser;
  /** For screenshots. */
  readonly folder: string;
  readonly report: Report;
}

type Look = (eyes: Eyes, stages: Readonly<Record<Mode, RecordedStage>>) => Promise<void>;

/** Every page with rows in all widths, light and dark, and without any, failing, refused and waiting in one. */
export async function everyPage(eyes: Eyes): Promise<void> {
  const modes = ['full', 'empty', 'failing', 'expired', 'silent'] as const;
  const stages = await Promise.all(modes.map((mode) => recordedStage(mode)));
  const [full, empty, failing, expired, silent] = stages;
  if (
    full === undefined ||
    empty === undefined ||
    failing === undefined ||
    expired === undefined ||
    silent === undefined
  )
    throw new Error('A stage for each mode was expected.');
  const looks: Look[] = PAGES.flatMap((page) => [
    (...seen) => narrowAndWide(page, 'light', ...seen),
    (...seen) => narrowAndWide(page, 'dark', ...seen),
    (...seen) => once(page, 'empty', page.empty, ...seen),
    ...(page.reads === null ? [] : troubles(page)),
  ]);
  try {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let look = looks.shift(); look !== undefined; look = looks.shift())
          await look(eyes, { full, empty, failing, expired, silent });
      }),
    );
  } finally {
    await Promise.all(stages.map((stage) => stage.stop()));
  }
}

/** What a page says where it cannot read, may not, or has not read yet. */
const troubles = (page: ListedPage): readonly Look[] => [
  (...seen) => once(page, 'failing', `Could not read ${page.reads ?? ''}`, ...seen),
  (...seen) => once(page, 'expired', 'sign in again', ...seen),
  (...seen) => once(page, 'silent', `Reading ${page.reads ?? ''}`, ...seen),
];

async function narrowAndWide(
  { name, hash, full }: ListedPage,
  scheme: Scheme,
  { browser, folder, report }: Eyes,
  stages: Readonly<Record<Mode, RecordedStage>>,
): Promise<void> {
  const see = (first: number, widths: readonly number[]): Promise<void> =>
    report.see(`${name}, ${widths.join(' and ')} px, ${scheme}`, async () => {
      const { page, complaints, close } = await opened(browser, stages.full.urlOf(hash), { width: first, scheme });
      await page.getByText(full).first().waitFor();
      const faults: string[] = [];
      for (const width of widths) {
        if (width !== first) await widen(page, width);
        await settled(page);
        await page.screenshot({ path: path.join(folder, `${name}-${width}-${scheme}.png`) });
        faults.push(...(await overflowOf(page)));
      }
      faults.push(...(await violationsOf(page)), ...complaints);
      await close();
      return faults;
    });
  await see(390, [390, 768]);
  await see(1280, [1280]);
}

async function once(
  { name, hash }: ListedPage,
  mode: Mode,
  text: string,
  { browser, folder, report }: Eyes,
  stages: Readonly<Record<Mode, RecordedStage>>,
): Promise<void> {
  await report.see(`${name}, ${mode}`, async () => {
    const { page, complaints, close } = await opened(browser, stages[mode].urlOf(hash), DESKTOP);
    await page.getByText(text).first().waitFor();
    await settled(page);
    await page.screenshot({ path: path.join(folder, `${name}-${mode}.png`) });
    // Light and dark are judged with rows; here it is about what the words say.
    const faults = [...(await violationsOf(page)), ...(await overflowOf(page)), ...complaints];
    await close();
    return faults;
  });
}
