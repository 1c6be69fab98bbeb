import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Browser, chromium } from 'playwright-core';

import { consoleBundle, NOT_BUILT } from '../../operator/console/console-bundle';
import { findChromium } from './find-chromium';
import { journey } from './journey';
import { everyPage } from './pages';
import { Report } from './report';

/**
 * `npm run test:console`: every page against recorded answers, in three widths, light and dark, with axe; then a
 * journey over the local AWS, as an operator goes it. Screenshots stay in a folder, to be looked at.
 */
async function run(args: readonly string[]): Promise<number> {
  if (consoleBundle() === null) throw new Error(NOT_BUILT);
  const folder = mkdtempSync(path.join(tmpdir(), 'console-screenshots-'));
  const report = new Report();
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    if (!args.includes('journey')) await everyPage(browser, folder, report);
    if (!args.includes('pages')) await journey(browser, folder, report);
  } finally {
    await browser.close();
  }
  process.stdout.write(`Screenshots: ${folder}\n${report.passed} passed, ${report.failed} failed\n`);
  return report.failed === 0 ? 0 : 1;
}

run(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
