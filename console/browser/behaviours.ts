import type { Browser, Page } from 'playwright-core';

import { desiredStateDraft } from '../src/logic/desired-state-draft';
import { uuidOf } from './recorded-answers';
import { DESKTOP, opened, typeDesiredState, violationsOf } from './opened';
import { type RecordedStage, recordedStage } from './recorded-stage';
import type { Report } from './report';
import { refusedSignIn, signIn } from './sign-in-behaviours';

type Play = (page: Page, stage: RecordedStage) => Promise<readonly string[]>;

const ROW = 'project-with-a-longer-name-3';

/** What the console does when somebody, or something, acts. Each begins on the vendings of ten thousand tenants. */
export async function everyBehaviour(browser: Browser, report: Report): Promise<void> {
  const play = (what: string, hash: string, work: Play): Promise<void> =>
    report.see(what, async () => {
      const stage = await recordedStage('full');
      const { page, close } = await opened(browser, stage.urlOf(hash), DESKTOP);
      try {
        return await work(page, stage);
      } finally {
        await close();
        await stage.stop();
      }
    });
  await play('an API that is lost keeps what is shown, says so, and comes back by itself', '/vendings', lostApi);
  await play('a server of the console that is gone is told from an API that is', '/vendings', lostServer);
  await play('the keyboard leads to the content, to pages, and to a tenant', '/', keyboard);
  await play('ten thousand vendings are read page by page; page and filter are in the address', '/vendings', pages);
  await play('a double click orders once', '/order', doubleClick);
  await play('a fault of a desired state stands at its line while one types', '/order', typedFault);
  await play('chosen vendings are replayed behind a preview of each', '/vendings?status=FAILED', chosenReplays);
  await play('a cause is replayed for all that it has stopped', '/failures', causeReplay);
  await play('a rollout is planned, and started with the consent that it asks for', '/rollouts', plannedRollout);
  await play('a rollout of the landing zone is planned by its own questions', '/rollouts', plannedLandingZone);
  await play('a rollout is paused behind a question', '/rollouts/r-3', pausedRollout);
  await play('on AWS, somebody signs in first, each call has the token, and an end is told', '/missing', signIn);
  await play('somebody who is not let in is told why', '/missing', refusedSignIn);
  await play('a document opens as a page, at the section of a link', '/settings', openedDocument);
  await play('an earlier run is shown in the place of the newest one', `/vendings/${uuidOf(0)}?tab=runs`, earlierRun);
}

async function lostApi(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  await page.getByText(ROW).first().waitFor();
  api.mode = 'failing';
  await page.getByText('The API does not answer').waitFor();
  const isKept = await page.getByText(ROW).first().isVisible();
  api.mode = 'full';
  await page.getByText('The API does not answer').waitFor({ state: 'hidden' });
  return isKept ? [] : ['What was shown is gone.'];
}

async function lostServer(page: Page): Promise<readonly string[]> {
  await page.getByText(ROW).first().waitFor();
  await page.route('**/api/**', (route) => route.abort());
  await page.getByText('The console’s own server is gone').waitFor();
  const isKept = await page.getByText(ROW).first().isVisible();
  await page.unroute('**/api/**');
  await page.getByText('The console’s own server is gone').waitFor({ state: 'hidden' });
  return isKept ? [] : ['What was shown is gone.'];
}

