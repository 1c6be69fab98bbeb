import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { runCommand } from '../../operator/run-command';
import { HEIGHT, opened, overflowOf, settled, structureOf, violationsOf } from './opened';
import type { Report } from './report';

/** Where `npm run docs:build` writes the site. */
const BUILT = path.join(import.meta.dirname, '../../.cache/site');

/** Nobody serves it: the browser is answered from the folder. */
const ORIGIN = 'https://documentation.example';

/** Prose, diagrams, the widest tables, pictures, and a page that is generated. */
const PAGES = ['index', 'docs/architecture', 'docs/iam', 'docs/console', 'reference/events'];

/** Each page is loaded in the first width, and seen in the others by making the window wider or narrower. */
const WIDTHS = { light: [390, 768, 1280], dark: [1280, 768, 390] } as const;

/** What people type, and the page that answers it: one of the first results, by its address. */
const SEARCHES = [
  ['failed enrollment', '/docs/errors.html'],
  ['who may order', '/docs/iam.html'],
  ['what does it cost', '/docs/cost.html'],
] as const;

const RESULTS_READ = 5;

interface Eyes {
  readonly browser: Browser;
  /** For screenshots. */
  readonly folder: string;
  readonly report: Report;
}

/** The documentation as a site: a page of each kind in three widths, light and dark, with axe; and its search. */
export async function documentationSite({ browser, folder, report }: Eyes): Promise<void> {
  await report.see('the site is built', build);
  for (const scheme of ['light', 'dark'] as const) {
    await inWindow(browser, scheme, async (page, complaints) => {
      for (const name of PAGES) {
        const judged = new Set<string>();
        for (const width of WIDTHS[scheme]) {
          await report.see(`site ${name}, ${width}-${scheme}`, async () => {
            complaints.length = 0;
            await page.setViewportSize({ width, height: HEIGHT });
            if (width === WIDTHS[scheme][0]) await page.goto(`${ORIGIN}/${name}.html`);
            await settled(page);
            await page.screenshot({ path: path.join(folder, `site-${name.replace('/', '-')}-${width}-${scheme}.png`) });
            return [...(await overflowOf(page)), ...(await newViolations(page, judged)), ...complaints];
          });
        }
      }
    });
  }
  await inWindow(browser, 'light', async (page, complaints) => {
    for (const [words, address] of SEARCHES) {
      await report.see(`the site's search for "${words}"`, async () => {
        const found = await foundBy(page, words);
        const faults = found.some((link) => link.startsWith(address))
          ? []
          : [`${address} is not in ${found.join(', ')}`];
        return [...faults, ...complaints];
      });
    }
  });
}

async function build(): Promise<readonly string[]> {
  const built = await runCommand('npm', ['run', '--silent', 'docs:build']);
  if (built.status === 'missing') return ['There is no npm.'];
  return built.exitCode === 0 ? [] : [built.output];
}

async function inWindow(
  browser: Browser,
  scheme: keyof typeof WIDTHS,
  work: (page: Page, complaints: string[]) => Promise<void>,
): Promise<void> {
  const { page, complaints, close } = await opened(browser, 'about:blank', { scheme, width: 1280 });
  await page.route(`${ORIGIN}/**`, (route) =>
    route.fulfill({ path: path.join(BUILT, decodeURIComponent(new URL(route.request().url()).pathname)) }),
  );
  try {
    await work(page, complaints);
  } finally {
    await close();
  }
}

/** @param judged what axe has seen of this page: another width of the same structure tells it nothing new */
async function newViolations(page: Page, judged: Set<string>): Promise<readonly string[]> {
  const structure = await structureOf(page);
  if (judged.has(structure)) return [];
  judged.add(structure);
  return violationsOf(page);
}

/** The addresses of the first results, as somebody finds them who types the words into the search. */
async function foundBy(page: Page, words: string): Promise<readonly string[]> {
  await page.goto(`${ORIGIN}/index.html`);
  await settled(page);
  await page.getByRole('button', { name: 'Search' }).first().click();
  await page.locator('.VPLocalSearchBox input').fill(words);
  const results = page.locator('.VPLocalSearchBox .results a.result');
  await results.first().waitFor();
  const links = await results.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  return links.slice(0, RESULTS_READ);
}
