import { projectRoot } from '../../sandbox/environment';
import { type Examination, examination } from './examination';
import { runTests } from './jest-run';
import { type Outcome, sumOf, tell } from './outcome';

const MANY = 10_000;

/** Each counts on organizations of its own. */
const PROPERTIES = [
  'test/functions/metering/domain/chargeback.properties',
  'test/functions/metering/collect-costs.properties',
];

/**
 * Every property of metering, in as many organizations as one has to see before one believes it; `npm test` sees a few.
 */
export const manyOrganizations = (): Examination =>
  examination(
    PROPERTIES.map((path) => () => propertiesOf(path)),
    sumOf,
  );

async function propertiesOf(path: string): Promise<Outcome> {
  const options = { limitSeconds: 1800, variables: { ORGANIZATIONS: String(MANY) } };
  const files = await runTests(projectRoot, [{ project: 'unit', path, name: null }], options);
  const passed = files.flatMap((file) => file.passed).length;
  const failed = files.flatMap((file) => file.failed);
  const messages = files.flatMap(({ message }) => (message === '' ? [] : [message]));
  const isGood = passed > 0 && messages.length === 0;
  const problem = isGood ? '' : `: ${messages.join('\n') || 'there is no such test'}`;
  tell(`${isGood ? '✔' : '✘'} ${path}, in ${MANY} organizations${problem}`);
  return { passed, failed: isGood ? 0 : Math.max(1, failed.length) };
}