async function openedDocument(page: Page): Promise<readonly string[]> {
  const address = await page.getByRole('link', { name: 'Errors Opens in a new tab' }).getAttribute('href');
  await page.goto(new URL(address ?? '', page.url()).href);
  await page.getByRole('link', { name: 'ask for more concurrency' }).click();
  await page.waitForURL(/operation\.html#functions-throttled$/u);
  await page.getByRole('heading', { name: 'functions-throttled' }).waitFor();
  return violationsOf(page);
}

async function keyboard(page: Page): Promise<readonly string[]> {
  await page.getByText('does not exist').first().waitFor();
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.textContent ?? '');
  await page.keyboard.press('Enter');
  const at = await page.evaluate(() => document.activeElement?.id ?? '');
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await page.getByRole('heading', { name: 'Vendings' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('workspace-3.project-with-a-longer-name-3');
  await page.keyboard.press('Enter');
  await page.waitForURL(/workspace=workspace-3&project=project-with-a-longer-name-3/u);
  // The list before holds that row, too, and what is focused in it may be gone before Enter is pressed.
  await page.getByText('project-with-a-longer-name-4').first().waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: `workspace-3.${ROW}`, exact: true }).press('Enter');
  await page.getByRole('button', { name: /MoveAccount\s*: done/u }).press('Enter');
  await page.waitForURL(/state=MoveAccount/u);
  return first.includes('Skip') && at === 'content' ? [] : [`Tab leads to “${first}”, Enter to “${at}”.`];
}

async function pages(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  await page.getByText(ROW).first().waitFor();
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByText('project-with-a-longer-name-55').first().waitFor();
  const faults = page.url().includes('cursor=50') ? [] : [`The page is not in the address: ${page.url()}`];
  const rows = await page.getByRole('row').count();
  // A head, and one page.
  if (rows > 51) faults.push(`${rows} rows are drawn at once.`);
  await page.getByRole('combobox', { name: 'Filter vendings' }).fill('Status = QUEUED');
  await page.keyboard.press('Enter');
  await page.waitForURL(/status=QUEUED/u);
  await page.getByText('project-with-a-longer-name-2').first().waitFor();
  if (page.url().includes('cursor')) faults.push('A place in one list is not one in another.');
  const asked = api.asked.filter(({ path }) => path === '/vendings');
  if (!asked.some(({ query }) => query.get('status') === 'QUEUED')) faults.push('The API was not asked to narrow.');
  if (asked.some(({ query }) => Number(query.get('limit')) > 100)) faults.push('More than a page was asked for.');
  return faults;
}

async function doubleClick(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.getByRole('heading', { name: 'Plan', exact: true }).waitFor();
  // As fast as no finger is: the second one comes before the page has learnt of the first one.
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Order', exact: true }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await page.waitForURL(/vendings\//u);
  const orders = api.asked.filter(({ method, path, query }) => {
    return method === 'POST' && path === '/vendings' && query.get('dryRun') === null;
  });
  return orders.length === 1 ? [] : [`It was ordered ${orders.length} times.`];
}

async function typedFault(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  const text = desiredStateDraft(uuidOf(0));
  await typeDesiredState(page, text.replace('"kind": "meshTenant"', '"kind": "meshtenant"'));
  await page.getByText('tenant.kind').first().waitFor();
  const faults = [...(await violationsOf(page))];
  await page.getByText('Line 6', { exact: true }).click();
  await page.getByText('Ln 6').waitFor();
  // In the margin of its line, and of no other.
  await page.locator('.ace_gutter-cell.ace_error').waitFor();
  await page.keyboard.press('Escape');
  const isOut = (): Promise<boolean> => page.evaluate(() => document.activeElement?.textContent === 'Line 6');
  for (let tab = 0; tab < 8 && !(await isOut()); tab += 1) await page.keyboard.press('Tab');
  if (!(await isOut())) faults.push('The keyboard does not lead out of the editor.');
  if (api.asked.some(({ method }) => method === 'POST'))
    faults.push('The API was asked although the schema says enough.');
  return faults;
}

async function chosenReplays(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  for (const name of [
    'Choose workspace-0.project-with-a-longer-name-0',
    'Choose workspace-3.project-with-a-longer-name-10',
  ])
    await page.getByRole('checkbox', { name, exact: true }).check();
  await page.getByRole('button', { name: 'Replay 2' }).click();
  await page.getByText('resumes at the state that failed').nth(1).waitFor();
  const faults = [...(await violationsOf(page))];
  if (api.asked.some(({ path }) => path.endsWith('/replay'))) faults.push('A preview has replayed.');
  await page.getByRole('dialog').getByRole('button', { name: 'Replay 2' }).click();
  await page.getByText('redriven').nth(1).waitFor();
  const replayed = api.asked.filter(({ path }) => path.endsWith('/replay')).map(({ path }) => path);
  const wanted = [0, 10].map((index) => `/vendings/${uuidOf(index)}/replay`);
  return JSON.stringify(replayed) === JSON.stringify(wanted) ? faults : [...faults, `Replayed: ${replayed.join()}`];
}

