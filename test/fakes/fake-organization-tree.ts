import { NotVisibleError, TransientError } from '../../functions/domain/base/errors';
import type { OrganizationalUnit, OrganizationTree } from '../../functions/ports/organizations';

export const unitArn = (id: string): string => `arn:aws:organizations::222222222222:ou/o-exampleorg1/${id}`;

/** A tree of OUs and accounts: each child with what is directly above it. */
export class FakeOrganizationTree implements OrganizationTree {
  readonly moves: { readonly accountId: string; readonly from: string; readonly to: string }[] = [];
  readonly #parents: Map<string, string>;

  constructor(parents: Readonly<Record<string, string>>) {
    this.#parents = new Map(Object.entries(parents));
  }

  /** Somebody else moves the child. */
  place(childId: string, to: string): void {
    this.#parents.set(childId, to);
  }

  describeOrganizationalUnit(id: string): Promise<OrganizationalUnit | undefined> {
    const isKnown = id.startsWith('r-') || (id.startsWith('ou-') && this.#parents.has(id));
    return Promise.resolve(isKnown ? { id, name: id, arn: id.startsWith('r-') ? null : unitArn(id) } : undefined);
  }

  parentOf(childId: string): Promise<string> {
    const parent = this.#parents.get(childId);
    return parent === undefined
      ? Promise.reject(new NotVisibleError(`AWS does not know yet where ${childId} is.`))
      : Promise.resolve(parent);
  }

  async rootAbove(unitId: string): Promise<string> {
    return unitId.startsWith('r-') ? unitId : this.rootAbove(await this.parentOf(unitId));
  }

  async isBelow(unitId: string, ancestorId: string): Promise<boolean> {
    if (unitId.startsWith('r-')) return false;
    const above = await this.parentOf(unitId);
    return above === ancestorId || this.isBelow(above, ancestorId);
  }

  async moveAccount(move: { readonly accountId: string; readonly from: string; readonly to: string }): Promise<void> {
    if ((await this.parentOf(move.accountId)) !== move.from) throw new TransientError('The account is somewhere else.');
    this.moves.push(move);
    this.#parents.set(move.accountId, move.to);
  }
}
