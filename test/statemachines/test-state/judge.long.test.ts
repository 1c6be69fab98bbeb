import { WALKED_PATHS } from '../../contract/walked-paths';
import { judge, type Judgement } from './judge';
import { serveTestState } from './test-state-server';

const CREDENTIALS = { accessKeyId: 'any', secretAccessKey: 'any' };

const named = (...names: readonly string[]) => WALKED_PATHS.filter(({ name }) => names.includes(name));

async function judgedBy(
  paths: typeof WALKED_PATHS,
  ...spoilt: Parameters<typeof serveTestState>
): Promise<readonly Judgement[]> {
  const { endpoint, stop } = await serveTestState(...spoilt);
  try {
    // On AWS TestState has a host of its own, `sync-states`.
    const place = { endpoint, disableHostPrefix: true, region: 'eu-central-1', credentials: CREDENTIALS };
    return (await judge({ ...place, maxAttempts: 1 }, paths)).judgements;
  } finally {
    await stop();
  }
}

const differing = (judgements: readonly Judgement[]): readonly string[] =>
  judgements.flatMap(({ path, difference }) => (difference === undefined ? [] : [path]));

/** Never asked of AWS: the server answers as TestState's documentation says. */
describe('npm run test:asl -- --aws', () => {
  it('goes every path state by state, and comes to the same states and ends as the embedded interpreter', async () => {
    const judgements = await judgedBy(WALKED_PATHS);

    expect(judgements).toHaveLength(WALKED_PATHS.length);
    expect(judgements.filter(({ difference }) => difference !== undefined)).toEqual([]);
  });

  it('tells the paths on which a state goes on otherwise', async () => {
    const paths = named('vending: a new account', 'vending: a known account with nothing in it');
    const judgements = await judgedBy(paths, (stateName, answer) =>
      stateName === 'IsImportPlanned' ? { ...answer, nextState: 'ImportAccount' } : answer,
    );

    expect(differing(judgements)).toEqual(['vending: a known account with nothing in it']);
    expect(judgements[1]?.difference?.there.entered).toContain('ImportAccount');
  });

  it('tells the paths on which a state gives up where it is tried again', async () => {
    const paths = named('vending: faults pass', 'vending: AWS says no');
    const judgements = await judgedBy(paths, (_, answer) =>
      'status' in answer && answer.status === 'RETRIABLE' ? { ...answer, status: 'FAILED' } : answer,
    );

    expect(differing(judgements)).toEqual(['vending: faults pass']);
  });
});
