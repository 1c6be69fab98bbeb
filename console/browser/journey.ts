import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { projectRoot } from '../../sandbox/environment';
import { deployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { stageConsole } from '../../sandbox/runtime/stage/stage-console';
import { DESKTOP, opened, typeDesiredState, violationsOf } from './opened';
import type { Report } from './report';

const EXAMPLE = readFileSync(path.join(projectRoot, 'sandbox/examples/fraud-lab.json'), 'utf8');
const FIRST = 'c4f2a6d8-3b1e-4c57-9a60-2f8d71e5b904';

/** Another tenant of the example's workspace. */
const example = (uuid: string, project: string, number: number): string =>
  EXAMPLE.replaceAll(FIRST, uuid)
    .replaceAll('fraud-lab', project)
    .replace('"tenantPlatformNumber": 43', `"tenantPlatformNumber": ${number}`);

const MINUTES = 60_000;

/** As an operator goes it: order, watch, see one fail, read its remedy, replay it, stop another. */
export async function journey(browser: Browser, folder: string, report: Report): Promise<void> {
  const notify = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const configurationFolder = path.join(projectRoot, 'sandbox/config');
  const stage = await deployedStage({ configurationFolder, seed: 7, report: notify });
  const served = await stageConsole(stage.endpoints.api, notify);
  const { page, complaints, close } = await opened(browser, served?.url ?? '', DESKTOP);
  const shot = async (name: string): Promise<readonly string[]> => {
    await page.screenshot({ path: path.join(folder, `journey-${name}.png`) });
    return violationsOf(page);
  };
  try {
    await report.see('faults of a desired state stand at their lines', async () => {
      await plan(page, EXAMPLE.replace('"aws-sandbox"', '"no-such-zone"'));
      await page.getByText('tenant.spec.landingZoneRef.name').first().waitFor();
      await page.getByText('Line 19').first().waitFor();
      return shot('faults');
    });
    await report.see('an account is ordered by the form, and the graph is seen to reach Vended', async () => {
      await order(page, EXAMPLE);
      await page.getByRole('button', { name: /PlanVending\s*: done/u }).waitFor({ timeout: MINUTES });
      const faults = await shot('running');
      await page
        .getByText('Vended', { exact: true })
        .first()
        .waitFor({ timeout: 5 * MINUTES });
      await page.getByRole('button', { name: /CompleteVending\s*: done/u }).waitFor({ timeout: MINUTES });
      return [...faults, ...(await shot('vended'))];
    });
    await report.see('a run is stopped with a reason, and the page says so within seconds', async () => {
      await order(page, example('c4f2a6d8-3b1e-4c57-9a60-2f8d71e5b905', 'fraud-stop', 44));
      await page.getByRole('button', { name: 'Stop', exact: true }).click({ timeout: MINUTES });
      await page.getByLabel('Reason').fill('It was ordered by mistake.');
      await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
      await page.getByText('Stopping', { exact: true }).first().waitFor({ timeout: 15_000 });
      return shot('stopping');
    });
    await report.see('one that has failed says cause and remedy, and is replayed from its cause', async () => {
      const foreign = '"platformTenantId": "666666666666"';
      const text = example('c4f2a6d8-3b1e-4c57-9a60-2f8d71e5b906', 'fraud-lost', 45);
      await stage.callApi({
        method: 'POST',
        path: '/vendings',
        body: JSON.parse(text.replace('"platformTenantId": null', foreign)),
      });
      await page.goto(`${served?.url ?? ''}#/failures`);
      await page
        .getByText('fraud-lost')
        .first()
        .waitFor({ timeout: 3 * MINUTES });
      await page.getByText('What to do:').first().waitFor();
      const faults = await shot('failures');
      await page
        .getByRole('button', { name: /^Replay all/u })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'Replay 1' }).click();
      await page
        .getByText(/redriven|restarted/u)
        .first()
        .waitFor({ timeout: MINUTES });
      return [...faults, ...(await shot('replayed'))];
    });
    await report.see('the browser has complained about nothing', () => Promise.resolve(complaints));
  } finally {
    await close();
    await served?.stop();
    await stage.stop();
  }
}

async function plan(page: Page, text: string): Promise<void> {
  await page.goto(`${page.url().split('#')[0] ?? ''}#/order`);
  await typeDesiredState(page, text);
  await page.getByRole('button', { name: 'Show the plan' }).click();
}

async function order(page: Page, text: string): Promise<void> {
  await plan(page, text);
  await page.getByRole('heading', { name: 'Plan', exact: true }).waitFor({ timeout: MINUTES });
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  // Twice: it orders once.
  await page.getByRole('dialog').getByRole('button', { name: 'Order', exact: true }).dblclick();
  await page.waitForURL(/vendings\//u, { timeout: MINUTES });
}
