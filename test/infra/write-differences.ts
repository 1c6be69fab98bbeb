import { writeFileSync } from 'node:fs';

import { differencesPage } from './differences-page';

/** A part of `npm run generate`. */
writeFileSync('docs/iam-differences.md', differencesPage());
