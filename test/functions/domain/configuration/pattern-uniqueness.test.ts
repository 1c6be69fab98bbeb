import { isUniquePattern, uniquenessRemarks } from '../../../../functions/domain/configuration/pattern-uniqueness';

const tellsTenantsApart = (accountAliasPattern: string): boolean =>
  uniquenessRemarks({ accountEmailPattern: 'aws+#{tenantPlatformNumber}@corp.example', accountAliasPattern }).length ===
  0;

describe('a pattern', () => {
  it.each([
    'corp-#{workspaceIdentifier}-#{projectIdentifier}-#{tenantPlatformNumber}',
    'corp-#{tenantPlatformNumber}-#{projectIdentifier}',
    'corp-#{tenantPlatformNumber:%06d}',
    'corp-#{tenantPlatformNumber:%x}',
    'aws+#{workspaceIdentifier}.#{projectIdentifier:%.24s}.#{tenantPlatformNumber}@corp.example',
    'corp-#{projectIdentifier}-#{rand:%.8s}',
    'corp-#{rand}',
  ])('tells tenants apart: %s', (pattern) => {
    expect(tellsTenantsApart(pattern)).toBe(true);
  });

  it.each([
    { pattern: 'corp-#{workspaceIdentifier}-#{projectIdentifier}', why: 'it says nothing of the tenant' },
    { pattern: 'corp-#{projectIdentifier}#{tenantPlatformNumber}', why: 'x1 with 2 is x with 12' },
    { pattern: 'corp-#{tenantPlatformNumber}#{projectIdentifier}', why: '1 with 2x is 12 with x' },
    { pattern: '#{workspaceIdentifier}-#{tenantPlatformNumber}-#{projectIdentifier}', why: 'a-1, 2, b is a, 1, 2-b' },
    {
      pattern: '#{projectIdentifier}a#{tenantPlatformNumber:%x}',
      why: 'x with 1 and xa with 1 are xa1, and x with a1',
    },
    { pattern: '#{tenantPlatformNumber:%X}F#{projectIdentifier}', why: '1 with x is 1Fx, and so is 1F' },
    { pattern: '#{projectIdentifier}-#{tenantPlatformNumber:%.3s}', why: 'the number is cut' },
    { pattern: '#{projectIdentifier}-#{rand:%.2s}', why: 'too little is left of the random part' },
    { pattern: 'corp', why: 'it is the same for everybody' },
  ])('does not: $pattern ($why)', ({ pattern }) => {
    expect(tellsTenantsApart(pattern)).toBe(false);
  });

  it('that does not is named, with what to do', () => {
    const accountEmailPattern = 'aws+#{tenantPlatformNumber}@corp.example';
    const accountAliasPattern = 'corp-#{projectIdentifier}';
    const [remark, ...more] = uniquenessRemarks({ accountEmailPattern, accountAliasPattern });
    expect(more).toEqual([]);
    expect(remark).toContain('accountAliasPattern gives two tenants');
    expect(remark).toContain('#{tenantPlatformNumber} as its first or last placeholder');
  });

  it('that does not is known again in the remarks of a plan', () => {
    const accountEmailPattern = 'aws+#{tenantPlatformNumber}@corp.example';
    const accountAliasPattern = 'corp-#{projectIdentifier}';
    const remarks = ['Something else.', ...uniquenessRemarks({ accountEmailPattern, accountAliasPattern })];
    expect(isUniquePattern({ remarks }, 'accountEmailPattern')).toBe(true);
    expect(isUniquePattern({ remarks }, 'accountAliasPattern')).toBe(false);
  });
});
