import { branchesIn, helpersIn } from '../../../sandbox/evidence/branches';

const imported = `import { operation } from '../operation';\nimport { noSuchEntity } from './errors';\n`;

/** What of a source has no evidence beside it. */
function gapsOf(source: string): readonly string[] {
  const errors = `export const noSuchEntity = (message: string) => new ServiceError('NoSuchEntity', message);`;
  const helpers = new Map(helpersIn('iam/errors.ts', errors));
  return branchesIn('iam/roles.ts', imported + source, helpers)
    .filter(({ evidence }) => evidence === undefined)
    .map(({ keys }) => keys.join(' '));
}

const evidence = (claim: string): string => `// @evidence documented page: ${claim}\n`;

describe('a branch of the model', () => {
  it.each([
    ['an operation', `operation(refuse, { name: 'GetRole', write: false });`, ['GetRole']],
    ['an error by its code', `throw new ServiceError('Conflict', 'Busy.');`, ['Conflict']],
    ['an error of a helper', `throw noSuchEntity('There is none.');`, ['NoSuchEntity']],
    ['an error with a reason', `throw constraint('OU_LIMIT');`, ['OU_LIMIT']],
    [
      'an error that is chosen',
      `const make = () => { const code = old ? 'A1' : 'B1'; throw new ServiceError(code, ''); };`,
      ['A1'],
    ],
    ['an error that is given back', `const all = find((name) => new ServiceError('None', name));`, ['None']],
  ])('is %s', (_, source, gaps) => {
    expect(gapsOf(source)).toEqual(gaps);
  });

  it.each([
    ['a fault of those who use the model', `throw new RangeError('none');`],
    ['an error that came from elsewhere', `try { act(); } catch (error) { throw error; }`],
    ['a limit that the model tells', `throw noSuchEntity('This model of AWS has none.');`],
    ['a helper that others throw', `export const busy = () => new ServiceError('Busy', '');`],
  ])('is not %s', (_, source) => {
    expect(gapsOf(source)).toEqual([]);
  });

  it.each([
    ['above a statement', `${evidence('Conflict while busy')}throw new ServiceError('Conflict', 'Busy.');`],
    ['above its name', `operation(refuse, {\n${evidence('GetRole answers Role')}name: 'GetRole' });`],
    [
      'above the function',
      `/**\n * @evidence documented page: Busy\n */\nfunction act() { if (x) throw new ServiceError('Busy', ''); }`,
    ],
  ])('is covered by a line %s', (_, source) => {
    expect(gapsOf(source)).toEqual([]);
  });

  it.each([
    ['a line for something else', `${evidence('Other')}throw new ServiceError('Conflict', '');`, ['Conflict']],
    [
      'one line for two',
      `/** @evidence documented page: Busy */\nfunction act() { if (x) throw new ServiceError('Busy', ''); throw new ServiceError('Busy', ''); }`,
      ['Busy'],
    ],
    [
      'a word that only begins alike',
      `${evidence('AccessDeniedException')}throw new ServiceError('AccessDenied', '');`,
      ['AccessDenied'],
    ],
  ])('is not covered by %s', (_, source, gaps) => {
    expect(gapsOf(source)).toEqual(gaps);
  });

  it('says whether it is an operation that writes', () => {
    const source = `operation(refuse, { name: 'CreateRole', write: true }); operation(refuse, { name: 'GetRole', write: false });`;

    expect(branchesIn('iam/roles.ts', source, new Map()).map(({ isWrite }) => isWrite)).toEqual([true, false]);
  });
});
