import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { consoleBundle } from '../../operator/console/console-bundle';
import { serveConsole } from '../../operator/console/console-server';
import { opened, overflowOf, type View, violationsOf } from './opened';
import { type Mode, recordedApi } from './recorded-api';
import type { Report } from './report';

const UUID = '00000000-0000-4000-8000-000000000000';

/** Every page by what stands on it when all is read; without rows by what it says then. */
const PAGES = [
  { name: 'overview', hash: '/', full: 'does not exist', empty: 'No vending has failed.' },
  { name: 'vendings', hash: '/vendings', full: 'project-with-a-longer-name-3', empty: 'Nothing was ordered yet.' },
  { name: 'vending', hash: `/vendings/${UUID}`, full: 'Vending an account', empty: 'Could not read the vending' },
  { name: 'timeline', hash: `/vendings/${UUID}?tab=timeline`, full: 'TagAccount', empty: 'Could not read the vending' },
  { name: 'changes', hash: `/vendings/${UUID}?tab=changes`, full: 'tag key-44', empty: 'Could not read the vending' },
  { name: 'failures', hash: '/failures', full: 'Make the unit again', empty: 'No vending has failed.' },
  { name: 'lanes', hash: '/lanes', full: 'account-creation', empty: 'No run waits for AWS.' },
  { name: 'order', hash: '/order', full: 'See the plan first.', empty: 'See the plan first.' },
  { name: 'adopt', hash: '/adopt?adoption=a', full: 'account 44', empty: 'Could not read the adoption' },
  { name: 'drift', hash: '/drift', full: 'tag costCenter', empty: 'No reconciliation began' },
  { name: 'usage', hash: '/usage', full: '12,345.68 USD', empty: 'were collected' },
  { name: 'preflight', hash: '/preflight?id=p', full: 'There are findings', empty: 'No preflight is shown' },
  { name: 'settings', hash: '/settings', full: 'zone-44', empty: 'Settings are read only' },
] as const;

const VIEWS: readonly View[] = [390, 768, 1280].flatMap((width) => [
  { width, scheme: 'light' },
  { width, scheme: 'dark' },
]);

const DESKTOP: View = { width: 1280, scheme: 'light' };

/** Every page with rows in all widths, and without any, failing and waiting in one. */
export async function everyPage(browser: Browser, folder: string, report: Report): Promise<void> {
  const api = await recordedApi();
  const access = { region: 'eu-central-1', credentials: { accessKeyId: 'A', secretAccessKey: 'B' } };
  const served = await serveConsole({ bundle: consoleBundle() ?? '', apiUrl: api.url, access, version: '0' });
  const look = (mode: Mode, name: string, hash: string, text: string, view: View): Promise<void> =>
    report.see(`${name}, ${mode}, ${view.width} px, ${view.scheme}`, async () => {
      api.mode = mode;
      const { page, complaints, close } = await opened(browser, `${served.url}#${hash}`, view);
      await page.getByText(text).first().waitFor({ timeout: 30_000 });
      await settled(page);
      await page.screenshot({ path: path.join(folder, `${name}-${mode}-${view.width}-${view.scheme}.png`) });
      const faults = [...(await violationsOf(page)), ...(await overflowOf(page)), ...complaints];
      await close();
      return faults;
    });
  try {
    for (const { name, hash, full } of PAGES) for (const view of VIEWS) await look('full', name, hash, full, view);
    for (const { name, hash, empty } of PAGES) await look('empty', name, hash, empty, DESKTOP);
    await look('failing', 'overview', '/', 'The API does not answer', DESKTOP);
    await look('failing', 'vendings', '/vendings', 'Could not read the vendings', DESKTOP);
    await look('silent', 'vendings', '/vendings', 'Reading the vendings', DESKTOP);
    await look('full', 'missing', '/nonsense', 'There is no such page', DESKTOP);
    await report.see('an API that is lost keeps what is shown, says so, and comes back by itself', async () => {
      api.mode = 'full';
      const { page, close } = await opened(browser, `${served.url}#/vendings`, DESKTOP);
      await page.getByText('project-with-a-longer-name-3').first().waitFor();
      api.mode = 'failing';
      await page.getByText('The API does not answer').waitFor({ timeout: 30_000 });
      const isKept = await page.getByText('project-with-a-longer-name-3').first().isVisible();
      api.mode = 'full';
      await page.getByText('The API does not answer').waitFor({ state: 'hidden', timeout: 30_000 });
      await close();
      return isKept ? [] : ['What was shown is gone.'];
    });
    await report.see('the keyboard leads to the content, and to pages', async () => {
      const { page, close } = await opened(browser, `${served.url}#/`, DESKTOP);
      await page.getByText('does not exist').first().waitFor();
      await page.keyboard.press('Tab');
      const first = await page.evaluate(() => document.activeElement?.textContent ?? '');
      await page.keyboard.press('Enter');
      const at = await page.evaluate(() => document.activeElement?.id ?? '');
      await page.keyboard.press('g');
      await page.keyboard.press('v');
      await page.getByRole('heading', { name: 'Vendings' }).waitFor();
      await close();
      return first.includes('Skip') && at === 'content' ? [] : [`Tab leads to “${first}”, Enter to “${at}”.`];
    });
    await report.see('pages and filters of the vendings are in the address', async () => {
      const { page, close } = await opened(browser, `${served.url}#/vendings`, DESKTOP);
      await page.getByText('project-with-a-longer-name-3').first().waitFor();
      await page.getByRole('button', { name: 'Next page' }).click();
      await page.getByText('project-with-a-longer-name-55').first().waitFor();
      const hasCursor = page.url().includes('cursor=50');
      await page.getByRole('button', { name: 'Status' }).click();
      await page.getByRole('option', { name: 'Queued' }).click();
      await page.getByText('project-with-a-longer-name-2').first().waitFor();
      const isFiltered = page.url().includes('status=QUEUED') && !page.url().includes('cursor');
      await close();
      return hasCursor && isFiltered ? [] : [page.url()];
    });
  } finally {
    await served.stop();
    api.stop();
  }
}

/** Pictures are drawn after what they show was read. */
const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('load');
  await page.waitForTimeout(400);
};
