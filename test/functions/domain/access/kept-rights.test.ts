import { downgradedPolicy, sealedPolicy } from '../../../../functions/domain/access/access-role-policies';
import { isSeal, isUnbroken, sealOf } from '../../../../functions/domain/access/access-role-seal';
import { keptPolicyChange, keptRights, superfluousRights } from '../../../../functions/domain/access/kept-rights';

const PLACE = { partition: 'aws', accountId: '444444444444', accessRole: 'Access' };
const OTHERS = 'arn:aws:iam::444444444444:policy/guard';
const seal = sealOf('aws', '444444444444', 'Access');
const EARLIER = 'arn:aws:iam::444444444444:policy/account-vending-seal-0123456789abcdef';

describe('what an access role keeps', () => {
  it('is what the document says, and what others have put before it stays', () => {
    const policy = downgradedPolicy('aws', '444444444444', 'Access');
    expect(keptRights(PLACE, 'meshstack', null)).toEqual({ policy, seal: null, sealedBy: null });
    expect(keptRights(PLACE, 'meshstack', OTHERS)).toEqual({ policy, seal: null, sealedBy: null });
  });

  it('lets it remove roles of meshIdB where there are some', () => {
    const removal = 'iam:DeleteRole"';
    const kept = (samlRoles: boolean) => keptRights({ ...PLACE, samlRoles }, 'meshstack', null).policy;
    expect(kept(true).document).toContain(removal);
    expect(kept(false).document).not.toContain(removal);
    expect(kept(true).name).not.toBe(kept(false).name);
    expect(keptRights(PLACE, 'meshstack', null).policy).toEqual(kept(false));
  });

  it.each([
    ['is to be sealed', 'sealed', null, null],
    ['is sealed', 'sealed', seal.arn, seal.arn],
    ['is sealed, and is to be open', 'meshstack', seal.arn, seal.arn],
    ['is sealed by an earlier release', 'meshstack', EARLIER, EARLIER],
  ] as const)('is the work of later runs under a seal, where it %s', (_, profile, boundary, sealedBy) => {
    const policy = sealedPolicy('aws', '444444444444', 'Access', seal);
    expect(keptRights(PLACE, profile, boundary)).toEqual({ policy, seal, sealedBy });
  });

  it("is not sealed over somebody else's boundary", () => {
    expect(() => keptRights(PLACE, 'sealed', OTHERS)).toThrow(
      `The role Access in account 444444444444 cannot be sealed: it has the permissions boundary ${OTHERS} already. Have an administrator`,
    );
  });

  it('is told by the name of its policy', () => {
    const change = keptPolicyChange('Access', 'sealed-minimum-1');
    expect(change).toEqual({ what: 'policy of Access', from: null, to: 'sealed-minimum-1' });
  });
});

describe('what is taken from the role', () => {
  const open = keptRights(PLACE, 'meshstack', null);
  const now = keptRights(PLACE, 'sealed', seal.arn);
  const unsealed = keptRights(PLACE, 'sealed', null);
  const earlier = keptRights(PLACE, 'sealed', EARLIER);

  it.each([
    ['all but its own policy', open, ['sealed-minimum-old', 'other']],
    ['the policy of an earlier seal, under a new one', now, ['sealed-minimum-old', 'other']],
    ['the policy of an earlier seal, before there is a new one', unsealed, ['sealed-minimum-old', 'other']],
    ['not the policy of the seal that it cannot change', earlier, ['other']],
  ])('%s', (_, kept, taken) => {
    const attachedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    const inlinePolicyNames = [kept.policy.name, 'sealed-minimum-old', 'other'];
    expect(superfluousRights(kept, { attachedPolicyArns, inlinePolicyNames })).toEqual({
      attachedPolicyArns,
      inlinePolicyNames: taken,
    });
  });
});

describe('a seal', () => {
  it.each([
    [seal.arn, true],
    [EARLIER, true],
    [OTHERS, false],
    ['arn:aws:iam::444444444444:role/account-vending-seal-0123456789abcdef', false],
    [null, false],
  ])('is known by its ARN: %s, %s', (arn, expected) => {
    expect(isSeal(arn)).toBe(expected);
  });

  it('is unbroken as long as it says what its name is a hash of', () => {
    expect(isUnbroken(seal.arn, seal.document)).toBe(true);
    expect(isUnbroken(seal.arn, JSON.stringify(JSON.parse(seal.document), null, 2))).toBe(true);
    expect(isUnbroken(seal.arn, seal.document.replace('Deny', 'Allow'))).toBe(false);
    expect(isUnbroken(EARLIER, seal.document)).toBe(false);
    expect(isUnbroken(seal.arn.replace('/account', '/other-account'), seal.document)).toBe(false);
  });
});
