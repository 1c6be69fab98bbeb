import { projectRoot } from '../../sandbox/environment';
import { type Examination, examination } from './examination';
import { runTests } from './jest-run';
import longTests from './long-tests.json';
import { type Outcome, sumOf, tell } from './outcome';

/** So many closings at once that anyone who comes last waits for hours. */
export const manyClosings = (): Examination =>
  examination(
    [
      tests('fifty closings at once, 400 accounts', 'closings-at-once', { CLOSINGS: '50', ACCOUNTS: '400' }),
      tests('one closing, killed at twelve writes', 'close-account', { KILLS: '12' }),
    ],
    sumOf,
  );

/** As many vendings at once as a young account has no room for. */
export const manyVendings = (): Examination =>
  tested('300 vendings at once, ten functions', 'concurrency', { VENDINGS: '300', FUNCTIONS: '10' });

/** As many requests for accounts at once as a large migration makes. */
export const manyRequests = (): Examination =>
  examination(
    [
      tests('100 requests at once', 'lanes', { REQUESTS: '100' }),
      tests('account assignments of 200 tenants at once', 'assignments', { ASSIGNED: '200' }),
      tests('estimates of 40 tenants at once', 'estimates', { ESTIMATED: '40' }),
    ],
    sumOf,
  );

/** Organizations in which no function can read all accounts. */
export const manyRecoveries = (): Examination =>
  examination(
    [
      tests('five lost answers at once, 10,000 accounts', 'recoveries-at-once', { RECOVERIES: '5', ACCOUNTS: '10000' }),
      tests('one lost answer, 50,000 accounts', 'recoveries-at-once', { RECOVERIES: '1', ACCOUNTS: '50000' }),
    ],
    sumOf,
  );

/** As many accounts as a large organization has; `npm test` adopts a few. */
export const manyAdoptions = (): Examination =>
  tested('200 accounts adopted, fifty closed and ordered again', 'adoptions', { ACCOUNTS: '200', CLOSED: '50' });

/** A fleet that was vended long ago, brought to another configuration. */
export const manyRollouts = (): Examination =>
  examination(
    [
      tests('500 tenants in waves, and one bad configuration', 'rollout-fleet', { TENANTS: '500' }),
      tests('500 accounts, and an update of the landing zone', 'landing-zone-update', { ACCOUNTS: '500' }),
    ],
    sumOf,
  );

/** As many tenants as a pilot may have. */
export const manyShadows = (): Examination => tested('a pilot of 100 tenants', 'shadow', { SHADOWED: '100' });

const tested = (...test: Parameters<typeof tests>): Examination => examination([tests(...test)], sumOf);

/**
 * Test files that `npm test` leaves out, but for those that another part runs with more of everything. Each `path` is a
 * pattern of jest: one start may run several files.
 */
const LONG_TESTS = longTests.filter((one) => !('part' in one));

const examined = (files: typeof LONG_TESTS): Examination =>
  examination(
    files.map(({ what, project, path }) => testFile(what, { project, path })),
    sumOf,
  );

export const longTestFiles = (): Examination => examined(LONG_TESTS.filter(({ project }) => project !== 'local-aws'));

export const longTestsOnLocalAws = (): Examination =>
  examined(LONG_TESTS.filter(({ project }) => project === 'local-aws'));

/** What `npm run pack` makes, installed in empty folders. */
export const packages = (): Examination =>
  examination([testFile('the packages in empty folders', { project: 'unit', path: 'test/packages/installed' })], sumOf);

/** A test of the simulation, with more of everything. */
const tests = (what: string, file: string, variables: Readonly<Record<string, string>>): (() => Promise<Outcome>) =>
  testFile(what, { project: 'simulation', path: `test/simulation/${file}` }, variables);

function testFile(
  what: string,
  test: Readonly<Record<'project' | 'path', string>>,
  variables: Readonly<Record<string, string>> = {},
): () => Promise<Outcome> {
  return async () => {
    const startedAt = Date.now();
    const files = await runTests(projectRoot, [{ ...test, name: null }], { limitSeconds: 1800, variables });
    const passed = files.flatMap((one) => one.passed).length;
    const failed = files.flatMap((one) => one.failed);
    const messages = files.flatMap(({ message }) => (message === '' ? [] : [message]));
    const isGood = passed > 0 && messages.length === 0;
    const problem = isGood ? '' : `: ${messages.join('\n') || 'there is no such test'}`;
    tell(`${isGood ? '✔' : '✘'} ${what}, ${((Date.now() - startedAt) / 1000).toFixed(0)} s${problem}`);
    return { passed, failed: isGood ? 0 : Math.max(1, failed.length) };
  };
}
