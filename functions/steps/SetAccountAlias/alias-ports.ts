import type { AccountMemory } from '../../ports/account-memory';
import type { MemberAlias } from '../../ports/member-account';

export interface SetAccountAliasPorts {
  readonly alias: MemberAlias;
  readonly memory: Pick<AccountMemory, 'recordAliasReleased'>;
}
