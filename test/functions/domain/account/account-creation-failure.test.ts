import { CreateAccountFailureReason } from '@aws-sdk/client-organizations';

import { verdictOn } from '../../../../functions/domain/account/account-creation-failure';

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
