import { writeFileSync } from 'node:fs';

import { unusedPermissionsPage } from '../docs/unused-permissions';
import { differencesPage } from './differences-page';

/** A part of `npm run generate`. */
writeFileSync('docs/iam-differences.md', differencesPage());
writeFileSync('docs/iam-unused.md', unusedPermissionsPage());
