import type { Page } from 'playwright-core';

import { reopen, violationsOf } from './opened';
import type { RecordedStage } from './recorded-stage';

/* What the console on AWS does before somebody may see it. */

/** What Cognito would answer: the page looks at what is in a token, and API Gateway verifies it. */
const tokenOf = (claims: object): string =>
  ['{"alg":"none"}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');

export async function signIn(page: Page, { urlOf }: RecordedStage): Promise<readonly string[]> {
  const base = urlOf('').replace('#', '');
  const tokens: (string | undefined)[] = [];
  let authorized = '';
  let isEnded = false;
  await page.route('**/installation.json', (route) => {
    const login = { issuer: base, url: `${base}cognito`, clientId: 'page', provider: 'IdentityCenter' };
    return route.fulfill({ json: { apiUrl: base, version: '0', login } });
  });
  await page.route('**/cognito/oauth2/authorize?*', (route) => {
    authorized = route.request().url();
    isEnded = false;
    const back = new URLSearchParams({ code: 'code', state: new URL(authorized).searchParams.get('state') ?? '' });
    const body = `<script>location.replace(${JSON.stringify(`${base}?${back.toString()}`)})</script>`;
    return route.fulfill({ contentType: 'text/html', body });
  });
  await page.route('**/cognito/oauth2/token', (route) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: base, aud: 'page', sub: 's', email: 'jane@corp.example', iat: now, exp: now + 3600 };
    const json = { id_token: tokenOf(claims), access_token: 'a', token_type: 'Bearer', expires_in: 3600 };
    return route.fulfill({ json });
  });
  await page.route('**/api/**', (route) => {
    tokens.push(route.request().headers()['authorization']);
    const refusal = { title: 'Not signed in', status: 401, detail: 'Sign in.', errors: [] };
    return isEnded ? route.fulfill({ status: 401, json: refusal }) : route.continue();
  });
  await reopen(page, urlOf('/lanes'));
  await page.getByText('Ready about').first().waitFor();
  await page.getByRole('button', { name: 'jane@corp.example' }).waitFor();
  const faults = [...(await violationsOf(page))];
  if (page.url() !== urlOf('/lanes')) faults.push(`The sign-in leads to ${page.url()}.`);
  const asked = new URL(authorized).searchParams;
  for (const [name, value] of [
    ['code_challenge_method', 'S256'],
    ['identity_provider', 'IdentityCenter'],
    ['redirect_uri', base],
    ['scope', 'openid'],
  ] as const)
    if (asked.get(name) !== value) faults.push(`${name} is ${asked.get(name) ?? 'not there'}.`);
  if (tokens.length === 0 || tokens.some((token) => token?.split('.').length !== 3))
    faults.push('A call has no token.');
  isEnded = true;
  await page.getByText('Your sign-in has ended').waitFor();
  faults.push(...(await violationsOf(page)));
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByText('Your sign-in has ended').waitFor({ state: 'hidden' });
  await page.getByText('Ready about').first().waitFor();
  return faults;
}

export async function refusedSignIn(page: Page, { urlOf }: RecordedStage): Promise<readonly string[]> {
  const base = urlOf('').replace('#', '');
  await page.route('**/installation.json', (route) => {
    const login = { issuer: base, url: `${base}cognito`, clientId: 'page', provider: 'IdentityCenter' };
    return route.fulfill({ json: { apiUrl: base, version: '0', login } });
  });
  await page.goto(`${base}?error=invalid_request&error_description=No+access&state=unknown`);
  await page.getByText('You could not be signed in').waitFor();
  return violationsOf(page);
}
