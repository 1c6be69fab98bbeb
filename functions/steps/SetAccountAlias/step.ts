import { accountOf, type Step } from '../../domain/vending';
import type { MemberAlias } from '../../ports/member-account';

export interface SetAccountAliasPorts {
  readonly alias: MemberAlias;
}

/**
 * Gives the account its alias. An alias that is already there is replaced only where `enforceAccountAlias` is on. The alias is read
 * first because AWS answers "already exists" also when it is our own. A second run writes nothing. The result names the alias that the
 * account has then.
 *
 * @throws RejectedError when another AWS account has the alias
 */
export function setAccountAlias({ alias: aliases }: SetAccountAliasPorts): Step {
  return async (vending) => {
    const { alias, accessRole, enforceAlias } = vending.plan.account;
    const entry = { accountId: accountOf(vending).id, accessRole };
    const actual = await aliases.read(entry);
    if (actual === alias) return { result: { set: false, alias } };
    if (actual !== null && !enforceAlias) {
      return {
        result: { set: false, alias: actual },
        remark: `The account keeps its alias "${actual}": enforceAccountAlias is off.`,
      };
    }
    await aliases.set(entry, alias);
    return { result: { set: true, alias }, changes: [{ what: 'alias', from: actual, to: alias }] };
  };
}
