import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';

export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

export interface Opened {
  readonly page: Page;
  /** What the browser has complained about, but for answers of the API that say that something is not there. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

export async function opened(browser: Browser, url: string, { width, scheme }: View): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width, height: 1100 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
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

/** Violations of what axe checks, one line each. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help} (${String(nodes[0]?.target.join(' '))})`);
}

/** What sticks out of the page to the right, which nobody sees on a phone. */
export async function overflowOf(page: Page): Promise<readonly string[]> {
  const [inner, whole] = await page.evaluate(() => [window.innerWidth, document.documentElement.scrollWidth] as const);
  return whole > inner ? [`The page is ${whole} px wide in a window of ${inner} px.`] : [];
}
