import * as fc from 'fast-check';

import { conditionHolds, fitsPattern } from '../../../../functions/domain/access/policy-condition';

describe('a pattern', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['abc', 'xabc', false],
    ['a*c', 'ac', true],
    ['a*c', 'abbc', true],
    ['a*c', 'a\nc', true],
    ['a*c', 'abd', false],
    ['a?c', 'abc', true],
    ['a?c', 'a😀c', true],
    ['a?c', 'ac', false],
    ['a.c', 'abc', false],
    ['*', '', true],
    ['Abc', 'abc', false],
  ])('%s of %j: %s', (pattern, text, expected) => {
    expect(fitsPattern(pattern, text)).toBe(expected);
  });

  it('without wildcards fits itself alone, whatever it has in it', () => {
    const literal = fc.string({ unit: fc.constantFrom(...Array.from('ab\\^$.|+()[]{}-/')) });
    fc.assert(fc.property(literal, literal, (one, other) => fitsPattern(one, other) === (one === other)));
    fc.assert(fc.property(literal, (text) => fitsPattern(text, text)));
  });
});

const ARN = 'arn:aws:iam::222222222222:role/path:with/colon';

describe('a condition', () => {
  const context = { 'aws:PrincipalArn': ARN, 'aws:SourceAccount': 'Abc' };

  it.each([
    ['StringEquals', 'aws:SourceAccount', 'Abc', true],
    ['StringEquals', 'aws:sourceaccount', 'Abc', true],
    ['StringEquals', 'aws:SourceAccount', 'abc', false],
    ['StringEquals', 'aws:SourceAccount', ['x', 'Abc'], true],
    ['StringEquals', 'aws:SourceAccount', ['x', 'y'], false],
    ['StringEquals', 'aws:SourceAccount', [], false],
    ['StringEquals', 'aws:Unknown', 'Abc', undefined],
    ['StringEquals', 'aws:SourceAccount', '${aws:x}', undefined],
    ['StringEquals', 'aws:SourceAccount', ['Abc', '${aws:x}'], undefined],
    ['StringEqualsIfExists', 'aws:SourceAccount', 'Abc', true],
    ['StringNotEquals', 'aws:SourceAccount', 'Abc', false],
    ['StringNotEquals', 'aws:SourceAccount', 'x', true],
    ['StringNotEquals', 'aws:Unknown', 'x', undefined],
    ['StringEqualsIgnoreCase', 'aws:SourceAccount', 'aBC', true],
    ['StringEqualsIgnoreCase', 'aws:SourceAccount', 'x', false],
    ['StringNotEqualsIgnoreCase', 'aws:SourceAccount', 'aBC', false],
    ['StringLike', 'aws:SourceAccount', 'A*', true],
    ['StringLike', 'aws:SourceAccount', 'a*', false],
    ['StringNotLike', 'aws:SourceAccount', 'A*', false],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', true],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::222222222222:role/*:with/*', true],
    ['ArnLike', 'aws:PrincipalArn', 'arn:*:iam::222222222222:role/x', false],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*colon', true],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/path', false],
    ['IfExistsStringEquals', 'aws:SourceAccount', 'Abc', undefined],
    ['ArnLike', 'aws:PrincipalArn', 'arn:*:222222222222:role/*', undefined],
    ['ArnLike', 'aws:PrincipalArn', ['no arn', 'arn:aws:iam::*:role/*'], true],
    ['ArnLike', 'aws:PrincipalArn', ['no arn', 'arn:aws:iam::*:role/x'], undefined],
    ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', true],
    ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', false],
    ['ArnNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/x', true],
    ['ArnLike', 'aws:SourceAccount', 'arn:aws:iam::*:role/*', false],
    ['NumericEquals', 'aws:SourceAccount', '1', undefined],
    ['StringEqualsStringNot', 'aws:SourceAccount', 'Abc', undefined],
  ])('%s of %s with %j: %s', (operator, key, values, expected) => {
    expect(conditionHolds({ [operator]: { [key]: values } }, context)).toBe(expected);
  });

  it('holds where all of it does; one part that does not is enough', () => {
    const [yes, no, open] = [{ 'aws:SourceAccount': 'Abc' }, { 'aws:SourceAccount': 'x' }, { 'aws:Unknown': 'x' }];
    expect(conditionHolds({}, context)).toBe(true);
    expect(conditionHolds({ StringEquals: yes, StringLike: yes }, context)).toBe(true);
    expect(conditionHolds({ StringEquals: yes, StringLike: open }, context)).toBeUndefined();
    expect(conditionHolds({ StringEquals: open, StringLike: no }, context)).toBe(false);
    expect(conditionHolds({ StringEquals: { ...no, ...open } }, context)).toBe(false);
  });
});
