import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Browser, chromium } from 'playwright-core';

import { consoleBundle, NOT_BUILT } from '../../operator/console/console-bundle';
import { everyBehaviour } from './behaviours';
import { findChromium } from './find-chromium';
import { journey } from './journey';
import { everyPage } from './pages';
import { Report } from './report';
import { documentationSite } from './site';
import { everySpeed } from './speed';

const PARTS = ['pages', 'behaviours', 'speed', 'journey', 'site'] as const;

/**
 * `npm run test:console`: every page against recorded answers, in three widths, light and dark, with axe; what it does
 * when somebody acts; how fast it is; a journey over the local AWS, as an operator goes it; and the documentation as a
 * site. Parts by their names, such as `npm run test:console pages`. Screenshots stay in a folder, to be looked at.
 */
async function run(args: readonly string[]): Promise<number> {
  const foreign = args.filter((arg) => !PARTS.some((part) => part === arg));
  if (foreign.length > 0) throw new Error(`There is no part ${foreign.join(', ')}. Name some of ${PARTS.join(', ')}.`);
  if (consoleBundle() === null) throw new Error(NOT_BUILT);
  const folder = mkdtempSync(path.join(tmpdir(), 'console-screenshots-'));
  const report = new Report();
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const isWanted = (part: (typeof PARTS)[number]): boolean => args.length === 0 || args.includes(part);
  try {
    if (isWanted('speed')) await everySpeed(browser, report);
    // The journey waits for the local AWS most of the time.
    await Promise.all([
      isWanted('journey') ? journey(browser, folder, report) : null,
      isWanted('pages') ? everyPage({ browser, folder, report }) : null,
      isWanted('behaviours') ? everyBehaviour(browser, report) : null,
      isWanted('site') ? documentationSite({ browser, folder, report }) : null,
    ]);
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