async function causeReplay(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  await page
    .getByRole('button', { name: /^Replay all/u })
    .first()
    .click();
  await page.getByText('cannot be replayed').first().waitFor();
  const faults = [...(await violationsOf(page))];
  const dry = api.asked.filter(({ path, query }) => path === '/replays' && query.get('dryRun') === 'true');
  if (dry.some(({ query }) => query.get('error') !== 'RejectedError')) faults.push('Not by its error.');
  // They have failed no longer, and their cause is gone from the page: what has become of each is still told.
  for (let index = 0; index < 1_000; index += 10) api.statuses.set(index, 'RUNNING');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Replay \d+$/u })
    .click();
  await page
    .getByRole('link', { name: 'workspace-0.project-with-a-longer-name-0', exact: true, includeHidden: true })
    .waitFor({ state: 'detached' });
  await page.getByRole('dialog').getByText('redriven').first().waitFor();
  return faults;
}

async function earlierRun(page: Page): Promise<readonly string[]> {
  await page.getByRole('link', { name: '44-1' }).click();
  await page.getByText('Run 44-1 is shown.').waitFor();
  await page.getByRole('button', { name: /TagAccount\s*: done/u }).waitFor();
  return violationsOf(page);
}

async function plannedRollout(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Plan a rollout' }).click();
  await page.getByLabel('Tenants in the canary').fill('3');
  const faults = [...(await violationsOf(page))];
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.waitForURL(/rollouts\/r-0/u);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const start = page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true });
  await page.getByLabel('Consent').fill('8');
  if (await start.isEnabled()) faults.push('A consent to another number is accepted.');
  await page.getByLabel('Consent').fill('9');
  faults.push(...(await violationsOf(page)));
  await start.click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const sent = api.asked.filter(({ method }) => method === 'POST').map(({ path, body }) => `${path} ${body}`);
  const canary = '"canary":{"tenants":3},"waves":[0.05,0.25,1],"mostTenantsPerHour":200,"mostAtOnce":20';
  const wanted = [`/rollouts {${canary}}`, '/rollouts/r-0/start {"token":"r-0.plan","consent":9}'];
  return JSON.stringify(sent) === JSON.stringify(wanted) ? faults : [...faults, `Sent: ${sent.join(' ')}`];
}

async function plannedLandingZone(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Plan a rollout' }).click();
  await page.getByLabel('What has changed').click();
  await page.getByRole('option', { name: 'The landing zone of Control Tower' }).click();
  await page.getByLabel('Organizational unit that comes first').fill('ou-ab12-canary01');
  await page.getByLabel('Percent of failed accounts at which it stops').fill('1');
  const faults = [...(await violationsOf(page))];
  if (await page.getByLabel('Tenants in the canary').isVisible()) faults.push('It asks what no landing zone takes.');
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await page.waitForURL(/rollouts\/r-0/u);
  const sent = api.asked.filter(({ method }) => method === 'POST').map(({ path, body }) => `${path} ${body}`);
  const wanted =
    '/rollouts {"kind":"landing-zone","canary":{"organizationalUnit":"ou-ab12-canary01"},"stopAtFailedShare":0.01}';
  return sent.join() === wanted ? faults : [...faults, `Sent: ${sent.join(' ')}`];
}

async function pausedRollout(page: Page, { api }: RecordedStage): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByText('No more runs begin.').waitFor();
  const faults = [...(await violationsOf(page))];
  if (api.asked.some(({ method }) => method === 'POST')) faults.push('It was paused before anybody was asked.');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const sent = api.asked.filter(({ method }) => method === 'POST').map(({ path }) => path);
  return sent.join() === '/rollouts/r-3/pause' ? faults : [...faults, `Sent: ${sent.join()}`];
}
