import path from 'node:path';

import { projectRoot } from '../environment';

/** With landing zones that ask for an approval, and that only tell what they would do. */
export const BUSY_CONFIGURATION = path.join(projectRoot, 'sandbox/config-busy');
