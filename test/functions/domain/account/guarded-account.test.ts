import { guardedAccount, noServiceAccount } from '../../../../functions/domain/account/guarded-account';
import { TENANT_TAG_KEY } from '../../../../functions/domain/plan/plan';
import { account, OTHER_TENANT, TENANT, vending } from '../../../fakes/vending';

const THEIRS = { [TENANT_TAG_KEY]: TENANT };
const served = { id: account.id, what: 'the audit account of AWS Control Tower' };
const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };

describe('an account that is to be taken out of use', () => {
  it('is the one that the ledger knows, with the tag of its tenant', () => {
    const context = vending({ tenant: { account }, plan: { closing } });
    expect(guardedAccount(context, { ...THEIRS, more: 'tags' }, [])).toBe(account);
  });

  it('is left alone without the tag', () => {
    const guarded = () => guardedAccount(vending({ tenant: { account } }), {}, []);
    expect(guarded).toThrow(`The account 444444444444 ("retail.webshop-dev") has no tag ${TENANT_TAG_KEY}: nothing`);
    expect(guarded).toThrow(`tag it in AWS Organizations with ${TENANT_TAG_KEY} = ${TENANT} and replay this run`);
  });

  it("is left alone with another tenant's tag", () => {
    const guarded = () => guardedAccount(vending({ tenant: { account } }), { [TENANT_TAG_KEY]: OTHER_TENANT }, []);
    expect(guarded).toThrow(
      `belongs to tenant ${OTHER_TENANT} by its tag ${TENANT_TAG_KEY}: nothing was taken from it`,
    );
  });

  it.each([
    ['AWS names it', vending({ tenant: { account } }), [served], served.what],
    ['the plan names it', vending({ tenant: { account }, plan: { serviceAccounts: [served] } }), [], served.what],
    [
      'it is the management account, as plans of earlier releases say',
      vending({ tenant: { account }, plan: { closing: { ...closing, managementAccountId: account.id } } }),
      [],
      'the management account',
    ],
  ])('is left alone where it serves all tenants, whatever its tag: %s', (_, context, found, what) => {
    const message = `The account 444444444444 is ${what}: it is never taken out of use. Find out how`;
    expect(() => guardedAccount(context, THEIRS, found)).toThrow(message);
    expect(() => noServiceAccount(context, found)).toThrow(message);
  });

  it('may be looked at without its tags', () => {
    expect(noServiceAccount(vending({ tenant: { account } }), [{ id: '333333333333', what: 'another' }])).toBe(account);
  });
});
