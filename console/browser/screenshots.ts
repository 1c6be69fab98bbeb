import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { chromium, type Page } from 'playwright-core';

import { consoleBundle, NOT_BUILT } from '../../operator/console/console-bundle';
import { projectRoot } from '../../sandbox/environment';
import { VendingListSchema } from '../../functions/api/responses';
import type { EmbeddedApplication } from '../../sandbox/runtime/embedded/embedded-application';
import { busyApplication } from './busy-application';
import { findChromium } from './find-chromium';
import { LONGEST_WAIT, reopen, settled } from './opened';
import { servedApplication } from './served-application';

const FOLDER = path.join(projectRoot, 'docs/pictures');

/** The pictures of the README and docs/console.md: what stands on the page, and its address. */
const picturesOf = (tenantUuid: string): readonly Picture[] => [
  ['overview', '/', 'EMAIL_ALREADY_EXISTS'],
  ['vending', `/vendings/${tenantUuid}`, 'CreateAccount'],
];

type Picture = readonly [name: string, hash: string, text: string];

/** `npm run screenshots`: the console over a busy day, as it is now. */
async function takeScreenshots(): Promise<void> {
  if (consoleBundle() === null) throw new Error(NOT_BUILT);
  mkdirSync(FOLDER, { recursive: true });
  const application = await busyApplication();
  const pictures = picturesOf(await runningTenant(application));
  const served = await servedApplication(application);
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 800 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(LONGEST_WAIT);
    const page = await context.newPage();
    for (const picture of pictures) await take(page, served.url, picture);
  } finally {
    await browser.close();
    await served.stop();
  }
}

/** The first one that was ordered. */
async function runningTenant(application: EmbeddedApplication): Promise<string> {
  const { body } = await application.callApi({ method: 'GET', path: '/vendings', query: { status: 'RUNNING' } });
  return VendingListSchema.parse(body).vendings.at(-1)?.tenantUuid ?? '';
}

async function take(page: Page, url: string, [name, hash, text]: Picture): Promise<void> {
  await reopen(page, `${url}#${hash}`);
  await page.getByText(text).first().waitFor();
  await settled(page);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  process.stdout.write(`docs/pictures/${name}.png\n`);
}

takeScreenshots().then(
  () => {
    // Runs of the day that are under way would keep it waiting.
    process.exit(0);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
