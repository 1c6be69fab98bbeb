import { readFileSync } from 'node:fs';

import { LandingZoneSchema } from '../../functions/domain/configuration/landing-zone';
import { pageOf, rowsOf } from './pages';

const SCHEMA = 'config/schema/landing-zone.schema.json';
const [, example = ''] = /^ *```json\n(.*?)^ *```$/msu.exec(pageOf('docs/add-a-landing-zone.md')) ?? [];

describe('docs/add-a-landing-zone.md', () => {
  it('shows a file that is a landing zone', () => {
    expect(LandingZoneSchema.safeParse(JSON.parse(example)).error).toBeUndefined();
  });
});

describe('docs/configuration.md', () => {
  it.each([
    [SCHEMA, 'name'],
    ['config/schema/platform.schema.json', 'accessConfig.organizationRootAccountRole'],
  ])('says which fields of %s are required', (file, field) => {
    const { required } = JSON.parse(readFileSync(file, 'utf8')) as { readonly required: readonly string[] };
    const tables = rowsOf('docs/configuration.md', 'field');
    const marked = tables.flatMap(([name = '', mark]) =>
      mark === 'required' ? [name.replaceAll('`', '').split('.')[0]] : [],
    );

    expect(tables.map(([name]) => name)).toContain(`\`${field}\``);
    expect(marked).toEqual(expect.arrayContaining([...required]));
  });
});
