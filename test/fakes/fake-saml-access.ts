import type { MemberEntry, SamlAccess, SamlRole } from '../../functions/ports/iam';
import { KillableTenant } from './killable-tenant';

/**
 * Providers and roles of one account, and the ledger's part.
 */
export class FakeSamlAccess extends KillableTenant implements SamlAccess {
  readonly providers = new Map<string, string>();
  readonly roles = new Map<string, SamlRole>();

  findProvider(_: MemberEntry, arn: string): Promise<string | undefined> {
    return this.call(false, () => this.providers.get(arn));
  }

  createProvider(
    { accountId }: MemberEntry,
    { name, metadata }: { readonly name: string; readonly metadata: string },
  ): Promise<void> {
    const arn = `arn:aws:iam::${accountId}:saml-provider/${name}`;
    return this.call(true, () => {
      if (this.providers.has(arn)) throw new Error('EntityAlreadyExists');
      this.providers.set(arn, metadata);
    });
  }

  updateProvider(
    _: MemberEntry,
    { arn, metadata }: { readonly arn: string; readonly metadata: string },
  ): Promise<void> {
    return this.call(true, () => void this.providers.set(arn, metadata));
  }

  deleteProvider(_: MemberEntry, arn: string): Promise<void> {
    return this.call(true, () => void this.providers.delete(arn));
  }

  findRole(_: MemberEntry, name: string): Promise<SamlRole | undefined> {
    return this.call(false, () => this.roles.get(name));
  }

  createRole(
    _: MemberEntry,
    { name, path, trust }: { readonly name: string; readonly path: string; readonly trust: string },
  ): Promise<void> {
    return this.call(true, () => void this.roles.set(name, { path, trust, policyArns: [] }));
  }

  setTrust(_: MemberEntry, name: string, trust: string): Promise<void> {
    return this.#change(name, (role) => ({ ...role, trust }));
  }

  setBoundary(_: MemberEntry, name: string): Promise<void> {
    return this.#change(name, ({ path, trust, policyArns }) => ({ path, trust, policyArns }));
  }

  attachPolicy(_: MemberEntry, name: string, arn: string): Promise<void> {
    return this.#change(name, (role) => ({ ...role, policyArns: [...role.policyArns, arn].toSorted() }));
  }

  detachPolicy(_: MemberEntry, name: string, arn: string): Promise<void> {
    return this.#change(name, (role) => ({ ...role, policyArns: role.policyArns.filter((one) => one !== arn) }));
  }

  deleteRole(_: MemberEntry, name: string): Promise<void> {
    return this.call(true, () => {
      if ((this.roles.get(name)?.policyArns.length ?? 0) > 0) throw new Error('DeleteConflict');
      this.roles.delete(name);
    });
  }

  #change(name: string, change: (role: SamlRole) => SamlRole): Promise<void> {
    return this.call(true, () => {
      const role = this.roles.get(name);
      if (role === undefined) throw new Error(`There is no role ${name}.`);
      this.roles.set(name, change(role));
    });
  }
}
