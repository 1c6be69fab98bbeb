import { readFileSync } from 'node:fs';
import path from 'node:path';

import { LANDING_ZONE_COUNTERPARTS, PLATFORM_COUNTERPARTS } from '../../operator/from-meshstack/platform-counterparts';
import { projectRoot } from '../../sandbox/environment';

const page = readFileSync(path.join(projectRoot, 'docs/left-out.md'), 'utf8');

/** Fields without a counterpart that are no feature: secrets, kept elsewhere, and what meshStack itself shows. */
const NO_FEATURES = new Set([
  'organizationRootAccountExternalId',
  'automationAccountExternalId',
  'ssoAccessToken',
  'accessConfig',
  'displayName',
  'description',
  'infoLink',
  'restricted',
  'platformRef',
  'type',
]);

const left = [PLATFORM_COUNTERPARTS, LANDING_ZONE_COUNTERPARTS]
  .flatMap((counterparts) => Object.keys(counterparts.left))
  .map((field) => field.split('.').at(-1) ?? '')
  .filter((field) => !NO_FEATURES.has(field));

describe('the page of what is left out', () => {
  it.each([...new Set(left)])("names meshStack's field %s", (field) => {
    expect(page).toContain(`\`${field}\``);
  });

  it('says of every row what is here instead', () => {
    const rows = page.split('\n').filter((line) => /^\| (?!meshStack|of the document|---)/u.test(line));

    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.split('|')[2]?.trim() === '')).toEqual([]);
  });
});
