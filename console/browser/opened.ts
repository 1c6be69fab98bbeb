import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';

export type Scheme = 'light' | 'dark';

export interface View {
  readonly width: number;
  readonly scheme: Scheme;
}

export interface Opened {
  readonly page: Page;
  /** What the browser has complained about, but for answers of the API that say that something is not there. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

export const DESKTOP: View = { width: 1280, scheme: 'light' };

export const HEIGHT = 1100;

/** What is there at all is there within a second or two; a busy machine may be twenty times slower. */
export const LONGEST_WAIT = 60_000;

export async function opened(browser: Browser, url: string, { width, scheme }: View): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width, height: HEIGHT },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(LONGEST_WAIT);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}

let visits = 0;

/**
 * Another address of the same server, as if it had been typed: nothing of the page before is left. What stands behind #
 * alone would load nothing again; about:blank in between would cost a process of the browser each time.
 */
export async function reopen(page: Page, url: string): Promise<void> {
  visits += 1;
  // Calls that nobody answers would keep every connection to the server until the new page is there.
  await page.evaluate(() => {
    window.stop();
  });
  await page.goto(url.replace('#', `?${visits}#`));
}

/**
 * Violations of what axe checks, one line each. What it has found in order is not brought here, and no second page is
 * opened for frames, of which there are none: on a table of fifty rows it takes three seconds in the place of twenty.
 */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  const { violations } = await axe.analyze();
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help} (${String(nodes[0]?.target.join(' '))})`);
}

/**
 * What axe judges of a page, but for its colours: elements, what they are to somebody who does not see them, and which
 * of them are shown.
 */
export async function structureOf(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll('*')]
      .map((element) => {
        const told = element.getAttributeNames().filter((name) => /^(?:role|tabindex|href|alt|aria-)/u.test(name));
        const isShown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        return [element.tagName, element.className, isShown, ...told.map((name) => element.getAttribute(name))].join(
          ' ',
        );
      })
      .join('\n'),
  );
}

/** What sticks out of the page to the right, which nobody sees on a phone. */
export async function overflowOf(page: Page): Promise<readonly string[]> {
  const [inner, whole] = await page.evaluate(() => [window.innerWidth, document.documentElement.scrollWidth] as const);
  return whole > inner ? [`The page is ${whole} px wide in a window of ${inner} px.`] : [];
}

/** Until nothing on the page moves or is loaded any more: what is drawn after its data is there, too. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.evaluate(async () => {
    await document.fonts.ready;
    let before = '';
    for (let quiet = 0; quiet < 3;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { scrollHeight, scrollWidth } = document.documentElement;
      const now = `${scrollHeight} ${scrollWidth} ${document.querySelectorAll('*').length}`;
      quiet = now === before ? quiet + 1 : 0;
      before = now;
    }
  });
}

/** As somebody does it by keyboard alone: into the editor, the text in the place of what is there, and out again. */
export async function typeDesiredState(page: Page, text: string): Promise<void> {
  await page.locator('.ace_editor').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Escape');
}
