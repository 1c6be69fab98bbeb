import { choices } from './choices';
import { executions } from './executions';
import { maps } from './maps';
import { paths } from './paths';
import type { Recording } from './recording';
import { tasks } from './tasks';
import { tokens } from './tokens';
import { waits } from './waits';

/** All executions that were recorded on AWS, by the file that has them. */
export const stepFunctionsRecordings: Readonly<Record<string, readonly Recording[]>> = {
  'sandbox/recordings/choices.ts': choices,
  'sandbox/recordings/executions.ts': executions,
  'sandbox/recordings/maps.ts': maps,
  'sandbox/recordings/paths.ts': paths,
  'sandbox/recordings/tasks.ts': tasks,
  'sandbox/recordings/tokens.ts': tokens,
  'sandbox/recordings/waits.ts': waits,
};
