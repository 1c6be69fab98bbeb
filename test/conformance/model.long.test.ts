import { type ServiceName, SERVICES } from '../../conformance/case';
import type { CaseResult } from '../../conformance/suite';
import { begin, type Begun } from './run-against';

/** The application calls none of these, and the model has none of them. */
const NOT_MODELLED = ['DeleteOrganizationalUnit', 'DeleteStackSet'];

describe('the model of AWS, behind HTTP', () => {
  let begun: Begun;
  /** By service, each once: a mutation of one service names its test alone. */
  const known = new Map<ServiceName, readonly CaseResult[]>();

  beforeAll(async () => {
    begun = await begin('model');
  });

  afterAll(() => begun.stop());

  const resultsOf = async (service: ServiceName): Promise<readonly CaseResult[]> => {
    const results = known.get(service) ?? (await begun.run((one) => one.service === service));
    known.set(service, results);
    return results;
  };

  const allResults = async (): Promise<readonly CaseResult[]> => {
    const all: CaseResult[] = [];
    for (const service of SERVICES) all.push(...(await resultsOf(service)));
    return all;
  };

  it.each(SERVICES)('differs from no case of %s', async (service) => {
    const results = await resultsOf(service);
    const different = results.filter(({ verdict }) => verdict === 'differs' || verdict === 'not reached');
    expect(different.map(({ of, why }) => `${of.service}: ${of.name}: ${why ?? ''}`)).toEqual([]);
    expect(results).not.toEqual([]);
  });

  it('lacks what is known to be lacking, and Account Management', async () => {
    const results = await allResults();
    const lacking = results.filter(({ of, verdict }) => verdict === 'not implemented' && of.service !== 'account');
    expect([...new Set(lacking.map(({ why }) => why))].toSorted()).toEqual(NOT_MODELLED);
  });

  it('agrees with more than 350 cases', async () => {
    const results = await allResults();
    expect(results.filter(({ verdict }) => verdict === 'agrees').length).toBeGreaterThan(350);
  });
});
