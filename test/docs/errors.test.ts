import { globSync, readFileSync } from 'node:fs';
import { calling } from '../../functions/aws/base/aws-error';
import { RejectedError, TransientError } from '../../functions/domain/base/errors';
import { codeIn, pageOf, rowsOf } from './pages';

const PAGE = 'docs/errors.md';

/** Names in the columns "SDK error" and "becomes" of the table that sorts. */
const rows = rowsOf(PAGE, 'what it tells');
const promises = rows.flatMap(([, names = '', becomes = '']) => codeIn(names).map((name) => [name, becomes] as const));

/** A broken connection has its name in `code`. */
const failureNamed = (name: string): Error =>
  Object.assign(new Error('as AWS says it'), /^E[A-Z_]+$/u.test(name) ? { code: name } : { name });

const sorted = (error: Error): Promise<unknown> =>
  calling('do something', () => Promise.reject(error)).catch((thrown: unknown) => thrown);

function inWords(error: unknown): string {
  if (error instanceof TransientError) return error.nothingDone ? '`TransientError`, nothing done' : '`TransientError`';
  return error instanceof RejectedError ? '`RejectedError`' : 'itself: unknown';
}

const withoutComments = (code: string): string => code.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gsu, '');

describe('docs/errors.md', () => {
  it.each(promises)('sorts %s as the code does: %s', async (name, becomes) => {
    expect(inWords(await sorted(failureNamed(name)))).toBe(becomes);
  });

  it('names every error that the code knows', () => {
    const sources = globSync('functions/aws/base/aws-error*.ts').map((file) => readFileSync(file, 'utf8'));
    const known = sources.join('').matchAll(/'([A-Z]\w+)'/gu);
    const explained = new Set(codeIn(pageOf(PAGE)));
    // Reasons within a cancelled transaction of DynamoDB, and the default of one that has none.
    const reasons = new Set([
      'None',
      'ConditionalCheckFailed',
      'TransactionConflict',
      'ThrottlingError',
      'ProvisionedThroughputExceeded',
    ]);
    const names = [...known].map(({ 1: name = '' }) => name).filter((name) => !reasons.has(name));

    expect(names.filter((name) => !explained.has(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });

  // Both workflows pass many of the same states: what these say has to be true of a vending and of a closing.
  it('finds no remedy that takes every run for a vending', () => {
    const sources = globSync('functions/**/*.ts').map((file) => [file, withoutComments(readFileSync(file, 'utf8'))]);
    const filesWith = (words: RegExp) => sources.flatMap(([file, code = '']) => (words.test(code) ? [file] : []));

    expect(filesWith(/\b(?:replay the|this) (?:vending|closing)\b/iu)).toEqual([]);
    expect(filesWith(/replay this run/iu).length).toBeGreaterThan(30);
  });
});
