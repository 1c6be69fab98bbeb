import type { CaseResult } from '../../conformance/suite';
import { runAgainst } from './run-against';

/** The application calls none of these, and the model has none of them. */
const NOT_MODELLED = ['DeleteOrganizationalUnit', 'DeleteStackSet'];

describe('the model of AWS, behind HTTP', () => {
  let results: readonly CaseResult[] = [];

  beforeAll(async () => {
    results = await runAgainst('model');
  });

  it('differs from no case', () => {
    const different = results.filter(({ verdict }) => verdict === 'differs' || verdict === 'not reached');
    expect(different.map(({ of, why }) => `${of.service}: ${of.name}: ${why ?? ''}`)).toEqual([]);
  });

  it('lacks what is known to be lacking, and Account Management', () => {
    const lacking = results.filter(({ of, verdict }) => verdict === 'not implemented' && of.service !== 'account');
    expect([...new Set(lacking.map(({ why }) => why))].toSorted()).toEqual(NOT_MODELLED);
  });

  it('agrees with more than 350 cases', () => {
    expect(results.filter(({ verdict }) => verdict === 'agrees').length).toBeGreaterThan(350);
  });
});
