import allTests from './jest.config.mjs';

/** Hundreds of cases, or a ledger as large as it may be: a second and more, for each of thousands of mutants. */
const TOO_LONG = ['\\.properties\\.test\\.ts$', '/hostile-', 'largest-tenant', 'split-transactions', 'waiting-vending'];

/** The tests by which nearly every mutant is noticed; those that are not run again, with all tests. */
export default { ...allTests, testPathIgnorePatterns: [...allTests.testPathIgnorePatterns, ...TOO_LONG] };
