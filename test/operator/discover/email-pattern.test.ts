import { aliasPrefixOf, emailPatternLike } from '../../../operator/discover/email-pattern';

describe('the pattern of e-mail addresses like another address', () => {
  it('takes mailbox and domain, and cuts the project so that the longest address fits', () => {
    const pattern = emailPatternLike('aws+management@corp.example');
    expect(pattern).toBe('aws+#{workspaceIdentifier}.#{projectIdentifier:%.21s}.#{tenantPlatformNumber}@corp.example');
    const longest = (pattern ?? '')
      .replace('#{workspaceIdentifier}', 'w'.repeat(16))
      .replace('#{projectIdentifier:%.21s}', 'p'.repeat(21))
      .replace('#{tenantPlatformNumber}', '9'.repeat(8));
    expect(longest).toHaveLength(64);
  });

  it.each([
    [
      'cloud@a-rather-long-company-name.example.com',
      'cloud+#{tenantPlatformNumber}@a-rather-long-company-name.example.com',
    ],
    ['cloud@c.io', 'cloud+#{workspaceIdentifier}.#{projectIdentifier:%.27s}.#{tenantPlatformNumber}@c.io'],
    [`cloud@${'d'.repeat(60)}.io`, undefined],
    ['no address', undefined],
  ])('of %s is %s', (email, pattern) => {
    expect(emailPatternLike(email)).toBe(pattern);
  });
});

describe('what aliases begin with', () => {
  it.each([
    ['aws@corp.example', 'corp'],
    ['aws@groups.northwind-insurance.example', 'northwind-insur'],
    ['aws@localhost', 'aws'],
  ])('of %s is %s', (email, prefix) => {
    expect(aliasPrefixOf(email)).toBe(prefix);
  });
});
