import { CreateAccountFailureReason } from '@aws-sdk/client-organizations';

import { takenEmailRemedy, verdictOn } from '../../../../functions/domain/account/account-creation-failure';

const reasons = Object.values(CreateAccountFailureReason);

describe('the verdict on a failed request for an account', () => {
  it('knows every reason that the SDK lists', () => {
    expect(reasons).toHaveLength(15);
    expect(reasons.filter((reason) => verdictOn(reason).meaning.includes('does not know'))).toEqual([]);
  });

  it.each(reasons)('says what %s means and what a person can do', (reason) => {
    const { meaning, remedy } = verdictOn(reason);
    expect(meaning).toMatch(/^(?:[a-z]|AWS ).*[^.]$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['MISSING_BUSINESS_VALIDATION', 'Complete the business validation'],
    ['MISSING_PAYMENT_INSTRUMENT', 'Put the payment method'],
    ['EMAIL_ALREADY_EXISTS', '(the address of a closed account stays taken), deploy, and replay this run.'],
    ['A_REASON_OF_2027', 'Look the reason up in the AWS Organizations API reference (CreateAccountStatus)'],
  ])('tells the remedy of %s: %s', (reason, remedy) => {
    expect(verdictOn(reason).remedy).toContain(remedy);
  });

  it('looks for an account where one may exist, asks again where AWS is at fault, and gives up on all else', () => {
    const reasonsOf = (wanted: string): readonly string[] =>
      reasons.filter((reason) => verdictOn(reason).verdict === wanted).toSorted();
    expect(reasonsOf('look')).toEqual(['CONCURRENT_ACCOUNT_MODIFICATION', 'EMAIL_ALREADY_EXISTS']);
    expect(reasonsOf('again')).toEqual(['INTERNAL_FAILURE']);
    expect(reasonsOf('final')).toHaveLength(12);
  });

  it.each([null, 'A_REASON_OF_2027', 'toString'])('gives up on what it does not know: %s', (reason) => {
    const { verdict, meaning } = verdictOn(reason);
    expect({ verdict, meaning }).toEqual({
      verdict: 'final',
      meaning: 'AWS gave a reason that this release does not know',
    });
  });
});

describe('the remedy for an e-mail address that is taken', () => {
  const remedyOf = (isPatternUnique: boolean, holderId: string | null = null): string =>
    takenEmailRemedy('EMAIL_ALREADY_EXISTS', { holderId, isPatternUnique });

  it('changes the pattern where that gives two tenants the same', () => {
    expect(remedyOf(false)).toBe(verdictOn('EMAIL_ALREADY_EXISTS').remedy);
  });

  it('is another number where the pattern tells tenants apart already', () => {
    expect(remedyOf(true)).not.toContain('render an address');
    expect(remedyOf(true)).toMatch(
      /^accountEmailPattern in platform\.json tells tenants apart already.*tenantPlatformNumber/u,
    );
  });

  it.each([true, false])('tells how to import the account that has it, where that is known', (isPatternUnique) => {
    expect(remedyOf(isPatternUnique, '999999999999')).toContain('platformTenantId 999999999999');
    expect(remedyOf(isPatternUnique)).not.toContain('platformTenantId');
  });

  it.each(reasons.filter((reason) => reason !== 'EMAIL_ALREADY_EXISTS'))('changes nothing for %s', (reason) => {
    const { remedy } = verdictOn(reason);
    expect(takenEmailRemedy(reason, { holderId: '999999999999', isPatternUnique: true })).toBe(remedy);
  });
});
