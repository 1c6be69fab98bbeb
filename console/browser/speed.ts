import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

import type { Browser, Page, Request } from 'playwright-core';

import { projectRoot } from '../../sandbox/environment';
import { DESKTOP, opened, reopen } from './opened';
import { ROWS } from './recorded-answers';
import { type RecordedStage, recordedStage } from './recorded-stage';
import type { Report } from './report';
import { thousandTenants } from './thousand-tenants';

const USABLE_MILLISECONDS = 1_500;
const SHOWN_MILLISECONDS = 5_000;
const TRIES = 3;

/** How fast the console is, and how seldom it asks where nobody waits for an answer. */
export async function everySpeed(browser: Browser, report: Report): Promise<void> {
  await report.see('the Overview of a thousand tenants is usable within 1.5 s', () => overview(browser, report));
  await report.see('a change of state is shown within 5 s', () => change(browser, report));
  await report.see('it asks every three seconds while something runs, and seldom otherwise', () => polls(browser));
}

/** The best of several tries. A busy machine says nothing about the console: then it is told, not judged. */
async function best(
  what: string,
  most: number,
  report: Report,
  once: () => Promise<number>,
): Promise<readonly string[]> {
  const times: number[] = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) times.push(await once());
  const took = Math.round(Math.min(...times));
  const [load = 0] = loadavg();
  const isBusy = load > availableParallelism() * 1.5;
  report.tell(`${what}: ${took} ms${isBusy ? `, not judged: the load of this machine is ${load.toFixed(1)}` : ''}`);
  return took <= most || isBusy ? [] : [`It takes ${took} ms; at most ${most} are allowed.`];
}

async function overview(browser: Browser, report: Report): Promise<readonly string[]> {
  const served = await thousandTenants(path.join(projectRoot, 'sandbox/config'));
  try {
    return await best('Overview usable', USABLE_MILLISECONDS, report, async () => {
      const begun = performance.now();
      const { page, close } = await opened(browser, served.url, DESKTOP);
      await page.getByRole('link', { name: 'Failed: 100', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Vended: 100+' }).waitFor();
      await page.getByText('Make it again, and replay.').first().waitFor();
      const took = performance.now() - begun;
      await close();
      return took;
    });
  } finally {
    await served.stop();
  }
}

async function withStage(
  browser: Browser,
  hash: string,
  work: (page: Page, stage: RecordedStage) => Promise<readonly string[]>,
  prepare: (stage: RecordedStage) => void = () => undefined,
): Promise<readonly string[]> {
  const stage = await recordedStage('full');
  prepare(stage);
  const { page, close } = await opened(browser, 'about:blank', DESKTOP);
  try {
    return await work(page, { ...stage, urlOf: () => stage.urlOf(hash) });
  } finally {
    await close();
    await stage.stop();
  }
}

/** The second recorded tenant is running. */
const RUNNING = 1;

const change = (browser: Browser, report: Report): Promise<readonly string[]> =>
  withStage(browser, '/vendings?project=project-with-a-longer-name-1', (page, { api, urlOf }) =>
    best('Change of state shown', SHOWN_MILLISECONDS, report, async () => {
      api.statuses.delete(RUNNING);
      await reopen(page, urlOf(''));
      await page.getByText('Running', { exact: true }).first().waitFor();
      api.statuses.set(RUNNING, 'VENDED');
      const begun = performance.now();
      await page.getByText('Vended', { exact: true }).first().waitFor();
      return performance.now() - begun;
    }),
  );

async function polls(browser: Browser): Promise<readonly string[]> {
  const running = await withStage(browser, '/vendings', (page, stage) => asksIn60Seconds(page, stage, false, [15, 22]));
  const resting = await withStage(
    browser,
    '/vendings',
    (page, stage) => asksIn60Seconds(page, stage, false, [1, 3]),
    ({ api }) => {
      for (let index = 0; index < ROWS; index += 1) api.statuses.set(index, 'VENDED');
    },
  );
  const hidden = await withStage(browser, '/vendings', (page, stage) => asksIn60Seconds(page, stage, true, [0, 2]));
  return [...running, ...resting, ...hidden];
}

/** In the page's own time, of which sixty seconds pass at once. */
async function asksIn60Seconds(
  page: Page,
  { api, urlOf }: RecordedStage,
  isHidden: boolean,
  [least, most]: readonly [number, number],
): Promise<readonly string[]> {
  await page.clock.install();
  await page.goto(urlOf(''));
  await page.getByText('project-with-a-longer-name-3').first().waitFor();
  if (isHidden) await hide(page);
  const open = openRequests(page);
  // The interval that was set while it was seen ends first.
  await pass(page, open, 4);
  const before = api.asked.length;
  await pass(page, open, 60);
  const count = api.asked.slice(before).filter(({ path: asked }) => asked === '/vendings').length;
  return count >= least && count <= most ? [] : [`${count} requests in a minute; ${least} to ${most} are expected.`];
}

/** The requests of a page that are not answered yet. */
function openRequests(page: Page): ReadonlySet<Request> {
  const open = new Set<Request>();
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return open;
}

/** Lets seconds of the page's time pass. Each request is answered before the next second, on a slow machine too. */
async function pass(page: Page, open: ReadonlySet<Request>, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await page.clock.runFor(1_000);
    // A fetch of our own comes after those that the page has begun.
    await page.evaluate(() => fetch('installation.json').then((answer) => answer.text()));
    while (open.size > 0) await setTimeout(5);
    // The page has taken the last answer in.
    await page.evaluate(() => fetch('installation.json').then((answer) => answer.text()));
  }
}

/** As a text: the names that the compiler keeps of functions are not known in the page. */
const hide = (page: Page): Promise<void> =>
  page.evaluate(`
    Object.defineProperty(document, 'hidden', { get: () => true });
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
