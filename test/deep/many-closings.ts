import { projectRoot } from '../../sandbox/environment';
import { type Examination, examination } from './examination';
import { runTests } from './jest-run';
import { sumOf, tell } from './outcome';

const PATH = 'test/simulation/closings-at-once';
const VARIABLES = { CLOSINGS: '50', ACCOUNTS: '400' };

/** So many closings at once that whoever comes last waits for hours; `npm test` sees a few. */
export const manyClosings = (): Examination =>
  examination(
    [
      async () => {
        const options = { limitSeconds: 1800, variables: VARIABLES };
        const files = await runTests(projectRoot, [{ project: 'simulation', path: PATH, name: null }], options);
        const passed = files.flatMap((file) => file.passed).length;
        const failed = files.flatMap((file) => file.failed);
        const messages = files.flatMap(({ message }) => (message === '' ? [] : [message]));
        const isGood = passed > 0 && messages.length === 0;
        const problem = isGood ? '' : `: ${messages.join('\n') || 'there is no such test'}`;
        tell(`${isGood ? '✔' : '✘'} ${VARIABLES.CLOSINGS} closings at once, ${VARIABLES.ACCOUNTS} accounts${problem}`);
        return { passed, failed: isGood ? 0 : Math.max(1, failed.length) };
      },
    ],
    sumOf,
  );
