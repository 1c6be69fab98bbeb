import { accountOf, type Step, type StepReport, type Vending } from '../../domain/run/vending';
import { type SetAccountAliasPorts, releaseAlias } from './release-alias';

/**
 * Gives the account its alias. An alias that is already there is replaced only where `enforceAccountAlias` is on. The
 * alias is read first because AWS answers "already exists" also when it is our own. A second run writes nothing. The
 * result names the alias that the account has then. In a closing, whose plan wants none, it is taken away.
 *
 * @throws RejectedError when another AWS account has the alias
 */
export function setAccountAlias(ports: SetAccountAliasPorts): Step {
  return (vending) => (vending.plan.closing === undefined ? setAlias(ports, vending) : releaseAlias(ports, vending));
}

async function setAlias(ports: SetAccountAliasPorts, vending: Vending): Promise<StepReport> {
  const { alias, accessRole, enforceAlias } = vending.plan.account;
  const entry = { accountId: accountOf(vending).id, accessRole };
  const actual = await ports.alias.read(entry);
  if (actual === alias) {
    await recordAliasHeld(ports, vending);
    return { result: { set: false, alias } };
  }
  if (actual !== null && !enforceAlias) {
    return {
      result: { set: false, alias: actual },
      remark: `The account keeps its alias "${actual}": enforceAccountAlias is off.`,
    };
  }
  await ports.alias.set(entry, alias);
  await recordAliasHeld(ports, vending);
  return { result: { set: true, alias }, changes: [{ what: 'alias', from: actual, to: alias }] };
}

/** A closing that was taken back had taken it away. */
async function recordAliasHeld({ repository }: SetAccountAliasPorts, { tenant }: Vending): Promise<void> {
  if (tenant.aliasReleased === true)
    await repository.update('aliasReleased', { before: tenant.aliasReleased, after: false });
}
